"""The queue of checks that failed, and one of them with what it proposes."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator

from perspectives.actions.evidence import check_repairs
from perspectives.models import Check, Source
from perspectives.policy import Permission
from perspectives.queries.evidence import checks, failing_checks
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents.word_diff import words_diff
from perspectives.vocab import NEEDS_EDITOR, CheckKind, CheckOutcome, TextOrigin
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.queues.queue_page import Cell, Line, Queue, chosen, show_queue
from perspectives.web.http.view_decorators import READING, SENDING

_SHORT = 140


@desk_page(Permission.SOURCE_CHANGE, methods=READING)
def check_queue(request: HttpRequest) -> HttpResponse:
    """List what a machine found that an editor should look at, the gravest first, and how far the checks are."""
    outcome = chosen(request, "outcome", "Outcome", [(one.value, one.label) for one in NEEDS_EDITOR])
    kind = chosen(request, "kind", "Kind", CheckKind.choices)
    found = failing_checks.listed(
        CheckOutcome.of(outcome.chosen) if outcome.chosen else None,
        kind=CheckKind.of(kind.chosen) if kind.chosen else None,
    )
    waiting = checks.live().count()
    progress = f" {waiting} checks wait or are being made." if waiting else ""
    queue = Queue(
        "Checks that failed",
        "What a machine found about quotations, links, records and retractions that an editor should look at. It may "
        f"be wrong: a page can show a part of a work only.{progress}",
        "checks that failed",
        ("What was checked", "Outcome", "Proposed", "When"),
        (outcome, kind),
    )

    def lines(rows: Sequence[Check]) -> Iterator[Line]:
        return map(_line, rows)

    return show_queue(request, queue, found, lines)


def _line(one: Check) -> Line:
    proposed = failing_checks.repair(one)
    return Line(
        f"{CheckKind.of(one.kind).label}: {one.source.key}",
        reverse("desk-check", args=[one.pk]),
        (
            Cell("Outcome", str(CheckOutcome.of(one.outcome).label)),
            Cell("Proposed", proposed.button if proposed else "–"),
            Cell("When", at=one.finished_at),
        ),
        f"“{Truncator(one.quote).chars(_SHORT)}”" if one.quote else one.sentence,
    )


@desk_page(Permission.SOURCE_CHANGE)
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Show a failing check with what it rests on and what it proposes; what is sent accepts that."""
    found = failing_checks.failing(number)
    if request.method in SENDING:
        return _accept(request, found)
    topics = source_catalogue.topics_quoting(found.source_id, found.quote) if found.quote else []
    is_only_in_guides = bool(found.quote) and not topics
    proposed = None if is_only_in_guides else failing_checks.repair(found)
    context = {
        "check": found,
        "kind": CheckKind.of(found.kind),
        "outcome": CheckOutcome.of(found.outcome),
        "origin": TextOrigin.of(found.origin) if found.origin else None,
        "repair": proposed,
        "pieces": words_diff(proposed.before, proposed.after) if proposed and found.quote else (),
        "topics": topics,
        "is_only_in_guides": is_only_in_guides,
    }
    return show(request, "queues/check.html", context)


def _accept(request: HttpRequest, found: Check) -> HttpResponse:
    changed = check_repairs.accept(check_id=found.pk, by=person(request))
    if isinstance(changed, Source):
        messages.success(request, f"“{changed.key}” is changed as the check proposed.")
        return redirect("desk-source-editions", changed.key)
    names = ", ".join(topic.title for topic in changed)
    messages.success(request, f"The quotation is corrected in the drafts of: {names}. Propose their next editions.")
    return redirect("desk-topic", changed[0].slug)
