"""What pages read of the published index beside whole editions, through `published`."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.publication import published
from perspectives.queries.search import claim_search
from perspectives.vocab import BibliographyStyle


class NamedTopic(NamedTuple):
    """A topic as others name it: its title, and the short name of its article's author."""

    title: str
    author: str


def formatted_entries(sha256: str, style: BibliographyStyle) -> dict[str, Any] | None:
    """Fetch the formatted references of an edition by citekey; None while they are being formatted."""
    return published.bibliographies(sha256).filter(style=style).values_list("entries", flat=True).first()


def formatted_source(key: str, edition_ids: Sequence[int]) -> dict[str, Any]:
    """Map styles to the formatted reference of a source, from the first edition that uses it."""
    sha256 = published.editions().filter(pk__in=edition_ids[:1]).values_list("sha256", flat=True).first()
    entry = KeyTransform(key, "entries")
    return dict(published.bibliographies(sha256 or "").values_list("style", entry))


def passages(topic: str) -> QuerySet[Any, dict[str, Any]]:
    """List the records of the passages of article guides that take up a topic."""
    return published.passages().filter(topics__contains=[topic]).values_list("record", flat=True)


def known_editions(found: QuerySet[Edition], otherwise: str) -> list[Edition]:
    """List editions with the people behind them. Raises NotFoundError, with the words `otherwise`, for none."""
    editions = list(found.select_related("topic", "article", "retraction", "proposed_by", "approved_by"))
    if not editions:
        raise NotFoundError(otherwise)
    return editions


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
