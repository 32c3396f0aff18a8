"""Discussing drafts and proposals: comment, change or delete a comment, say who sees to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.discussion import assignments, comments
from perspectives.actions.discussion.comments import Written
from perspectives.errors import ConflictError
from perspectives.policy import Permission, require_person
from perspectives.queries.discussion import discussed
from perspectives.web.desk.discussion.panel import NAMES, CommentForm, home, panel, title
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import SENDING

_UNREADABLE = 422


@desk_page()
def discussion(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Show what is said about a draft or a proposal; a comment that is sent is written."""
    about = discussed.subject(kind, number)
    form = CommentForm(request.POST if request.method in SENDING else None)
    if form.is_valid():
        with refusals_in(form):
            written = comments.write(kind=kind, number=number, by=person(request), **form.cleaned_data)
            _tell(request, written, "Your comment stands below.")
            return redirect(f"{home(about)}#comment_{written.comment.pk}")
    context = {"discussion": panel(about, person(request), comment_form=form)}
    return show(request, "discussion/page.html", context, status=_UNREADABLE if form.errors else 200)


@desk_page(methods=SENDING)
def assign(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Let somebody see to a draft or a proposal, or nobody."""
    about = discussed.subject(kind, number)
    shown = panel(about, person(request), assigned=request.POST)
    form = shown.assign_form
    if form is None:
        assignments.assign(kind=kind, number=number, assignee_id=None, by=person(request))
        return redirect(shown.home)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with refusals_in(form):
                made = assignments.assign(
                    kind=kind,
                    number=number,
                    assignee_id=given["assignee"],
                    due_on=given["due_on"],
                    seen=given["seen"],
                    by=person(request),
                )
                messages.success(request, f"{made.assignee} sees to this." if made else "Nobody sees to this.")
                return redirect(f"{shown.home}#discussion")
        except ConflictError as error:
            messages.warning(request, error.message)
            return show(request, "discussion/page.html", {"discussion": panel(about, person(request))}, status=409)
    return show(request, "discussion/page.html", {"discussion": shown}, status=_UNREADABLE)


@desk_page()
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Show one's own comment in a form, and change it when that is sent."""
    one = discussed.comment(number)
    about = discussed.subject_of(one)
    sent = request.POST if request.method in SENDING else None
    form = CommentForm(sent, initial={"text": discussed.text_of(one)})
    require_person(person(request), Permission.COMMENT_EDIT, begun_by=one.by_id)
    if form.is_valid():
        with refusals_in(form):
            written = comments.edit(comment_id=number, text=form.cleaned_data["text"], by=person(request))
            _tell(request, written, "Your comment is changed.")
            return redirect(f"{home(about)}#comment_{number}")
    context = {"form": form, "comment": one, "title": title(about), "home": home(about), "names": NAMES}
    context["people"] = discussed.people_at_desk()
    return show(request, "discussion/edit.html", context, status=_UNREADABLE if form.errors else 200)


@desk_page(methods=SENDING)
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete the words of a comment."""
    about = discussed.subject_of(discussed.comment(number))
    comments.delete(comment_id=number, by=person(request))
    messages.success(request, "The comment is deleted.")
    return redirect(f"{home(about)}#discussion")


def _tell(request: HttpRequest, written: Written, words: str) -> None:
    messages.success(request, words)
    if written.unknown:
        names = ", ".join(f"“@{name}”" for name in written.unknown)
        messages.warning(request, f"Nobody at the desk is called {names}, so nobody was told of that.")
