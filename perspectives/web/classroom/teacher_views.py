"""Pages of a teacher: one's classes, a class with pupils and activities, its code to show, its file. For the owner."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from perspectives.actions.classroom import activities, classes
from perspectives.actions.lti import grading, rosters
from perspectives.clients.handout.handout_files import NotMadeError
from perspectives.errors import NotPossibleError
from perspectives.models import Classroom, User
from perspectives.queries.classroom import classes as reads
from perspectives.queries.publication import published
from perspectives.rules.classroom import codes
from perspectives.serving.lanes import Work
from perspectives.vocab import ActivityKind, ActivityPhase
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.classroom import export as files
from perspectives.web.classroom import grades, link_keys, paper
from perspectives.web.classroom.posted import whole_number
from perspectives.web.http.costly import costly
from perspectives.web.http.view_decorators import READING, SENDING, query_value, whole_or_part
from perspectives.web.topics.drawings import not_now


@own_page(*READING, *SENDING)
def class_list(request: HttpRequest) -> HttpResponse:
    """List one's classes, and open one on the topics that were ticked."""
    own, message = person(request), ""
    chosen = request.POST.getlist("topics") if request.method in SENDING else [query_value(request, "topic")]
    if request.method in SENDING:
        try:
            made = classes.begin(by=own, topics=chosen, days=whole_number(request.POST.get("days", "")))
            messages.success(request, "The class is open. Plan what you will do, and show the code to your pupils.")
            return redirect("account-class", made.pk)
        except NotPossibleError as error:
            message = error.message
    context = {
        "rows": [(one, codes.shown_code(one.code)) for one in reads.own(own)],
        "topics": published.topics().values_list("slug", "title"),
        "chosen": chosen,
        "message": message,
        "days": classes.DAYS,
    }
    return render(request, "perspectives/classroom/classes.html", context)


@own_page(*READING, *SENDING)
def classroom(request: HttpRequest, number: int) -> HttpResponse:
    """Show a class with its code, pupils and activities; do what its buttons ask for. Raises NotFoundError."""
    own = person(request)
    found = reads.own_class(own, number)
    if request.method in SENDING:
        try:
            return _done(request, found, own)
        except NotPossibleError as error:
            messages.warning(request, error.message)
            return redirect("account-class", found.pk)
    numbers = reads.handed_in(found)
    context = {
        "room": found,
        "code": codes.shown_code(found.code),
        "link_key": link_keys.made(found.pk),
        "door": request.build_absolute_uri(reverse("class")),
        "topics": _planned_topics(found),
        "kinds": ActivityKind,
        "pupils": reads.pupils(found),
        "rows": [
            (one, ActivityKind.of(one.kind), ActivityPhase.of(one.phase), numbers.get(one.pk, 0))
            for one in reads.activities(found)
        ],
        "most": codes.MOST_PUPILS,
        "links": grades.links(found),
    }
    return whole_or_part(
        request, "perspectives/classroom/class.html", "perspectives/classroom/class_part.html", context
    )


@own_page(*READING)
def qr_code(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the address at which pupils come into a class. Raises NotFoundError."""
    found = reads.own_class(person(request), number)
    address = request.build_absolute_uri(reverse("class-join", args=[found.code]))
    return HttpResponse(get_adapter().build_totp_svg(address), content_type="image/svg+xml")


@own_page(*READING)
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Give all that was handed in in a class as a file, and of polls what their pages show. Raises NotFoundError."""
    found = reads.own_class(person(request), number)
    response = HttpResponse(files.as_table(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="class-{found.pk}.csv"'
    return response


@own_page(*READING)
@costly(Work.FILES)
def export_pdf(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give the same as PDF, of one activity with `?activity=`; where that cannot be, say why. Raises NotFoundError."""
    own = person(request)
    found, only = reads.own_class(own, number), query_value(request, "activity")
    try:
        chosen = [reads.own_activity(own, number, whole_number(only))] if only else reads.activities(found)
        made = paper.as_pdf(found, chosen)
    except NotPossibleError as error:
        messages.warning(request, error.message)
        return redirect("account-class", found.pk)
    except NotMadeError:
        return not_now("The PDF cannot be made now; ask again in a moment, or export as CSV.")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="class-{found.pk}.pdf"'
    return response


@own_page(*READING, *SENDING)
def class_delete(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether a class is to be deleted, and delete it when that is sent. Raises NotFoundError."""
    own = person(request)
    found = reads.own_class(own, number)
    if request.method not in SENDING:
        context = {"room": found, "code": codes.shown_code(found.code)}
        return render(request, "perspectives/classroom/class_delete.html", context)
    classes.delete(classroom_id=found.pk, by=own)
    messages.success(request, "The class is deleted, with its pupils and all that they handed in.")
    return redirect("account-classes")


def _done(request: HttpRequest, found: Classroom, own: User) -> HttpResponse:
    """Do what a button asks for, say so, and lead on. Raises NotPossibleError and NotFoundError."""
    action, _, rest = request.POST.get("action", "").partition(" ")
    if action == "plan":
        topic, _, crux = request.POST.get("about", "").partition(" ")
        made = activities.plan(
            classroom_id=found.pk, by=own, kind=request.POST.get("kind", ""), topic=topic, crux=whole_number(crux)
        )
        return redirect("account-class-activity", found.pk, made.pk)
    if action == "copy":
        made_class = classes.copy(classroom_id=found.pk, by=own)
        messages.success(request, "This is the copy: another code, no pupils, the same activities, none begun.")
        return redirect("account-class", made_class.pk)
    messages.success(request, _changed(request, found, own, action, rest))
    return redirect("account-class", found.pk)


def _changed(request: HttpRequest, found: Classroom, own: User, action: str, rest: str) -> str:
    if action in {"stop", "go-on"}:
        classes.stop(classroom_id=found.pk, by=own, is_stopped=action == "stop")
        return (
            "The class is stopped: nobody comes in, and nothing is taken." if action == "stop" else "The class goes on."
        )
    if action == "groups":
        number = whole_number(request.POST.get("groups", ""))
        classes.make_groups(classroom_id=found.pk, by=own, number=number)
        return f"The pupils are in {number} groups, by chance." if number else "There are no groups any more."
    if action == "pin":
        pupil, pin = classes.renew_pin(classroom_id=found.pk, pupil_id=whole_number(rest), by=own)
        return f"{pupil.nickname} has a new PIN: {pin}. It is shown this once."
    if action == "grades":
        grading.begin(assignment_id=whole_number(rest), by=own)
        return "The grades are on their way to the learning platform; the list says what came of each."
    if action == "roster":
        return grades.roster_words(rosters.compare(assignment_id=whole_number(rest), by=own))
    raise NotPossibleError("Nothing was done: use one of the buttons of the page.")


def _planned_topics(found: Classroom) -> list[Any]:
    """Give the topics of a class that are published, each with its questions on which the sides part."""
    return [published.topic_document(slug)[0] for slug in published.titles(found.topics)]
