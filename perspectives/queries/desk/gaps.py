"""Claims of the author that a side does not answer in the drafts, said openly or not."""

from typing import Final

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from perspectives.models import Claim, Gap, Response
from perspectives.rules.publication.balance import ANSWERING
from perspectives.vocab import Stance


def _answer(stance: Stance) -> Exists:
    return Exists(Response.objects.filter(to_claim=OuterRef("pk"), from_claim__perspective__stance=stance))


def _record(stance: Stance) -> Exists:
    return Exists(Gap.objects.filter(claim=OuterRef("pk"), stance=stance))


_LACKS: Final = {f"lacks_{stance.value}": ~_answer(stance) for stance in ANSWERING}
_UNSAID: Final = Q(*(Q(**{f"lacks_{stance.value}": True}) & ~_record(stance) for stance in ANSWERING), _connector=Q.OR)
_ANY: Final = Q(*((name, True) for name in _LACKS), _connector=Q.OR)


def counts() -> dict[str, int]:
    """Count the author's claims without an answer: `any`, by the side that lacks it, and `unsaid`; one query.

    Unsaid are those for which a side neither answers nor has a gap on record.
    """
    claims = _claims().annotate(is_unsaid=ExpressionWrapper(_UNSAID, output_field=BooleanField()))
    return claims.aggregate(
        any=Count("pk", filter=_ANY),
        unsaid=Count("pk", filter=Q(is_unsaid=True)),
        **{stance.value: Count("pk", filter=Q(**{f"lacks_{stance.value}": True})) for stance in ANSWERING},
    )


def listed(stance: Stance | None = None, *, topic: str = "", is_unsaid: bool = False) -> QuerySet[Claim]:
    """List the author's claims that a side (without `stance`: either) does not answer, in the order of editors.

    Each has `lacks_opposing` and `lacks_neutral`, and its gaps fetched.
    """
    found = _claims().filter(_ANY if stance is None else Q(**{f"lacks_{stance.value}": True}))
    if topic:
        found = found.filter(topic__slug=topic)
    if is_unsaid:
        found = found.filter(_UNSAID)
    related = found.select_related("topic").prefetch_related("gaps")
    return related.order_by("topic__article", "topic__order", "order", "pk")


def _claims() -> QuerySet[Claim]:
    return Claim.objects.filter(perspective__stance=Stance.AUTHOR).annotate(**_LACKS)
