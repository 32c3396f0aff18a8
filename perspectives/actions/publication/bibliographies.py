"""Formatting the references of editions; run in the background."""

from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication import purging
from perspectives.clients import pandoc
from perspectives.errors import require_found
from perspectives.models import Edition, FormattedBibliography
from perspectives.queries.publication import published
from perspectives.rules.sources.csl import csl_items
from perspectives.vocab import BibliographyStyle


def _language(style: BibliographyStyle) -> str:
    """Name the English whose quotation marks a style uses: Cite Them Right is British, the others American."""
    return "en-GB" if style is BibliographyStyle.HARVARD else "en-US"


def format_edition(*, edition_id: int) -> None:
    """Format the references of an edition in every style that is missing; nothing is made twice. Handouts follow.

    Raises NotFoundError, and pandoc.PandocError if the program fails.
    """
    edition = Edition.objects.filter(pk=edition_id).first()
    edition = require_found(edition, f"There is no edition with the id {edition_id}.")
    made = set(published.bibliographies(edition.sha256).values_list("style", flat=True))
    items = csl_items(bytes(edition.body))
    missing = [style for style in BibliographyStyle if style not in made]
    formatted = {style: pandoc.references(items, style=style.value, language=_language(style)) for style in missing}
    with transaction.atomic():  # all at once, since each time all pages are made anew
        wait_for_turn(Turn.PUBLISHING)
        rows = [
            FormattedBibliography(sha256=edition.sha256, style=style, entries=entries, made_at=timezone.now())
            for style, entries in formatted.items()
        ]
        FormattedBibliography.objects.bulk_create(rows, ignore_conflicts=True)
    purging.ask()
    jobs.enqueue(jobs.Job.MAKE_HANDOUT)


def enqueue_missing() -> None:
    """Send the job again for each edition that lacks its references."""
    for edition_id in published.editions_without_bibliography().values_list("pk", flat=True):
        jobs.enqueue(jobs.Job.FORMAT_BIBLIOGRAPHY, edition_id=edition_id)
