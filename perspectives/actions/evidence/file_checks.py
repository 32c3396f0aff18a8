"""Checks of quotations against files that an editor has; nothing of these is kept but the sentence around the words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from perspectives.actions.evidence import check_results
from perspectives.models import Check, Source
from perspectives.models.check import LIVE
from perspectives.policy import Actor, Permission, require
from perspectives.queries.publication.quotations import Quotation
from perspectives.rules.evidence import findings
from perspectives.rules.evidence.findings import Reading
from perspectives.rules.evidence.quotation import Match
from perspectives.vocab import CheckKind, CheckState


@transaction.atomic
def record(*, key: str, found: Iterable[tuple[Quotation, Match]], reading: Reading, by: Actor | None) -> list[Check]:
    """Write down what came of looking for the quotations of a source in a file.

    A check that waits for a server is done thereby. Raises NotPermittedError.
    """
    require(by, Permission.EVIDENCE_CHECK)
    source = Source.objects.get(key=key)
    by_words = {one.words: (one, match) for one, match in found}
    return [_written(source, words, match, reading) for words, (_, match) in sorted(by_words.items())]


def _written(source: Source, words: str, match: Match, reading: Reading) -> Check:
    now = timezone.now()
    target: dict[str, Any] = {"kind": CheckKind.QUOTATION, "source": source, "quote": words}
    waiting = Check.objects.select_for_update(no_key=True).filter(**target, state__in=LIVE).first()
    check = waiting or Check(**target, planned_at=now, due_at=now)
    check.state, check.attempts = CheckState.RUNNING, check.attempts + 1
    check_results.end(check, findings.of_match(match, reading), now)
    return check
