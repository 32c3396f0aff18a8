"""Suggesting a change: choose what, fill in the form of its kind, send it; what was sent and what became of it."""

import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from perspectives.actions.suggestions import authoring as actions
from perspectives.actions.suggestions.authoring import LONGEST_TOKEN, Proposed
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPossibleError
from perspectives.models import Suggestion
from perspectives.queries.suggestions import suggestion_queue, suggestion_targets
from perspectives.queries.suggestions.suggestion_targets import Shown, Target
from perspectives.vocab import SuggestionKind
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.page_cache import cached_page
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING, SENDING, query_text, query_value, taking
from perspectives.web.suggestions import unsent
from perspectives.web.suggestions.suggestion_forms import FORMS, FormContext, SuggestionForm
from perspectives.web.suggestions.suggestion_page import SuggestionView, TargetView

_LONGEST_PATH = 250
_TARGET = ("topic", "article", "source", "part", "claim", "stance", "passage", "finding")
"""The query parameters that name what a suggestion is about."""


@cached_page(uncached=_TARGET)
def choose(request: HttpRequest) -> HttpResponse:
    """Say what can be suggested of what the address names, and what happens to it."""
    shown = suggestion_targets.shown(_target(request))
    offered = _offered(shown)
    context = {
        "target": TargetView(shown) if offered else None,
        "offered": offered,
        "kinds": list(SuggestionKind),
        "query": request.GET.urlencode(),
    }
    return render(request, "perspectives/suggest/choose.html", context)


