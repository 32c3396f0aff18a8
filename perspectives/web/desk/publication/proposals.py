"""Proposals: made from a draft, reviewed by a second person, decided."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.publication import publishing
from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.models import Article, Proposal, Topic, User
from perspectives.policy import Permission, can
from perspectives.queries.publication import bundles, page_reads
from perspectives.queries.publication import review as rows
from perspectives.queries.publication.review import Subject
from perspectives.queries.suggestions import suggestion_queue
from perspectives.vocab import ProposalStatus
from perspectives.web.desk.discussion.panel import panel
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.publication import reviewing
from perspectives.web.desk.publication.review_forms import APPROVE, RETURN, WITHDRAW, DecisionForm, ProposeForm
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING, SENDING, BadQueryError, query_value

PER_PAGE: Final = 50
DECIDED: Final = (ProposalStatus.APPROVED, ProposalStatus.RETURNED, ProposalStatus.WITHDRAWN)


@dataclass(frozen=True)
class _Action:
    """A decision: what it does, who may, how its form and its button are called, and what is said when it is done."""

    do: Callable[..., Any]
    permission: Permission
    button: str
    label: str
    help_text: str
    done: str


_ACTIONS: Final = {
    APPROVE: _Action(
        publishing.approve,
        Permission.EDITION_APPROVE,
        "Approve and publish",
        "A word on the approval",
        "For the history; it may stay empty.",
        "Edition {0.number} is published.",
    ),
    RETURN: _Action(
        publishing.send_back,
        Permission.EDITION_RETURN,
        "Return to the proposer",
        "Reasons for the return",
        "What is to be mended, such as “Claim o3 needs a second source”.",
        "The proposal is returned; its proposer sees your reasons.",
    ),
    WITHDRAW: _Action(
        publishing.withdraw,
        Permission.EDITION_WITHDRAW,
        "Withdraw the proposal",
        "Why it is withdrawn",
        "For the history; it may stay empty.",
        "The proposal is withdrawn; the draft stays as it is.",
    ),
}


@dataclass(frozen=True)
class Choice:
    """A decision that the reviewer may take, with its form, or why not."""

    action: str
    button: str
    form: DecisionForm | None
    why_not: str


@desk_page(methods=READING)
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait for a second person, and below them the decided ones."""
    chosen = query_value(request, "status")
    if chosen and chosen not in DECIDED:
        raise BadQueryError(f"There is no decision '{chosen}'.")
    status = ProposalStatus.of(chosen) if chosen else None
    shown = numbered_page(request, rows.decided_proposals(status), of="proposals", per_page=PER_PAGE)
    context = {
        "bundles": bundles.waiting()[:PER_PAGE],
        "waiting": rows.open_proposals().filter(bundle=None)[:PER_PAGE],
        "shown": shown,
        "here": f"?status={chosen}&" if chosen else "?",
        "statuses": DECIDED,
        "chosen": chosen,
    }
    return show(request, "review/proposals.html", context)


@desk_page()
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show a proposal beside the current edition; a decision that is sent is taken."""
    found = rows.proposal(number)
    sent = request.POST if request.method in SENDING else None
    action = _ACTIONS.get(sent.get("action", "")) if sent else None
    form = _form(sent["action"], sent) if sent and action else None
    if action and form and form.is_valid():
        try:
            result = action.do(proposal_id=found.pk, by=person(request), reason=form.cleaned_data["reason"])
        except BrokenRulesError as error:
            form.add_error(None, [error.message, *map(str, error.problems)])
        else:
            messages.success(request, action.done.format(result))
            return redirect("desk-proposal", number)
    review = reviewing.of_proposal(found)
    context = {
        "proposal": found,
        "subject": rows.subject_of(found),
        "review": review,
        "is_open": found.status == ProposalStatus.OPEN and not found.bundle_id,
        "suggestions": suggestion_queue.undecided_on(found.topic_id) if found.topic_id else (),
        "choices": tuple(_choices(found, review, person(request), form)),
        "failed": form,
        "discussion": panel(found, person(request)),
    }
    return show(request, "review/proposal.html", context)


@desk_page(methods=READING)
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show a proposal as readers would see it."""
    found = rows.proposal(number)
    document = reviewing.read(rows.subject_of(found), bytes(found.body))
    titles = {} if found.topic else page_reads.topic_titles()
    template = "review/preview_topic.html" if found.topic else "review/preview_article.html"
    return show(request, template, {"proposal": found, **reviewing.preview(document, titles)})


@desk_page(Permission.EDITION_PROPOSE)
def propose(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show what the draft of a topic or a guide (`kind`) would change for readers, and propose it when that is sent."""
    subject = reviewing.subject(kind, slug)
    form = ProposeForm(request.POST if request.method in SENDING else None)
    if form.is_valid():
        try:
            made = _propose_subject(subject, form.cleaned_data["note"], by=person(request))
        except (BrokenRulesError, NotPossibleError) as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The draft is proposed; another person has to approve it.")
            return redirect("desk-proposal", made.pk)
    context = {
        "subject": subject,
        "form": form,
        "review": reviewing.of_draft(subject),
        "standing": rows.open_proposal(subject),
        "editions": editions_address(subject),
        "is_topic": isinstance(subject, Topic),
    }
    return show(request, "review/propose.html", context)


def editions_address(subject: Subject) -> str:
    """Give the address of the desk's list of editions of a topic or an article guide."""
    return reverse("desk-editions" if isinstance(subject, Topic) else "desk-article-editions", args=[subject.slug])


def _propose_subject(subject: Subject, note: str, *, by: User) -> Proposal:
    if isinstance(subject, Article):
        return publishing.propose_article(article_id=subject.pk, by=by, note=note)
    return publishing.propose_topic(topic_id=subject.pk, by=by, note=note)


def _form(action: str, data: object = None) -> DecisionForm:
    return DecisionForm(data, action=action, label=_ACTIONS[action].label, help_text=_ACTIONS[action].help_text)


def _choices(found: Proposal, review: reviewing.Review, who: User, sent: DecisionForm | None) -> Iterator[Choice]:
    """Give each decision: with a form to those whom the policy lets, and to others why not."""
    for action, about in _ACTIONS.items():
        why_not = _why_not(found, review, who, action, about.permission)
        is_sent = sent is not None and sent.data.get("action") == action
        form = sent if is_sent else _form(action)
        yield Choice(action, about.button, None if why_not else form, why_not)


def _why_not(found: Proposal, review: reviewing.Review, who: User, action: str, permission: Permission) -> str:
    if not can(who, permission, begun_by=found.proposed_by_id):
        if action == WITHDRAW:
            return "Only who proposed it may withdraw it."
        is_own = found.proposed_by_id == who.pk
        return "You proposed this yourself; another moderator decides." if is_own else "Only moderators decide."
    if action == APPROVE and review.is_overtaken:
        return "Another edition was published since; the proposal can only be returned or withdrawn."
    if action == APPROVE and review.breaches:
        return "It breaks rules of publication; see above."
    return ""
