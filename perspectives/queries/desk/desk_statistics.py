"""Figures of the drafts, of the editions and of what was decided; each function is a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncMonth

from perspectives.models import Citation, Claim, Edition, Perspective, Proposal, Suggestion, Topic
from perspectives.vocab import ProposalStatus, SourceCategory, SuggestionKind, SuggestionStatus

MOST_CITED: Final = 10
"""How many sources are named."""
SCHOLARLY: Final = [one for one in SourceCategory if one.is_scholarly_or_primary]
_DECIDED: Final = (SuggestionStatus.ACCEPTED, SuggestionStatus.DECLINED)
_REVIEWED: Final = (ProposalStatus.APPROVED, ProposalStatus.RETURNED)
_OF_A_SIDE: Final = "perspectives/"


class Median(Aggregate):
    """The middle of a set of durations."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class Balance(NamedTuple):
    """A topic's draft in numbers, by stance."""

    topic: str
    slug: str
    words: dict[str, int]
    claims: dict[str, int]
    sources: dict[str, int]


class Concentration(NamedTuple):
    """How far the citations of the drafts rest on few sources."""

    citations: int
    sources: int
    most: list[tuple[str, str, int]]
    """Citekey, title and number of citations of those cited most."""
    evenness: float
    """The sum of the squares of all sources' shares, from 0 (many sources alike) to 1 (one source)."""


class Month(NamedTuple):
    """What came and was decided in a month; `median` is the time from sending to deciding."""

    start: datetime
    came: int
    decided: int
    median: float | None
    """In days."""


class Decision(NamedTuple):
    """What one person decided about suggestions of one kind that touch one side."""

    name: str
    leaning: str
    kind: str
    stance: str
    accepted: int
    declined: int


def balance() -> list[Balance]:
    """Count the words, claims and sources of each draft by stance, as the balance gate does; four queries."""
    words: dict[tuple[int, str], int] = defaultdict(int)
    claims = Claim.objects.annotate(stance=F("perspective__stance"))
    for rows, text in ((Perspective.objects.all(), "summary"), (claims, "text")):
        for topic, stance, count in _words(rows, text):
            words[topic, stance] += count
    cited = Citation.objects.filter(claim__isnull=False).order_by()
    counted = cited.values_list("claim__topic", "claim__perspective__stance").annotate(Count("source", distinct=True))
    sources = {(topic, stance): count for topic, stance, count in counted}
    sides = Topic.objects.order_by("article", "order").values_list("pk", "slug", "title", "perspectives__stance")
    found: dict[int, Balance] = {}
    for topic, slug, title, stance, count in sides.annotate(Count("perspectives__claims")):
        one = found.setdefault(topic, Balance(title, slug, {}, {}, {}))
        if stance:
            one.words[stance] = words[topic, stance]
            one.claims[stance] = count
            one.sources[stance] = sources.get((topic, stance), 0)
    return list(found.values())


def concentration() -> Concentration:
    """Count how often each source is cited in the drafts; one query."""
    rows = list(
        Citation.objects.values_list("source__key", "source__title")
        .annotate(count=Count("pk"))
        .order_by("-count", "source__key")
    )
    total = sum(count for *_, count in rows)
    evenness = sum((count / total) ** 2 for *_, count in rows)
    return Concentration(total, len(rows), rows[:MOST_CITED], evenness)


def scholarly() -> dict[str, tuple[int, int]]:
    """Count the sources that the claims of each stance cite, and the scholarly or primary ones; one query."""
    is_scholarly = Q(source__category__in=SCHOLARLY)
    rows = Citation.objects.filter(claim__isnull=False).values_list("claim__perspective__stance").order_by()
    counted = rows.annotate(
        Count("source", distinct=True), scholarly=Count("source", distinct=True, filter=is_scholarly)
    )
    return {stance: (count, good) for stance, count, good in counted}


def edition_ages() -> list[datetime]:
    """List when the current edition of each topic and guide was published; one query."""
    current = Edition.objects.values("topic", "article").annotate(at=Max("published_at"))
    return list(current.order_by("at").values_list("at", flat=True))


def source_decades() -> dict[tuple[int | None, str], int]:
    """Count the sources that claims cite by the decade of their publication and stance; one query."""
    rows = (
        Citation.objects.filter(claim__isnull=False)
        .annotate(decade=F("source__year") / 10 * 10)
        .values_list("decade", "claim__perspective__stance")
        .annotate(Count("source", distinct=True))
        .order_by()
    )
    return {(decade, stance): count for decade, stance, count in rows}


def suggestion_months(since: datetime) -> list[Month]:
    """Count the suggestions of each month, newest first; two queries."""
    return _months(Suggestion.objects.all(), "sent_at", _DECIDED, since)


def proposal_months(since: datetime) -> list[Month]:
    """Count the proposals of each month, newest first; two queries."""
    return _months(Proposal.objects.all(), "proposed_at", _REVIEWED, since)


def decisions() -> list[Decision]:
    """Count who accepted and declined what, by the kind and the side it touches (empty: none); one query."""
    rows = (
        Suggestion.objects.filter(status__in=_DECIDED)
        .annotate(stance=_touched())
        .values_list("decided_by__username", "decided_by__display_name", "decided_by__leaning", "kind", "stance")
        .annotate(
            accepted=Count("pk", filter=Q(status=SuggestionStatus.ACCEPTED)),
            declined=Count("pk", filter=Q(status=SuggestionStatus.DECLINED)),
        )
        .order_by("decided_by__username", "kind", "stance")
    )
    return [Decision(display or name, *rest) for name, display, *rest in rows]


def _touched() -> Coalesce:
    """Give the side that a suggestion touches: whose claim it is about, who lacks the answer, or whose view it is."""
    identifier = Func(OuterRef("path"), Value("/"), Value(2), function="split_part", output_field=TextField())
    side = Perspective.objects.filter(topic=OuterRef("topic"), identifier=identifier).values("stance")[:1]
    return Coalesce(
        Case(
            When(kind=SuggestionKind.GAP_ANSWER, then=KT("seen__stance")),
            When(kind=SuggestionKind.MISSING_VIEW, then=KT("payload__stance")),
            When(path__startswith=_OF_A_SIDE, then=Subquery(side, output_field=TextField())),
            default=Value(""),
            output_field=TextField(),
        ),
        Value(""),
        output_field=TextField(),
    )


def _words(rows: "QuerySet[Any]", text: str) -> Iterable[tuple[int, str, int]]:
    words = Func(F(text), Value(r"\S+"), function="regexp_count", output_field=IntegerField())
    found: Iterable[tuple[int, str, int]] = rows.order_by().values_list("topic", "stance").annotate(words=Sum(words))
    return found


def _months(rows: "QuerySet[Any]", name: str, decided: Collection[str], since: datetime) -> list[Month]:
    first = _by_month(rows, name, since)
    last = _by_month(rows.filter(status__in=decided), "decided_at", since, median=Median(F("decided_at") - F(name)))
    found = []
    for month in sorted(first.keys() | last.keys(), reverse=True):
        row = last.get(month, {"count": 0, "median": None})
        days = None if row["median"] is None else row["median"] / timedelta(days=1)
        found.append(Month(month, first.get(month, {"count": 0})["count"], row["count"], days))
    return found


def _by_month(rows: "QuerySet[Any]", name: str, since: datetime, **figures: Median) -> dict[datetime, dict[str, Any]]:
    found = rows.filter(**{f"{name}__gte": since}).annotate(month=TruncMonth(name)).order_by().values("month")
    return {row["month"]: row for row in found.annotate(count=Count("pk"), **figures)}
