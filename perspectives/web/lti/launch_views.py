"""Where platforms begin: our keys, the login, the launch; and the ticket by which a pupil comes into a class."""

import secrets
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from redis import RedisError

from perspectives.actions.lti import launching
from perspectives.clients.lti import logins
from perspectives.errors import NotFoundError, NotPossibleError
from perspectives.models import LtiAssignment
from perspectives.queries.classroom import classes
from perspectives.queries.lti import registrations
from perspectives.rules.lti import content, grading
from perspectives.rules.lti.launch_claims import LONGEST, LONGEST_ADDRESS, LaunchRefusedError, origin, refuse
from perspectives.vocab import LtiContent
from perspectives.web.classroom import pupil_cookies
from perspectives.web.classroom.pupil_cookies import Frame
from perspectives.web.http.view_decorators import READING, SENDING, page, taking
from perspectives.web.lti import choosing, state_cookies
from perspectives.web.lti.frames import ancestors, framed, refused
from perspectives.web.lti.tokens import Checked, checked

MOST_BYTES: Final = 100_000
_NONCE_BYTES: Final = 24
_USED: Final = "This address worked once, for a minute. Open the link in your course again."
_AWAY: Final = "Launches cannot be taken for a moment. Open the link in your course again in a minute."


@page
def keys(_: HttpRequest) -> HttpResponse:
    """Give the public keys of this tool, as a set of JSON Web Keys."""
    response = JsonResponse({"keys": registrations.public_keys(timezone.now())})
    response["Cache-Control"] = "public, max-age=600"
    return response


@csrf_exempt
@never_cache
@taking(*READING, *SENDING)
def login(request: HttpRequest) -> HttpResponseBase:
    """Begin a login that a platform asks for: lead the browser back there with a state and a nonce."""
    try:
        return _begun({**request.GET.dict(), **request.POST.dict()})
    except LaunchRefusedError as error:
        return refused(request, error)
    except RedisError:
        return refused(request, LaunchRefusedError("away", _AWAY))


@csrf_exempt
@never_cache
@taking(*SENDING)
def launch(request: HttpRequest) -> HttpResponseBase:
    """Take a launch and open what its link opens, or let a teacher choose that; say why not where it is refused."""
    try:
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            refuse("size", "The launch is too large.")
        found = checked(request)
        if found.launch.deep_linking:
            return choosing.offered(request, found)
        return _resource(request, found)
    except LaunchRefusedError as error:
        return refused(request, error)
    except NotPossibleError as error:
        return refused(request, LaunchRefusedError("content", error.message))
    except RedisError:
        return refused(request, LaunchRefusedError("away", _AWAY))


@never_cache
@taking(*READING)
def from_course(request: HttpRequest, token: str) -> HttpResponseBase:
    """Come into a class from a course, by a ticket that works once and for a minute.

    The address lies where the cookies of pupils are sent, so that whoever comes again keeps the number for ballots.
    """
    try:
        ticket = logins.take("ticket", token[:LONGEST]) or refuse("ticket", _USED)
        pupil = classes.present_pupil(ticket["pupil"], timezone.now())
    except LaunchRefusedError as error:
        return refused(request, error)
    except NotFoundError as error:
        return refused(request, LaunchRefusedError("content", error.message))
    except RedisError:
        return refused(request, LaunchRefusedError("away", _AWAY))
    response = redirect("class-now")
    led_by = Frame(tuple(ticket["ancestors"]), ticket["is_third_party"]) if ticket["ancestors"] else None
    pupil_cookies.remember(request, response, pupil, led_by)
    return response


def platform(found: Checked) -> tuple[str, str]:
    """Give addresses of the platform that launched, whose pages may frame ours."""
    return found.registration.login_url, found.launch.page_url


def _begun(told: dict[str, str]) -> HttpResponse:
    issuer, hint, target = (told.get(name, "") for name in ("iss", "login_hint", "target_link_uri"))
    if not hint:
        refuse("login-hint", "The platform does not say whom it wants to sign in.")
    if target and (len(target) > LONGEST_ADDRESS or origin(target) != origin(settings.SITE_URL)):
        refuse("target", "The login leads to another site than this one.")
    client_id = told.get("client_id", "")
    several = registrations.of_issuer(issuer[:LONGEST], client_id[:LONGEST]) if "\0" not in issuer + client_id else []
    if not several:
        refuse("registration", "This platform is not registered here, or its launches are stopped.")
    if len(several) > 1:
        refuse("client-id", "The platform is registered several times and does not say which this is (client_id).")
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    kept = {"registration": several[0].pk, "nonce": nonce}
    state = logins.keep("login", kept, seconds=logins.LOGIN_SECONDS)
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": several[0].client_id,
        "redirect_uri": f"{settings.SITE_URL}{reverse('lti-launch')}",
        "state": state,
        "nonce": nonce,
        "login_hint": hint,
        **({"lti_message_hint": told["lti_message_hint"]} if told.get("lti_message_hint") else {}),
    }
    address = several[0].login_url
    response = HttpResponse(status=302)
    response["Location"] = f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
    state_cookies.remember(response, state)
    return response


def _resource(request: HttpRequest, found: Checked) -> HttpResponseBase:
    """Lead to what a link opens: at once where the browser keeps our cookies, else by a link that opens a tab.

    In a frame that is so for pupils of a class; whoever signs in, or works alone, does so in a tab.
    """
    wanted = content.read(found.launch.custom)
    assignment = launching.launched(deployment=found.deployment, launch=found.launch, content=wanted)
    is_framed = request.headers.get("Sec-Fetch-Dest") != "document"
    if assignment.content == LtiContent.MATERIAL and is_framed and not assignment.path.endswith("/teach/"):
        return redirect(f"/embed{assignment.path}")
    is_class = assignment.content == LtiContent.CLASS
    is_teaching = is_class and found.launch.is_teacher
    stays = found.is_same_browser and (not is_framed or (is_class and not is_teaching))
    address = _address(request, found, assignment, is_framed=is_framed and stays)
    if stays:
        return redirect(address)
    context = {"address": address, "content": LtiContent.of(assignment.content), "is_teaching": is_teaching}
    return framed(request, "opened.html", context, platform=platform(found))


def _address(request: HttpRequest, found: Checked, assignment: LtiAssignment, *, is_framed: bool) -> str:
    if assignment.content == LtiContent.MATERIAL:
        return assignment.path
    if assignment.content == LtiContent.QUIZ:
        asked = {"topic": assignment.topic, "sheet": assignment.sheet, **_course(found, assignment)}
        return f"{reverse('quiz')}?{urlencode(asked)}"
    if found.launch.is_teacher:
        return reverse("account-class", args=[assignment.classroom_id])
    pupil = launching.came(assignment=assignment, user_id=found.launch.user_id)
    ticket = {
        "pupil": pupil.pk,
        "ancestors": ancestors(platform(found)) if is_framed else (),
        "is_third_party": request.headers.get("Sec-Fetch-Site") not in {"same-origin", "same-site"},
    }
    return reverse("lti-from-course", args=[logins.keep("ticket", ticket, seconds=logins.TICKET_SECONDS)])


def _course(found: Checked, assignment: LtiAssignment) -> dict[str, str]:
    """Let a pupil's quiz know where its score can be sent, by a token; nothing where the course takes none."""
    if found.launch.is_teacher or not grading.is_graded(assignment.lineitem_url, assignment.scopes):
        return {}
    kept = {"assignment": assignment.pk, "user_id": found.launch.user_id}
    return {"course": logins.keep("quiz", kept, seconds=logins.QUIZ_SECONDS)}
