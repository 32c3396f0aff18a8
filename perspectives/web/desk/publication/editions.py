"""Editions at the desk: who stands behind each, restoring one into the draft, retracting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.documents import restoring
from perspectives.actions.publication import retracting
from perspectives.errors import ConflictError, NotPossibleError
from perspectives.models import Topic
from perspectives.policy import Permission, can
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import review as rows
from perspectives.rules.documents.edition_changes import content_changes
from perspectives.rules.documents.parts import version
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.publication import reviewing
from perspectives.web.desk.publication.differences import differences
from perspectives.web.desk.publication.proposals import editions_address
from perspectives.web.desk.publication.review_forms import RestoreForm, RetractForm
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING, SENDING


@desk_page(methods=READING)
def edition_list(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """List the editions of a topic or an article guide (`kind`) with everybody behind them. Raises NotFoundError."""
    who, subject = person(request), reviewing.subject(kind, slug)
    context = {
        "subject": subject,
        "kind": kind,
        "shown": numbered_page(request, rows.editions(subject), of="editions", per_page=50),
        "here": "?",
        "may_restore": can(who, Permission.EDITION_RESTORE),
        "may_retract": can(who, Permission.EDITION_RETRACT),
        "may_propose": can(who, Permission.EDITION_PROPOSE),
    }
    return show(request, "review/editions.html", context)


@desk_page(Permission.EDITION_RESTORE)
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Show what restoring an edition would change in today's draft, and do it when that is confirmed."""
    edition = rows.edition(number)
    subject = rows.subject_of(edition)
    sent = request.method in SENDING
    form = RestoreForm(request.POST if sent else None)
    conflict = ""
    if form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["version"]
        try:
            restoring.restore(edition_id=edition.pk, version=seen, by=person(request), reason=reason)
        except ConflictError as error:
            conflict = error.message
        except NotPossibleError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"The draft is as edition {edition.number} was. Readers see no change yet.")
            return redirect("desk-propose" if isinstance(subject, Topic) else "desk-propose-article", subject.slug)
    draft = plain(draft_documents.draft(subject))
    wanted = plain(reviewing.read(subject, bytes(edition.body)))
    context = {
        "edition": edition,
        "subject": subject,
        "form": form,
        "version": version(draft),
        "conflict": conflict,
        "differences": differences(content_changes(draft, wanted), wanted),
        "editions": editions_address(subject),
    }
    return show(request, "review/restore.html", context, status=409 if conflict else 200)


@desk_page(Permission.EDITION_RETRACT)
def retract(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the note to readers, and retract the edition when that is sent."""
    edition = rows.edition(number)
    subject = rows.subject_of(edition)
    form = RetractForm(request.POST if request.method in SENDING else None)
    if form.is_valid():
        retracting.retract(edition_id=edition.pk, note=form.cleaned_data["note"], by=person(request))
        messages.success(request, f"Edition {edition.number} is retracted; its readers see your note.")
        return redirect(editions_address(subject))
    context = {
        "edition": edition,
        "subject": subject,
        "form": form,
        "is_current": rows.current_number(subject) == edition.number,
        "retraction": getattr(edition, "retraction", None),
        "editions": editions_address(subject),
    }
    return show(request, "review/retract.html", context)
