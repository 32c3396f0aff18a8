"""The queue of suggestions and the page on which one is decided."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from perspectives.actions.suggestions import suggestion_decisions as actions
from perspectives.errors import DomainError
from perspectives.models import Suggestion
from perspectives.policy import Permission
from perspectives.queries.suggestions import suggestion_queue
from perspectives.queries.suggestions.suggestion_queue import Filters
from perspectives.rules.suggestions.suggestion_kinds import LONGEST_WORDS
from perspectives.vocab import DeclineReason, SuggestionKind, SuggestionStatus
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.view_decorators import READING, SENDING, BadQueryError, query_value
from perspectives.web.suggestions.suggestion_page import SuggestionView

UNDO = "suggestions-just-declined"
"""Under this name the session keeps which suggestions were declined together last."""
WAITING_DAYS = (1, 7, 30)
_ANY = "any"
_LONGEST_NUMBER = 18


class DeclineForm(forms.Form):
    """Why suggestions are declined."""

    reason = forms.ChoiceField(
        choices=[("", "Choose one"), *((one.value, f"{one.label}: {one.sentence}") for one in DeclineReason)],
        label="Reason",
        help_text="Its author reads the sentence.",
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “The survey names five planks on page 3, not forty.” Needed for “Other”.",
    )


@desk_page(Permission.TOPIC_CHANGE, READING)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, oldest first, with true counts; six queries however much waits."""
    filters, days = _filters(request)
    page = suggestion_queue.queue(filters, after=_number(query_value(request, "after", "0")))
    counted = suggestion_queue.counts()
    context = {
        "views": [SuggestionView(one) for one in page.rows],
        "page": page,
        "filters": filters,
        "days": days,
        "waiting_days": WAITING_DAYS,
        "statuses": [(status, counted[status.value.replace("-", "_")]) for status in SuggestionStatus],
        "quarantined": counted["quarantined"],
        "kinds": list(SuggestionKind),
        "topics": suggestion_queue.topics_in_queue(),
        "declined": len(request.session.get(UNDO, ())),
        "is_decidable": filters.status in (SuggestionStatus.OPEN, SuggestionStatus.NEEDS_INFO),
    }
    return show(request, "suggestions/queue.html", context)


@desk_page(Permission.TOPIC_CHANGE, SENDING)
def decline(request: HttpRequest) -> HttpResponseBase:
    """Ask whether the chosen suggestions are to be declined, and why; decline them when that is sent."""
    rows = suggestion_queue.chosen(_number(value) for value in request.POST.getlist("chosen")[: actions.MOST_AT_ONCE])
    if not rows:
        messages.warning(request, "Choose suggestions first, by the boxes before them.")
        return redirect("desk-suggestions")
    is_confirmed = "confirmed" in request.POST
    form = DeclineForm(request.POST if is_confirmed else None, initial={"reason": DeclineReason.SPAM.value})
    if is_confirmed and form.is_valid():
        try:
            return _decline(request, rows, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"views": [SuggestionView(one) for one in rows], "form": form}
    return show(request, "suggestions/decline.html", context)


def _decline(request: HttpRequest, rows: Iterable[Suggestion], *, reason: str, words: str) -> HttpResponse:
    done = actions.decline_many(suggestion_ids=[one.pk for one in rows], by=person(request), reason=reason, words=words)
    request.session[UNDO] = list(done.done)
    for number, why in done.refused.items():
        messages.warning(request, f"Suggestion {number} stays as it is: {why}")
    return redirect("desk-suggestions")


@desk_page(Permission.TOPIC_CHANGE, SENDING)
def undo(request: HttpRequest) -> HttpResponse:
    """Open again what was declined together last."""
    opened = 0
    for number in request.session.pop(UNDO, ()):
        try:
            actions.reopen(suggestion_id=number, by=person(request))
        except DomainError as error:
            messages.warning(request, f"Suggestion {number} stays declined: {error.message}")
        else:
            opened += 1
    messages.success(request, f"{opened} suggestion{'' if opened == 1 else 's'} opened again.")
    return redirect("desk-suggestions")


def _filters(request: HttpRequest) -> tuple[Filters, int]:
    """Read what of the queue is asked for: without words, what is open. Raises BadQueryError."""
    status, kind = query_value(request, "status", SuggestionStatus.OPEN.value), query_value(request, "kind")
    if status not in (*SuggestionStatus.values, _ANY) or (kind and kind not in SuggestionKind.values):
        raise BadQueryError("There is no such status or kind; choose from the lists above the queue.")
    days = _number(query_value(request, "days", "0"))
    if days not in (0, *WAITING_DAYS):
        raise BadQueryError(f"'days' takes one of {', '.join(map(str, WAITING_DAYS))}.")
    filters = Filters(
        status=None if status == _ANY else SuggestionStatus.of(status),
        kind=SuggestionKind.of(kind) if kind else None,
        topic=query_value(request, "topic"),
        is_quarantined=query_value(request, "quarantined") == "yes",
        before=timezone.now() - timedelta(days=days) if days else None,
        is_answered=query_value(request, "answered") == "yes",
    )
    return filters, days


def _number(value: Any) -> int:
    """Read the number of a suggestion, or of days. Raises BadQueryError."""
    if not (str(value).isascii() and str(value).isdecimal() and len(str(value)) <= _LONGEST_NUMBER):
        raise BadQueryError("A number in the address or the form is none.")
    return int(value)
