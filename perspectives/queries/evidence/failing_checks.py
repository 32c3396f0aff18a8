"""Checks whose outcome an editor should look at, as long as the drafts have what was checked."""

from datetime import datetime

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from perspectives.errors import require_found
from perspectives.models import Check, Citation
from perspectives.queries.evidence import checks
from perspectives.rules.evidence import repairs
from perspectives.rules.evidence.repairs import Checked, Repair
from perspectives.vocab import NEEDS_EDITOR, CheckKind, CheckOutcome, SourceState

_IS_QUOTED = Exists(Citation.objects.filter(source=OuterRef("source"), quote=OuterRef("quote")))
_URL = Coalesce(KeyTextTransform("URL", "source__record"), Value(""), output_field=TextField())
_IS_ADDRESS = Q(url=F("asked")) | Q(url="")
"""Without an address of its own the work is looked for by its DOI."""


def listed(outcome: CheckOutcome | None = None, *, kind: CheckKind | None = None) -> QuerySet[Check]:
    """List failing checks, the gravest outcomes first; what was mended in the drafts is left out."""
    rank = Case(*(When(outcome=one, then=Value(rank)) for rank, one in enumerate(NEEDS_EDITOR)))
    found = checks.current().annotate(rank=rank, url=_URL).filter(
        Q(kind=CheckKind.QUOTATION) & Q(_IS_QUOTED)
        | Q(kind=CheckKind.LINK) & _IS_ADDRESS
        | Q(kind=CheckKind.RETRACTION, source__state=SourceState.CURRENT)
        | Q(kind=CheckKind.METADATA, source__record__contains=KeyTransform("ours", "detail")),
        outcome__in=[outcome] if outcome else NEEDS_EDITOR,
    )  # fmt: skip
    return (found.filter(kind=kind) if kind else found).order_by("rank", "pk")


def count() -> tuple[int, datetime | None]:
    """Count failing checks, and tell since when the oldest is known; one query."""
    found = listed().aggregate(n=Count("pk"), since=Min("finished_at"))
    return found["n"], found["since"]


def failing(number: int) -> Check:
    """Fetch a failing check. Raises NotFoundError, also where it was mended."""
    return require_found(listed().filter(pk=number).first(), f"There is no failing check {number}; it may be mended.")


def repair(check: Check) -> Repair | None:
    """Tell what a check proposes."""
    kind, outcome = CheckKind.of(check.kind), CheckOutcome.of(check.outcome)
    checked = Checked(kind, outcome, check.quote or check.asked, check.sentence, check.detail)
    return repairs.repair(checked)
