"""What is collected, and what every page names."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[2]


def test_what_templates_name_is_collected_and_what_no_page_uses_is_not():
    collected = {name for finder in finders.get_finders() for name, _ in finder.list([])}
    templates = (ROOT / "perspectives/templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r"{% static '([^']+)' %}", path.read_text())}
    assert named <= collected
    assert "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in named
    assert not [name for name in collected if "redoc" in name or "standalone" in name]
