"""Sources as the desk sees them: the drafts that use them, how often, and which may be the same work twice."""

from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from perspectives.errors import require_found
from perspectives.models import (
    Agreement,
    Article,
    BibliographyEntry,
    Citation,
    Claim,
    Event,
    Finding,
    LogEntry,
    Source,
    Topic,
)
from perspectives.vocab import Relation, SourceState

MOST_LIKELY: Final = 10
"""How many likely duplicates are named."""
_NAMING: Final[tuple[type[Citation | BibliographyEntry | Article], ...]] = (Citation, BibliographyEntry, Article)
_ALIKE: Final = 0.45
"""How similar two titles must be (share of common trigrams, from 0 to 1) to be named as likely duplicates."""
LACKS: Final = {
    "doi": Q(record__DOI__isnull=True),
    "url": Q(record__URL__isnull=True),
    "address": Q(record__DOI__isnull=True, record__URL__isnull=True),
    "identifier": Q(record__DOI__isnull=True, record__ISBN__isnull=True, record__URL__isnull=True),
}


@dataclass(frozen=True)
class Use:
    """One use of a source in a draft: in which, as what, for which text, and how."""

    subject: Topic | Article
    kind: str
    text: str
    relation: Relation | None = None
    locator: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Filters:
    """What a list of sources is narrowed to; what is empty narrows nothing."""

    words: str = ""
    state: str = ""
    category: str = ""
    metadata: str = ""
    lacks: str = ""
    is_uncited: bool = False


def source(key: str) -> Source:
    """Fetch a source with the one into which it was merged. Raises NotFoundError."""
    found = Source.objects.select_related("superseded_by").filter(key=key).first()
    return require_found(found, f"There is no source '{key}'.")


def listed(filters: Filters) -> QuerySet[Source]:
    """List sources by citekey with `uses`, the number of places in drafts that name them."""
    found = Source.objects.select_related("superseded_by")
    for name in ("state", "category"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    if filters.metadata:
        found = found.filter(record__checked__metadata=filters.metadata)
    if filters.lacks:
        found = found.filter(LACKS[filters.lacks])
    if filters.words:
        found = found.filter(holding(filters.words))
    if filters.is_uncited:
        for model in _NAMING:
            found = found.filter(~Exists(model._default_manager.filter(source=OuterRef("pk"))))
    return found.annotate(uses=sum(map(_count, _NAMING), Value(0))).order_by("key")


def likely_duplicates(one: Source) -> list[Source]:
    """Name other current sources that may be the same work: of the same DOI, ISBN or address, or of a similar title."""
    same = Q(pk=None)
    for name in ("DOI", "ISBN", "URL"):
        if value := one.record.get(name):
            same |= Q(**{f"record__{name}__iexact": value})
    others = Source.objects.filter(state=SourceState.CURRENT).exclude(pk=one.pk)
    alike = others.annotate(likeness=TrigramSimilarity("title", one.title))
    return [
        *alike.filter(same | Q(title__trigram_similar=one.title, likeness__gte=_ALIKE)).order_by(
            Case(When(same, then=0), default=1), "-likeness", "key"
        )[:MOST_LIKELY]
    ]


def topics_citing(source_id: int) -> QuerySet[Topic]:
    """Find the topics whose drafts cite or list a source, by id."""
    cited = Citation.objects.filter(source=source_id)
    owners = [cited.values(f"{owner}__topic") for owner in ("claim", "agreement", "event")]
    owners.append(BibliographyEntry.objects.filter(source=source_id).values("topic"))
    return Topic.objects.filter(Q(*(("pk__in", found) for found in owners), _connector=Q.OR)).order_by("pk")


def topics_quoting(source_id: int, words: str) -> list[Topic]:
    """Find the topics whose drafts quote these words from a source, by id."""
    cited = Citation.objects.filter(source=source_id, quote=words)
    owners = [cited.values(f"{owner}__topic") for owner in ("claim", "agreement", "event")]
    return list(Topic.objects.filter(Q(*(("pk__in", found) for found in owners), _connector=Q.OR)).order_by("pk"))


def topics_embedding(source_id: int) -> QuerySet[Topic]:
    """Find the topics whose next editions hold a source's record: those that cite it, or all of the article it is."""
    return Topic.objects.filter(
        Q(pk__in=topics_citing(source_id).values("pk")) | Q(article__source=source_id)
    ).order_by("pk")


def articles_citing(source_id: int) -> QuerySet[Article]:
    """Find the article guides whose drafts cite a source, or are about it, by id."""
    found = Citation.objects.filter(source=source_id).values("finding__passage__article")
    return Article.objects.filter(Q(source=source_id) | Q(pk__in=found)).order_by("pk")


def uses(source_id: int) -> list[Use]:
    """List the uses of a source in drafts, topic by topic in the order of editors, then guides; in three queries."""
    citations = Citation.objects.filter(source=source_id).select_related(
        "claim__topic", "agreement__topic", "event__topic", "finding__passage__article"
    )
    entries = BibliographyEntry.objects.filter(source=source_id).select_related("topic")
    found = [
        *(_use(citation) for citation in citations),
        *(Use(entry.topic, "bibliography", entry.argues) for entry in entries),
        *(Use(article, "article", article.title) for article in Article.objects.filter(source=source_id)),
    ]
    return sorted(found, key=_place)


def history(source_id: int, *, most: int) -> QuerySet[LogEntry]:
    """List the newest actions on a source."""
    return LogEntry.objects.filter(source=source_id).select_related("by").order_by("-at", "-pk")[:most]


def action(source_id: int, entry_id: int) -> LogEntry:
    """Fetch an action on a source. Raises NotFoundError."""
    entry = LogEntry.objects.filter(source=source_id, pk=entry_id).select_related("by").first()
    return require_found(entry, f"There is no entry {entry_id} in the history of this source.")


def holding(words: str) -> Q:
    """Say that a source has words in its key, title, authors or DOI."""
    return (
        Q(key__icontains=words)
        | Q(title__icontains=words)
        | Q(record__author__icontains=words)
        | Q(record__DOI__icontains=words)
    )


def _count(model: type[Citation | BibliographyEntry | Article]) -> Coalesce:
    rows = model._default_manager.filter(source=OuterRef("pk")).order_by().values("source")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def _use(citation: Citation) -> Use:
    owners = ((kind, getattr(citation, kind)) for kind in ("claim", "agreement", "event", "finding"))
    kind, owner = next((kind, owner) for kind, owner in owners if owner is not None)
    subject = owner.passage.article if kind == "finding" else owner.topic
    return Use(subject, kind, _text(owner), Relation.of(citation.relation), citation.locator, citation.quote)


def _text(owner: Claim | Agreement | Event | Finding) -> str:
    match owner:
        case Event():
            return f"{owner.date}: {owner.title}"
        case Finding():
            return owner.note
    return owner.text


def _place(use: Use) -> tuple[bool, int, int]:
    order = use.subject.order if isinstance(use.subject, Topic) else 0
    return isinstance(use.subject, Article), order, use.subject.pk
