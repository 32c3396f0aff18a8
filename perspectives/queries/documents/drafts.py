"""What the desk reads of drafts."""

from collections.abc import Collection, Hashable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Func, Max, OuterRef, QuerySet, Sum, TextField
from django.db.models.functions import Cast, Coalesce

from perspectives.errors import require_found
from perspectives.models import Article, BibliographyEntry, Citation, LogEntry, Proposal, Source, Topic
from perspectives.queries.archive import archive
from perspectives.queries.documents import draft_documents
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import balance
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import ProposalStatus, SourceState

MOST_TEXTS = 3
MOST_ALIKE = 20
LONGEST_WORDS = 100
"""What is looked for among sources is no longer."""


class DraftStatus(NamedTuple):
    """Where a draft stands towards readers."""

    differs: bool
    """Whether the next edition would be another than the current one."""
    broken_rules: int
    """How many rules of the balance gate the draft breaks."""


def topics() -> QuerySet[Topic]:
    """List all topics in the order of their articles, with the last edition, any open proposal, and `archived_at`."""
    proposals = Proposal.objects.filter(topic=OuterRef("pk"), status=ProposalStatus.OPEN)
    return (
        Topic.objects.select_related("article__source")
        .annotate(edition=Max("editions__number"), is_proposed=Exists(proposals), archived_at=archive.of_topic("at"))
        .order_by("article__slug", "order")
    )


def topic(slug: str) -> Topic:
    """Find a topic by its slug, with its edition and open proposal. Raises NotFoundError."""
    return require_found(topics().filter(slug=slug).first(), f"There is no topic '{slug}'.")


def statuses(found: Collection[Topic]) -> dict[int, DraftStatus]:
    """Say where drafts stand, by the topics' ids, in a number of queries that does not grow. Reads all of them whole.

    Takes what `topics` lists.
    """
    editions = draft_documents.topic_editions({one: getattr(one, "edition", None) or 1 for one in found})
    hashes = _hashes(found)
    return {one.pk: _status(document, hashes[one.pk]) for one, document in editions.items()}


def stamps(found: Collection[Topic]) -> dict[int, Hashable]:
    """Give each topic a stamp that changes with everything its status depends on, in a fixed number of queries.

    Every action on a draft is in the log, but for the order of topics and the records of the sources that they name.
    """
    owner = Coalesce("claim__topic", "agreement__topic", "event__topic")
    cited = _digests(Citation.objects.annotate(owner=owner), "owner")
    listed = _digests(BibliographyEntry.objects.all(), "topic")
    headed = _digests(Article.objects.all(), "pk")
    marks = {
        (name, owner): (count, last)
        for name in ("topic_id", "article_id")
        for owner, count, last in LogEntry.objects.filter(**{f"{name}__isnull": False})
        .order_by(name)
        .values(name)
        .annotate(count=Count("pk"), last=Max("pk"))
        .values_list(name, "count", "last")
    }
    return {
        one.pk: (
            one.order,
            cited.get(one.pk),
            listed.get(one.pk),
            headed[one.article_id],
            marks.get(("topic_id", one.pk)),
            marks.get(("article_id", one.article_id)),
        )
        for one in found
    }


def _digests(rows: QuerySet[Any], owner: str) -> dict[int, int]:
    """Sum up the records of the sources that rows name, by the rows' owners."""
    digest = Sum(Func(Cast("source__record", TextField()), function="hashtext"))
    return dict(rows.order_by().values(owner).annotate(digest=digest).values_list(owner, "digest"))


def current_hash(found: Topic) -> str:
    """Give the hash of a topic's last edition, empty where there is none."""
    return _hashes([found]).get(found.pk) or ""


def source_titles(keys: Collection[str], typed: Collection[str]) -> list[tuple[str, str]]:
    """List the sources with these citekeys, and of the current ones some that hold what was typed; each with its title.

    Of each text, `MOST_TEXTS` at most, `MOST_ALIKE` sources are listed.
    """
    found = dict(Source.objects.filter(key__in=keys).values_list("key", "title"))
    for words in sorted(set(typed) - found.keys() - {""})[:MOST_TEXTS]:
        current = Source.objects.filter(source_catalogue.holding(words), state=SourceState.CURRENT)
        found |= dict(current.order_by("key").values_list("key", "title")[:MOST_ALIKE])
    return sorted(found.items())


def sources_holding(words: str) -> list[Source]:
    """List current sources that hold words in their key, title, authors or DOI, at most `MOST_ALIKE`."""
    if not words or len(words) > LONGEST_WORDS or not words.isprintable():
        return []
    found = Source.objects.filter(source_catalogue.holding(words), state=SourceState.CURRENT)
    return list(found.order_by("key")[:MOST_ALIKE])


def articles() -> QuerySet[Article]:
    """List the articles that a topic may belong to."""
    return Article.objects.order_by("slug")


def next_order(article: Article) -> int:
    """Give a place after all topics of an article."""
    last = Topic.objects.filter(article=article).aggregate(last=Max("order"))["last"]
    return 10 if last is None else last // 10 * 10 + 10


def _hashes(found: Collection[Topic]) -> dict[int, str | None]:
    """Map topics to the hashes of their last editions."""
    rows = Topic.objects.filter(pk__in=[one.pk for one in found]).order_by("pk", "-editions__number")
    return dict(rows.distinct("pk").values_list("pk", "editions__sha256"))


def _status(document: TopicEdition, current: str | None) -> DraftStatus:
    return DraftStatus(
        differs=sha256(canonical_json(plain(document))) != current,
        broken_rules=len({breach.code for breach in balance.broken(document, document.sources)}),
    )
