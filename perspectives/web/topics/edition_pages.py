"""What the pages of editions share: references, ways to passages, who stands behind an edition, what changed in it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import page_reads, published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import BibliographyStyle
from perspectives.web.topics.edition_changes import ChangeView, changes
from perspectives.web.topics.references import References

if TYPE_CHECKING:
    from perspectives.models import Edition


def references(sources: Mapping[str, SourceRecord], sha256: str, chosen: BibliographyStyle) -> References:
    """Give the formatted references of an edition in one style; plain ones while they are being formatted."""
    return References(sources, page_reads.formatted_entries(sha256, chosen), check_reports.checked([*sources]))


def checked_of(sources: Mapping[str, SourceRecord]) -> dict[str, Any]:
    """Tell of some works, by citekey, what a machine and editors found; `notices` warn of those not to rely on."""
    found = References(sources, None, check_reports.checked([*sources]))
    return {"checked": found.checked, "notices": found.notices}


def checked_of_records(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Tell the same of works as the published index has them."""
    return checked_of({key: SourceRecord.model_validate(record) for key, record in records.items()})


def passages_of(slug: str) -> dict[str, str]:
    """Map the claims of a topic to the passages of article guides that lead to them, as addresses of anchors."""
    made: dict[str, str] = {}
    for record in page_reads.passages(slug):
        address = reverse("article", args=[record["article"]])
        for claim in record.get("claims", ()):
            made.setdefault(claim, f"{address}#{record['id'].rpartition('/')[2]}")
    return made


def edition_context(found: "QuerySet[Edition]", stored: Stored) -> dict[str, Any]:
    """Tell who stands behind an edition, and which edition is the current one."""
    editions = page_reads.known_editions(found, "There is no such edition.")
    current = editions[0].number
    edition = next(one for one in editions if one.number == stored.number)
    return {"edition": edition, "current": current, "is_current": current == stored.number}


def changes_of_topic(slug: str, stored: Stored) -> tuple[ChangeView, ...]:
    """Compare an edition of a topic with the one before it; the first has nothing to compare."""
    if stored.number == 1:
        return ()
    return changes(published.topic_bytes(slug, number=stored.number - 1).body, stored.body)


def changes_of_article(slug: str, stored: Stored) -> tuple[ChangeView, ...]:
    """Compare an edition of an article guide with the one before it."""
    if stored.number == 1:
        return ()
    return changes(published.article_bytes(slug, number=stored.number - 1).body, stored.body)
