"""Deciding on one suggestion: what is proposed beside what stands there, and the forms for each action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from perspectives.actions.suggestions import suggestion_decisions as actions
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError
from perspectives.models import Suggestion, User
from perspectives.policy import Permission, can
from perspectives.queries.suggestions import suggestion_queue, suggestion_targets
from perspectives.rules.documents import parts
from perspectives.rules.suggestions.suggestion_kinds import LONGEST_WORDS
from perspectives.vocab import SuggestionKind, SuggestionStatus
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.suggestions.suggestions import DeclineForm
from perspectives.web.http.view_decorators import SENDING
from perspectives.web.suggestions.suggestion_forms import FORMS, FormContext, SuggestionForm
from perspectives.web.suggestions.suggestion_page import SuggestionView, rows


class AcceptForm(forms.Form):
    """What goes with accepting."""

    words = forms.CharField(
        label="In your words",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_WORDS,
        help_text="Its author reads this. Needed where you made the change by hand: say what you did.",
    )
    is_by_hand = forms.BooleanField(label="I made the change by hand", required=False)


class AskForm(forms.Form):
    """A question to the author."""

    text = forms.CharField(
        label="Your question",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “On which page is that?”",
    )


@dataclass
class Deciding:
    """A suggestion on the desk, with its forms as they are filled in."""

    request: HttpRequest
    suggestion: Suggestion
    payload: SuggestionForm
    forms: dict[str, forms.Form]
    conflict: dict[str, Any] = field(default_factory=dict)
    action: str = ""

    @property
    def by(self) -> User:
        """Who decides."""
        return person(self.request)


@desk_page(Permission.TOPIC_CHANGE)
def suggestion(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show a suggestion; do what a form asks, and go on to the next that is open. Raises NotFoundError."""
    one = suggestion_queue.suggestion(number)
    action = request.POST.get("action", "") if request.method in SENDING else ""
    at = _deciding(request, one, action)
    if request.method in SENDING:
        if action not in _ACTIONS:
            messages.warning(request, "Choose what to do with the suggestion.")
        elif done := _done(at):
            messages.success(request, f"Suggestion {one.pk}: {done}")
            following = suggestion_queue.next_open(one.pk, at.by) if action in _DECIDING else one.pk
            return redirect("desk-suggestion", following) if following else redirect("desk-suggestions")
    return _page(at)


def _deciding(request: HttpRequest, one: Suggestion, action: str) -> Deciding:
    kind = SuggestionKind.of(one.kind)
    data = request.POST if action == "accept" else None
    made = FORMS[kind](data, form_context=_form_context(one), payload=one.payload, prefix="payload")
    _take_any_source(made)
    filled = {"accept": AcceptForm, "decline": DeclineForm, "ask": AskForm}
    shown = {name: kind_of(request.POST if name == action else None, prefix=name) for name, kind_of in filled.items()}
    return Deciding(request, one, made, shown, action=action)


def _done(at: Deciding) -> str:
    """Do the action and say what was done; nothing where a form has to be shown again."""
    form = at.forms.get(at.action)
    is_valid = form is None or form.is_valid()
    if at.action == "accept":
        is_valid = at.payload.is_valid() and is_valid
    if not is_valid:
        return ""
    try:
        do, done = _ACTIONS[at.action]
        do(suggestion_id=at.suggestion.pk, by=at.by, **_given(at))
    except BrokenRulesError as error:
        if at.action == "accept" and not any(getattr(one, "path", "") == "words" for one in error.problems):
            at.payload.add_problems(error.problems)
        elif form:
            form.add_error(None, [f"{error.message}"])
    except ConflictError as error:
        at.conflict = {
            "message": error.message,
            "now": error.now,
            "version": parts.version(error.now) if error.now else "",
        }
    else:
        return done
    return ""


def _given(at: Deciding) -> Mapping[str, Any]:
    """Give what the action takes: what the forms hold, named as it names it."""
    given = at.forms[at.action].cleaned_data if at.action in at.forms else {}
    if at.action != "accept":
        return given
    return {**given, "payload": at.payload.payload(), "onto": at.request.POST.get("onto", "")}


_ACTIONS: Final[Mapping[str, tuple[Callable[..., object], str]]] = {
    "accept": (actions.accept, "accepted. The draft has the change; the next edition will show it."),
    "decline": (actions.decline, "declined."),
    "ask": (actions.ask, "your question was sent to its author."),
    "reopen": (actions.reopen, "open again."),
    "release": (actions.release, "let into the queue."),
}
"""What each action does, and what is said when it is done."""
_DECIDING: Final = frozenset({"accept", "decline", "ask"})


def _page(at: Deciding) -> HttpResponse:
    one = at.suggestion
    view = SuggestionView(one)
    like = suggestion_queue.like(one)
    is_undecided = view.status in (SuggestionStatus.OPEN, SuggestionStatus.NEEDS_INFO)
    now = at.conflict.get("now")
    context = {
        "view": view,
        "said": one.messages.select_related("by"),
        "signs": suggestion_queue.signs_of_spam(one) if one.is_quarantined else (),
        "like": [SuggestionView(other) for other in like.suggestions],
        "same_sources": like.sources,
        "sender": suggestion_queue.sender_record(one.by),
        "payload_form": at.payload,
        "forms": at.forms,
        "may_decide": is_undecided and can(at.by, Permission.SUGGESTION_DECIDE, begun_by=one.by_id),
        "may_reopen": view.status is SuggestionStatus.DECLINED
        and can(at.by, Permission.SUGGESTION_DECIDE, begun_by=one.by_id),
        "is_own": one.by_id == at.by.pk,
        "is_open": view.status is SuggestionStatus.OPEN,
        "conflict": at.conflict,
        "rows_now": tuple(rows(one.payload, now)) if now else (),
        "changed": _changed(one.seen, now) if now else (),
    }
    return show(at.request, "suggestions/suggestion.html", context)


def _changed(seen: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Any, ...]:
    """Show how a part differs from what the author of the suggestion saw."""
    different = {name: str(value) for name, value in now.items() if value != seen.get(name)}
    return tuple(rows({"wording": different}, {name: str(value) for name, value in seen.items()}))


def _form_context(one: Suggestion) -> FormContext:
    """Gather what the form lets a moderator choose from; what is no longer published leaves fewer choices."""
    if one.topic is None:
        return FormContext(one.seen, {})
    try:
        slug = one.topic.slug
        sides = tuple(suggestion_targets.sides_of_topic(slug))
        return FormContext(one.seen, suggestion_targets.sources_of_topic(slug), sides)
    except NotFoundError:
        return FormContext(one.seen, {})


def _take_any_source(form: SuggestionForm) -> None:
    """Let a moderator cite any source by its key, not only those that the topic uses."""
    if "source" in form.fields:
        form.fields["source"] = forms.CharField(
            label="Source", required=False, help_text="Its citekey, such as smith2020bridges; empty: the work below."
        )
