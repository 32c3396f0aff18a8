"""Archiving a topic or an article guide at the desk, and bringing it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.publication import archiving
from perspectives.errors import NotPossibleError
from perspectives.models import Topic
from perspectives.policy import Permission
from perspectives.queries.archive import archive as archived
from perspectives.queries.publication.review import Subject
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.publication import reviewing
from perspectives.web.desk.publication.review_forms import ArchiveForm
from perspectives.web.http.view_decorators import SENDING


@desk_page(Permission.DOCUMENT_ARCHIVE)
def archive(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Ask why a topic or a guide (`kind`) is archived, or brought back, and do it when that is sent."""
    subject = reviewing.subject(kind, slug)
    step = archived.archived_as(subject)
    form = ArchiveForm(request.POST if request.method in SENDING else None, is_archived=step is not None)
    if form.is_valid():
        try:
            _do(request, subject, form.cleaned_data["note"], is_archived=step is not None)
        except NotPossibleError as error:
            form.add_error(None, error.message)
        else:
            return redirect(f"desk-{kind}", slug)
    context = {"subject": subject, "kind": kind, "step": step, "form": form}
    return show(request, "review/archive.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, subject: Subject, note: str, *, is_archived: bool) -> None:
    if isinstance(subject, Topic):
        action = archiving.bring_back_topic if is_archived else archiving.archive_topic
        action(topic_id=subject.pk, note=note, by=person(request))
    else:
        action_of_guide = archiving.bring_back_article if is_archived else archiving.archive_article
        action_of_guide(article_id=subject.pk, note=note, by=person(request))
    said = "is back: readers find it again." if is_archived else "is archived: its addresses say so, no list has it."
    messages.success(request, f"“{subject}” {said}")
