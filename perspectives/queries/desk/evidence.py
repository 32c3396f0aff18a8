"""Citations of drafts whose evidence is not yet as it should be, and what is wrong with each."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce

from perspectives.models import Agreement, Citation, Event
from perspectives.vocab import CslType, EvidenceProblem, QuoteStatus, SourceState

_WITHOUT_PAGES: Final = (CslType.WEBPAGE, CslType.POST, CslType.POST_WEBLOG, CslType.DATASET, CslType.MAP)
IS: Final[Mapping[EvidenceProblem, Q]] = {
    EvidenceProblem.NOT_CHECKED: Q(quote_status=QuoteStatus.NOT_CHECKED),
    EvidenceProblem.NO_LOCATOR: Q(locator="") & ~Q(source__csl_type__in=_WITHOUT_PAGES),
    EvidenceProblem.DEPRECATED: Q(source__state=SourceState.DEPRECATED),
    EvidenceProblem.SUPERSEDED: Q(source__state=SourceState.SUPERSEDED),
}
"""How each problem is found."""
_ANY: Final = Q(*IS.values(), _connector=Q.OR)
_OWNERS: Final = ("claim", "agreement", "event", "finding")


def counts() -> dict[str, int]:
    """Count the citations with each problem, and as `any` those with one or more; one query."""
    by_problem = {problem.name.lower(): Count("pk", filter=condition) for problem, condition in IS.items()}
    return Citation.objects.aggregate(any=Count("pk", filter=_ANY), **by_problem)


def listed(problem: EvidenceProblem | None = None, *, topic: str = "") -> QuerySet[Citation]:
    """List the citations with a problem (without `problem`: any) in the order of topics, each with all its problems.

    They come as `is_not_checked`, `is_no_locator` … A topic's are also the citations of findings in guides from its
    point of view.
    """
    found = Citation.objects.filter(_ANY if problem is None else IS[problem])
    if topic:
        found = found.filter(Q(*((f"{owner}__topic__slug", topic) for owner in _OWNERS), _connector=Q.OR))
    marks = {
        f"is_{problem.name.lower()}": ExpressionWrapper(condition, output_field=BooleanField())
        for problem, condition in IS.items()
    }
    related = [f"{owner}__topic" for owner in _OWNERS]
    return (
        found.select_related("source", "claim__perspective", *related)
        .annotate(**marks, topic_order=Coalesce(*(F(f"{owner}__topic__order") for owner in _OWNERS)))
        .order_by("topic_order", "pk")
    )


def paths(citations: Iterable[Citation]) -> dict[int, str]:
    """Name the parts of drafts that hold citations, as `rules.documents.parts` does, by ids of citations; two queries.

    Findings are parts of guides, which are not edited part by part: they are left out.
    """
    held = list(citations)
    agreements = _places(Agreement, [one.agreement.topic_id for one in held if one.agreement])
    events = _places(Event, [one.event.topic_id for one in held if one.event])
    found = {}
    for one in held:
        if one.claim:
            found[one.pk] = f"perspectives/{one.claim.perspective.identifier}/claims/{one.claim.identifier}"
        elif one.agreement_id:
            found[one.pk] = f"common_ground/{agreements[one.agreement_id]}"
        elif one.event_id:
            found[one.pk] = f"events/{events[one.event_id]}"
    return found


def _places(model: type[Agreement | Event], topics: Iterable[int]) -> dict[int, int]:
    """Map the ids of all agreements or events of topics to their places, counted from 0."""
    rows = model._default_manager.filter(topic__in=set(topics)).order_by("topic", "order").values_list("topic", "pk")
    return {pk: place for _, own in groupby(rows, key=lambda row: row[0]) for place, (_, pk) in enumerate(own)}
