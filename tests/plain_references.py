"""References of an edition without pandoc, for tests that need some but not their form."""

from django.utils import timezone

from perspectives.models import Edition, FormattedBibliography
from perspectives.queries.study.handouts import STYLE
from perspectives.rules.sources.csl import csl_items


def write(edition: Edition) -> None:
    """Write each source's title as its reference."""
    entries = {
        item["id"]: [{"text": f"{item['title']}.", "emphasis": False, "href": ""}]
        for item in csl_items(bytes(edition.body))
    }
    made = {"sha256": edition.sha256, "style": STYLE, "entries": entries, "made_at": timezone.now()}
    FormattedBibliography.objects.create(**made)
