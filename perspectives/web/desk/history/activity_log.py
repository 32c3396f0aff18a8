"""The history of every action, and one action with what it changed."""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.documents import article_drafting, drafting
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.models import LogEntry, User
from perspectives.policy import Permission, can
from perspectives.queries.desk import history as rows
from perspectives.queries.desk.history import Question
from perspectives.web.desk.history import event_sentences as words
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.publication.differences import differences
from perspectives.web.desk.publication.review_forms import HistoryForm, RevertForm
from perspectives.web.http.view_decorators import READING, SENDING

_TURNING: Final = ("before", "after")


@desk_page(Permission.HISTORY_SEE, methods=READING)
def history(request: HttpRequest) -> HttpResponse:
    """List the actions, newest first, narrowed as the address says."""
    form = HistoryForm(request.GET, topics=rows.topic_titles())
    form.is_valid()
    question = form.question()
    turn = {name: form.cleaned_data.get(name) for name in _TURNING}
    found = rows.stretch(question, **turn) if not form.errors else rows.Stretch((), None, None)
    context = {
        "form": form,
        "lines": [words.line(entry) for entry in found.entries],
        "newer": found.newer,
        "older": found.older,
        "here": f"?{urlencode(question.given())}&" if question.given() else "?",
        "question": question,
    }
    return show(request, "review/history.html", context)


@desk_page(Permission.HISTORY_SEE)
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show an action with the words before and after; undo it when that is sent."""
    found = rows.entry(number)
    form = RevertForm(request.POST if request.method in SENDING else None)
    problems: list[str] = []
    if form.is_valid():
        try:
            _undo(found, by=person(request), note=form.cleaned_data["note"])
        except BrokenRulesError as error:
            problems = [error.message, *map(str, error.problems)]
        except (ConflictError, NotPossibleError) as error:
            problems = [error.message]
        else:
            messages.success(request, "The change is undone. Readers see it with the next edition.")
            return redirect("desk-history")
    changes = words.changes(found)
    can_be_undone = bool(changes) and any(
        subject is not None and can(person(request), permission)
        for subject, permission in (
            (found.topic, Permission.TOPIC_CHANGE),
            (found.article, Permission.ARTICLE_CHANGE),
            (found.source, Permission.SOURCE_CHANGE),
        )
    )
    context = {
        "line": words.line(found),
        "entry": found,
        "ways": list(words.ways(found)),
        "differences": differences(changes, {}),
        "part_links": f"?{urlencode(Question(topic=found.topic.slug).given())}&part=" if found.topic else "",
        "form": form if can_be_undone else None,
        "problems": problems,
    }
    return show(request, "review/entry.html", context, status=409 if problems else 200)


def _undo(found: LogEntry, *, by: User, note: str) -> None:
    """Undo an action in the draft or the record that it changed. Raises like `drafting.revert` and `sources.revert`."""
    if found.source is not None:
        source_records.revert(entry_id=found.pk, by=by, note=note)
    elif found.article is not None:
        article_drafting.revert(entry_id=found.pk, by=by, note=note)
    else:
        drafting.revert(entry_id=found.pk, by=by, note=note)
