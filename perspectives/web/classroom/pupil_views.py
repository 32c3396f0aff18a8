"""Pages of pupils: the code, a nickname, and what the class does at present. They need no script and no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache

from perspectives.actions.classroom import taking_part
from perspectives.errors import NotFoundError, NotPossibleError
from perspectives.models import Activity, Pupil
from perspectives.queries.classroom import classes
from perspectives.rules.classroom import codes, phases
from perspectives.web.classroom import limits, pupil_cookies
from perspectives.web.classroom.activity_page import ActivityPage
from perspectives.web.classroom.posted import given_in, whole_number
from perspectives.web.http.csrf_origin import from_own_pages
from perspectives.web.http.view_decorators import PART, READING, SENDING, taking, wants_part

_REFUSED = 409
"""The status of what was not kept, because the class is elsewhere by now."""


@never_cache
@taking(*READING, *SENDING)
@from_own_pages
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a class, and lead into it; let a browser leave its class."""
    if request.POST.get("action") == "leave":
        response = redirect("class")
        pupil_cookies.forget(request, response)
        return response
    message, typed = "", request.POST.get("code", "")[:40]
    if request.method in SENDING:
        try:
            code = codes.typed_code(typed)
            classes.open_class(code, timezone.now())
            return redirect("class-join", code)
        except NotFoundError as error:
            limits.count_code(request)
            message = error.message
    context = {"pupil": _pupil_or_nobody(request), "typed": typed, "message": message}
    return render(request, "perspectives/classroom/door.html", context)


@never_cache
@taking(*READING, *SENDING)
@from_own_pages
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Let a pupil come into the class of a code, or come back to it. Raises NotFoundError and TooManyPagesError."""
    try:
        room = classes.open_class(codes.typed_code(code), timezone.now())
    except NotFoundError:
        limits.count_code(request)
        raise
    own = _pupil_or_nobody(request)
    if own and own.classroom_id == room.pk:
        return redirect("class-now")
    message, nickname = "", request.POST.get("nickname", "")[:40]
    if request.method in SENDING:
        limits.count_join(request)
        try:
            return _came_in(request, room.code, nickname)
        except NotPossibleError as error:
            message = error.message
    free = codes.free_nicknames(classes.taken_nicknames(room))
    context = {
        "code": codes.shown_code(room.code),
        "offered": free[: codes.OFFERED],
        "others": sorted(free[codes.OFFERED :]),
        "nicknames": codes.NICKNAMES,
        "message": message,
        "is_full": len(codes.NICKNAMES) - len(free) >= codes.MOST_PUPILS,
        "nickname": nickname,
    }
    return render(request, "perspectives/classroom/join.html", context)


@never_cache
@taking(*READING, *SENDING)
@from_own_pages
def now(request: HttpRequest) -> HttpResponse:
    """Show what the class does at present, and keep what a pupil hands in. Raises NotFoundError."""
    if request.method in SENDING:
        return _taken(request)
    own = pupil_cookies.pupil(request)
    activity = classes.shown_activity(own.classroom)
    at = _place(activity)
    if wants_part(request):
        return _part(request, own, activity, is_same=request.GET.get("at") == at)
    if request.GET.get("at") != at:
        return redirect(_address(activity))
    return _page(request, own, activity, is_saved=request.GET.get("saved") == "1")


def _pupil_or_nobody(request: HttpRequest) -> Pupil | None:
    try:
        return pupil_cookies.pupil(request)
    except NotFoundError:
        return None


def _came_in(request: HttpRequest, code: str, nickname: str) -> HttpResponse:
    response: HttpResponse
    if request.POST.get("action") == "return":
        limits.count_pin(code, nickname)
        pupil = taking_part.come_back(code=code, nickname=nickname, pin=request.POST.get("pin", "").strip()[:40])
        response = redirect("class-now")
    else:
        pupil, pin = taking_part.join(code=code, nickname=nickname)
        context = {"pupil": pupil, "pin": pin, "code": codes.shown_code(code)}
        response = render(request, "perspectives/classroom/joined.html", context)
    pupil_cookies.remember(request, response, pupil)
    return response


def _place(activity: Activity | None) -> str:
    """Name what is shown: the activity and its phase."""
    return f"{activity.pk}-{activity.phase}" if activity else "none"


def _address(activity: Activity | None, *, more: str = "") -> str:
    return f"{reverse('class-now')}?at={_place(activity)}{more}"


def _page(
    request: HttpRequest, own: Pupil, activity: Activity | None, *, is_saved: bool = False, message: str = ""
) -> HttpResponse:
    number = pupil_cookies.ballot_number(request, activity.pk) if activity else ""
    page = ActivityPage.of(activity, own, number, posted=request.POST or None) if activity else None
    context = {"pupil": own, "page": page, "is_saved": is_saved, "message": message, "is_same": True}
    return render(request, "perspectives/classroom/now.html", context)


def _part(request: HttpRequest, own: Pupil, activity: Activity | None, *, is_same: bool) -> HttpResponse:
    """Answer the script that looks whether the class has gone on; it never takes away what is being written."""
    number = pupil_cookies.ballot_number(request, activity.pk) if activity else ""
    page = ActivityPage.of(activity, own, number) if activity else None
    context = {"pupil": own, "page": page, "is_same": is_same, "address": _address(activity)}
    response = render(request, "perspectives/classroom/now_part.html", context)
    patch_vary_headers(response, [PART])
    return response


def _taken(request: HttpRequest) -> HttpResponse:
    """Keep what was sent and show the page again, or say why not, with the words that were written."""
    try:
        own = pupil_cookies.pupil(request)
    except NotFoundError as error:
        return _to_take_along(request, error.message)
    activity = classes.shown_activity(own.classroom)
    number, phase = request.POST.get("activity", ""), request.POST.get("phase", "")
    is_here = activity is not None and (str(activity.pk), activity.phase) == (number, phase)
    try:
        _keep(request, own, number, phase)
    except NotPossibleError as error:
        if is_here:
            return _page(request, own, activity, message=error.message)
        return _to_take_along(request, error.message)
    return redirect(_address(activity, more="&saved=1"))


def _keep(request: HttpRequest, own: Pupil, number: str, phase: str) -> None:
    activity = whole_number(number)
    if phase in phases.TAKES_BALLOTS:
        ballot = pupil_cookies.ballot_number(request, activity)
        if not ballot:
            raise NotPossibleError("Your browser keeps no cookies, so it cannot vote. Nothing was kept.")
        taking_part.vote(activity_id=activity, phase=phase, number=ballot, corner=request.POST.get("corner", ""))
        return
    given, text = given_in(request.POST), request.POST.get("text", "")
    taking_part.hand_in(pupil_id=own.pk, activity_id=activity, phase=phase, text=text, given=given)


def _to_take_along(request: HttpRequest, message: str) -> HttpResponse:
    context = {"message": message, "text": request.POST.get("text", "")}
    return render(request, "perspectives/classroom/take_along.html", context, status=_REFUSED)
