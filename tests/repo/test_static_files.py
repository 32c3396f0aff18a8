"""What is collected, and what every page names."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from debatekb.static_files import COMPRESSED, WHOLE

ROOT = Path(__file__).resolve().parents[2]
SHEETS = ROOT / "perspectives/static/perspectives/css"


def test_what_templates_name_is_collected_and_what_no_page_uses_is_not():
    collected = {name for finder in finders.get_finders() for name, _ in finder.list([])}
    templates = (ROOT / "perspectives/templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r"{% static '([^']+)' %}", path.read_text())}
    assert named <= collected
    assert "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in named
    assert not [name for name in collected if "redoc" in name or "standalone" in name]


@pytest.fixture
def collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "debatekb.static_files.HashedCompressed"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_what_is_compressed_is_left_alone_and_what_is_new_is_not(collected):
    compressed = {path: path.stat().st_mtime_ns for path in collected.rglob("*.gz")}
    names = (collected / COMPRESSED).read_text().split("\n")
    (again,) = (name for name in names if name.startswith("perspectives/css/site."))
    (collected / COMPRESSED).write_text("\n".join(name for name in names if name != again))
    call_command("collectstatic", interactive=False, verbosity=0)
    changed = {path for path in collected.rglob("*.gz") if path.stat().st_mtime_ns != compressed.get(path)}
    assert compressed
    assert changed == {collected / f"{again}.gz"}


def test_style_sheets_are_served_whole(collected):
    for name in WHOLE:
        served = (collected / staticfiles_storage.stored_name(name)).read_text()
        parts = re.findall(r'@import "([\w.-]+)"', (ROOT / "perspectives/static" / name).read_text())
        assert parts
        assert "@import" not in served
        for part in parts:
            assert (ROOT / "perspectives/static" / name).with_name(part).read_text() in served


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda sheet: sheet.name)
def test_every_block_of_a_style_sheet_is_closed_before_the_next_begins(sheet):
    depth = 0
    for line in sheet.read_text(encoding="utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("}"):
            assert depth == 0, line
        depth += line.count("{") - line.count("}")
    assert depth == 0