@never_cache
@taking(*READING, *SENDING)
def suggest(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the form of a kind about what the address names; send it, after a look at what is like it.

    Who is not signed in may fill it in, and signs in to send it: what was written is kept in the session. The form's
    token makes one suggestion of it, however often it is sent. Raises NotFoundError.
    """
    if kind not in SuggestionKind.values:
        raise NotFoundError(f"There is no suggestion of the kind '{kind}'.")
    known = SuggestionKind.of(kind)
    if known is not SuggestionKind.NEW_SOURCE and not any(
        request.GET.get(name) for name in ("topic", "article", "source")
    ):
        return redirect("suggest")
    is_member, token = request.user.is_authenticated, request.POST.get("token", "")[:LONGEST_TOKEN]
    if is_member and (earlier := suggestion_queue.sent_with(person(request), token)):
        messages.info(request, "This form was sent before; here is what you sent.")
        return redirect("account-suggestion", earlier.pk)
    shown = suggestion_targets.shown(_target(request))
    form = FORMS[known](request.POST or unsent.kept(request), form_context=form_context(shown))
    state = _FormState(request, known, shown, form)
    return _of_member(state) if is_member else _of_visitor(state)


def _of_visitor(state: "_FormState") -> HttpResponse:
    """Keep what a visitor wrote, once it is such that it can be sent, and lead to signing in and back."""
    request, form = state.request, state.form
    if request.method not in SENDING or not form.is_valid():
        return state.answer()
    unsent.keep(request, form)
    messages.info(request, "What you wrote is kept. Sign in, or make an account, to send it.")
    return redirect_to_login(request.get_full_path())


def _of_member(state: "_FormState") -> HttpResponse:
    """Send what somebody wrote who is signed in."""
    request, form = state.request, state.form
    if request.method in SENDING and form.is_valid():
        sent = _send(state)
        if sent is not None:
            unsent.forget(request)
            messages.success(request, "Thank you. A moderator will look at it; here you see what becomes of it.")
            return redirect("account-suggestion", sent.pk)
    return state.answer()


@dataclass
class _FormState:
    """A form, what it is about, and what there is to say before it can be sent."""

    request: HttpRequest
    kind: SuggestionKind
    shown: Shown
    form: SuggestionForm
    likeness: suggestion_queue.Likeness | None = None
    conflict: str = ""

    def answer(self) -> HttpResponse:
        """Show the form with all that was filled in."""
        who = person(self.request)
        like = self.likeness.suggestions if self.likeness else []
        context = {
            "kind": self.kind,
            "target": TargetView(self.shown),
            "form": self.form,
            "token": self.request.POST.get("token") or secrets.token_urlsafe(24),
            "likeness": self.likeness,
            "own": [SuggestionView(one) for one in like if one.by_id == who.pk],
            "others": [SuggestionView(one) for one in like if one.by_id != who.pk],
            "conflict": self.conflict,
        }
        return render(self.request, "perspectives/suggest/form.html", context)


def _send(state: _FormState) -> Suggestion | None:
    """Send what a form holds; nothing where the form has to be shown again."""
    request, form, who = state.request, state.form, person(state.request)
    proposed = Proposed(state.kind, state.shown.target, form.payload(), form.cleaned_data.get("words", ""))
    try:
        with refusals_in(form):
            if not request.POST.get("anyway"):
                state.likeness = suggestion_queue.like_for_author(actions.drafted(by=who, proposed=proposed)[0])
                if state.likeness:
                    return None
            token, version = request.POST.get("token", ""), request.POST.get("version", "")
            return actions.send(by=who, proposed=proposed, version=version, token=token)
    except ConflictError as error:
        state.conflict = error.message
    return None


@own_page(*READING)
def own_list(request: HttpRequest) -> HttpResponse:
    """List what one has suggested, newest first."""
    shown = numbered_page(request, suggestion_queue.own(person(request)), of="your suggestions")
    context = {"views": [SuggestionView(one) for one in shown], "shown": shown}
    return render(request, "perspectives/account/suggestions.html", context)


@own_page(*READING, *SENDING)
def own_suggestion(request: HttpRequest, number: int) -> HttpResponse:
    """Show one's suggestion, what was said about it and what became of it; answer a question, or take it back.

    Raises NotFoundError where it is not one's own.
    """
    who = person(request)
    one = suggestion_queue.own_suggestion(who, number)
    problem, text = "", request.POST.get("text", "")
    if request.method in SENDING:
        try:
            if request.POST.get("action") == "withdraw":
                actions.withdraw(suggestion_id=one.pk, by=who)
            else:
                actions.answer(suggestion_id=one.pk, by=who, text=text)
            return redirect("account-suggestion", one.pk)
        except BrokenRulesError as error:
            problem = "; ".join(f"What you wrote {getattr(item, 'message', item)}." for item in error.problems)
        except NotPossibleError as error:
            messages.warning(request, error.message)
            return redirect("account-suggestion", one.pk)
    said = one.messages.select_related("by")
    context = {"view": SuggestionView(one), "said": said, "problem": problem, "text": text}
    return render(request, "perspectives/account/suggestion.html", context)


def form_context(shown: Shown) -> FormContext:
    """Gather what a form about this target lets people choose from."""
    topic = shown.target.topic
    if not topic:
        return FormContext(shown.part, {})
    sides = tuple(suggestion_targets.sides_of_topic(topic))
    return FormContext(shown.part, suggestion_targets.sources_of_topic(topic), sides)


def _target(request: HttpRequest) -> Target:
    """Read what the address names. Raises NotFoundError and BadQueryError."""
    topic, article, source = (query_value(request, name) for name in ("topic", "article", "source"))
    path = query_text(request, "part", longest=_LONGEST_PATH)
    claim, stance, passage = (query_value(request, name) for name in ("claim", "stance", "passage"))
    if topic and claim and stance:
        path = suggestion_targets.path_of_gap(topic, claim, stance)
    elif topic and claim:
        path = suggestion_targets.path_of_claim(topic, claim)
    elif article and passage:
        finding = query_value(request, "finding")
        path = f"passages/{passage}/findings/{finding}" if finding else f"passages/{passage}"
    return Target(topic, article, source, path)


def _offered(shown: Shown) -> list[SuggestionKind]:
    """List the kinds that can be about a target; none where no target is named."""
    target = shown.target
    if target.source:
        return [SuggestionKind.BROKEN_LINK, SuggestionKind.CORRECTION]
    if target.article:
        return [*([SuggestionKind.DISPUTE] if "/findings/" in target.path else []), SuggestionKind.CORRECTION]
    if not target.topic:
        return []
    if target.path.startswith("gaps/"):
        return [SuggestionKind.GAP_ANSWER, SuggestionKind.CORRECTION]
    if target.path:
        quoting = [SuggestionKind.QUOTATION] if shown.part.get("cites") else []
        citing = [SuggestionKind.CITATION, *quoting] if "/claims/" in target.path else quoting
        return [*citing, SuggestionKind.CORRECTION]
    return [
        SuggestionKind.MISSING_VIEW,
        SuggestionKind.NEW_SOURCE,
        SuggestionKind.CORRECTION,
        SuggestionKind.BROKEN_LINK,
    ]
