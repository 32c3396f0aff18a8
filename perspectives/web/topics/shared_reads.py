"""The reads that several pages share; all go through `queries.publication.published`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.urls import reverse

from perspectives.errors import NotFoundError
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.queries.search import claim_search
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import BibliographyStyle
from perspectives.web.topics.edition_changes import ChangeView, changes
from perspectives.web.topics.references import References

if TYPE_CHECKING:
    from perspectives.models import Edition


@dataclass(frozen=True)
class NamedTopic:
    """A topic as others name it: its title, and the short name of its article's author."""

    title: str
    author: str


def references(sources: Mapping[str, SourceRecord], sha256: str, chosen: BibliographyStyle) -> References:
    """Fetch the formatted references of an edition in one style; plain ones while they are being formatted."""
    entries = published.bibliographies(sha256).filter(style=chosen).values_list("entries", flat=True).first()
    return References(sources, entries)


def passages_of(slug: str) -> dict[str, str]:
    """Map the claims of a topic to the passages of article guides that lead to them, as addresses of anchors."""
    made: dict[str, str] = {}
    for record in published.passages().filter(topics__contains=[slug]).values_list("record", flat=True):
        address = reverse("article", args=[record["article"]])
        for claim in record.get("claims", ()):
            made.setdefault(claim, f"{address}#{record['id'].rpartition('/')[2]}")
    return made


def known_editions(found: "QuerySet[Edition]", otherwise: str) -> "list[Edition]":
    """List editions with the people behind them. Raises NotFoundError, with the words `otherwise`, for none."""
    editions = list(found.select_related("topic", "article", "retraction", "proposed_by", "approved_by"))
    if not editions:
        raise NotFoundError(otherwise)
    return editions


def edition_context(found: "QuerySet[Edition]", stored: Stored) -> dict[str, Any]:
    """Tell who stands behind an edition, and which edition is the current one."""
    editions = known_editions(found, "There is no such edition.")
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


def topic_titles() -> dict[str, str]:
    """Map the slugs of published topics to their titles."""
    return dict(published.topics().values_list("slug", "title"))


def named_topics(slugs: Iterable[str]) -> dict[str, NamedTopic]:
    """Map slugs to what names the topics."""
    author = KeyTextTransform("author_short", "article__published__summary")
    found = published.topics().filter(slug__in=set(slugs)).values_list("slug", "title", author)
    return {slug: NamedTopic(title, author_short or "") for slug, title, author_short in found}


def search_examples(at_most: int) -> list[str]:
    """Choose questions that find something: words of tags, and as a phrase the name of whoever holds most claims."""
    tags = {tag for names in published.topics().values_list("tags", flat=True) for tag in names if "-" not in tag}
    people = published.people().order_by("-claims", "slug").values_list("name", flat=True)[:1]
    return [*claim_search.examples(tags, at_most=at_most - 1), *(f'"{name}"' for name in people)]


def formatted_source(key: str, edition_ids: Sequence[int]) -> dict[str, Any]:
    """Map styles to the formatted reference of a source, from the first edition that uses it."""
    sha256 = published.editions().filter(pk__in=edition_ids[:1]).values_list("sha256", flat=True).first()
    entry = KeyTransform(key, "entries")
    return dict(published.bibliographies(sha256 or "").values_list("style", entry))
