"""What waits at the desk: how much of each and since when. Every count is the one that its queue shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable

from perspectives.models import IntakeEntry, Proposal, Source, Suggestion, User
from perspectives.models.intake import UNDECIDED
from perspectives.queries.publication import review
from perspectives.queries.sources.source_catalogue import LACKS
from perspectives.queries.suggestions.suggestion_queue import HAS_ANSWER
from perspectives.vocab import MetadataState, ProposalQueue, ProposalStatus, SourceState, SuggestionStatus


@dataclass(frozen=True)
class Wait:
    """How much waits, and since when the oldest of it, where that is known."""

    count: int
    oldest: datetime | None = None


_PROPOSED_AGAIN: Final = Q(
    Exists(Proposal.objects.filter(Q(topic=OuterRef("topic")) | Q(article=OuterRef("article")), pk__gt=OuterRef("pk")))
)
_STANDS_FOR_ITS_BUNDLE: Final = ~Q(Exists(Proposal.objects.filter(bundle=OuterRef("bundle"), pk__lt=OuterRef("pk"))))
"""Of a bundle, which is decided as one, one proposal is counted and listed: the first."""
_OPEN: Final = Q(status=ProposalStatus.OPEN) & _STANDS_FOR_ITS_BUNDLE
_QUEUES: Final[Mapping[ProposalQueue, Callable[[User], Q]]] = {
    ProposalQueue.TO_DECIDE: lambda person: _OPEN & ~Q(proposed_by=person),
    ProposalQueue.RETURNED: lambda person: Q(status=ProposalStatus.RETURNED, proposed_by=person) & ~_PROPOSED_AGAIN,
    ProposalQueue.OWN: lambda person: _OPEN & Q(proposed_by=person),
}


def proposals(queue: ProposalQueue, person: User) -> QuerySet[Proposal]:
    """List the proposals of a queue, the longest waiting first, with people and subjects, without bodies."""
    return review.proposals().filter(_QUEUES[queue](person)).order_by("pk")


def proposal_waits(person: User) -> dict[ProposalQueue, Wait]:
    """Count the proposals of each queue; one query."""
    since = Case(When(status=ProposalStatus.RETURNED, then="decided_at"), default="proposed_at")
    conditions = {queue.name: condition(person) for queue, condition in _QUEUES.items()}
    waits = _waits(Proposal.objects.all(), since, conditions)
    return {queue: waits[queue.name] for queue in _QUEUES}


def suggestion_waits() -> dict[str, Wait]:
    """Count suggestions that are open, open with an answer of their authors', or in quarantine; one query."""
    is_let_in = Q(is_quarantined=False)
    waiting = Suggestion.objects.filter(status=SuggestionStatus.OPEN)
    conditions = {"open": is_let_in, "answered": is_let_in & Q(HAS_ANSWER), "quarantined": ~is_let_in}
    return _waits(waiting, F("sent_at"), conditions)


def intake_entries() -> QuerySet[IntakeEntry]:
    """List the entries of all intakes that somebody has to decide on, the longest waiting first."""
    waiting = IntakeEntry.objects.filter(state__in=UNDECIDED)
    related = waiting.select_related("batch__by", "match").defer("batch__text", "batch__definitions", "batch__beside")
    return related.order_by("batch_id", "number")


def intake_wait() -> Wait:
    """Count the entries that somebody has to decide on; one query."""
    found = IntakeEntry.objects.filter(state__in=UNDECIDED).aggregate(n=Count("pk"), since=Min("batch__at"))
    return Wait(found["n"], found["since"])


def source_waits() -> dict[str, Wait]:
    """Count current sources whose record is confirmed in part only, or names the work nowhere; one query.

    Nothing says since when.
    """
    found = Source.objects.filter(state=SourceState.CURRENT).aggregate(
        partly=Count("pk", filter=Q(record__checked__metadata=MetadataState.PARTLY)),
        unnamed=Count("pk", filter=LACKS["identifier"]),
    )
    return {name: Wait(count) for name, count in found.items()}


def _waits(rows: QuerySet[Any], since: Combinable, conditions: Mapping[str, Q]) -> dict[str, Wait]:
    found = rows.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()},
        **{f"{name}_since": Min(since, filter=condition) for name, condition in conditions.items()},
    )
    return {name: Wait(found[name], found[f"{name}_since"]) for name in conditions}
