"""Moving and removing parts of a draft."""

import re
from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, NotFoundError
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import HEAD
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.documents.draft_view import DraftView
from perspectives.web.desk.documents.drafts import draft_page
from perspectives.web.desk.documents.part_table import anchor, name
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import NoteField
from perspectives.web.http.view_decorators import SENDING, wants_part


class RemoveForm(forms.Form):
    """Why a part is removed."""

    note = NoteField(required=False, label="Why (for the history)", widget=forms.TextInput)


@desk_page(Permission.TOPIC_CHANGE, methods=SENDING)
def move(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Move a part a step up or down its list, or as many as `steps` says. Raises NotFoundError."""
    topic = drafts.topic(slug)
    steps = _steps(request.POST)
    seen = request.POST.get("version", "")
    drafting.move(topic_id=topic.pk, path=part, steps=steps, version=seen, by=person(request))
    said = f"Moved {'up' if steps < 0 else 'down'}: {name(part)}."
    if wants_part(request):
        return draft_page(request, topic, said=said)
    messages.success(request, said)
    return redirect(f"{reverse('desk-topic', args=[slug])}#{anchor(part)}")


def _steps(sent: Mapping[str, str]) -> int:
    """Read how far a part is moved, up below 0; what cannot be read is a step down."""
    given = sent.get("steps", "")
    if re.fullmatch(r"-?[1-9][0-9]{0,3}", given):
        return int(given)
    return -1 if sent.get("way") == "up" else 1


@desk_page(Permission.TOPIC_CHANGE)
def remove(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Say what goes with a part, and remove it when that is sent. Raises NotFoundError."""
    topic = drafts.topic(slug)
    draft = plain(draft_documents.topic_document(topic.pk))
    if part == HEAD:
        raise NotFoundError("The question and background of a topic cannot be removed.")
    problems: tuple[object, ...] = ()
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        seen = request.POST.get("version", "")
        try:
            drafting.remove(
                topic_id=topic.pk, path=part, version=seen, by=person(request), note=form.cleaned_data["note"]
            )
        except BrokenRulesError as error:
            problems = error.problems
        else:
            messages.success(request, f"Removed: {name(part)}.")
            return redirect(f"{reverse('desk-topic', args=[slug])}#{anchor(part.rpartition('/')[0])}")
    gone = parts.removal(draft, part)
    rows = {row.path: row for row in DraftView(draft).rows()}
    context = {
        "topic": topic,
        "row": rows[part],
        "others": [rows[one.path] for one in gone if one.path != part and one.path in rows],
        "problems": problems,
        "form": form,
        "back": f"{reverse('desk-topic', args=[slug])}#{anchor(part)}",
    }
    return show(request, "drafting/remove.html", context, status=422 if problems or form.errors else 200)
