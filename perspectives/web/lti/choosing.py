"""Deep Linking: a teacher chooses what a link of the course opens, and the choice goes back signed."""

import secrets
import time
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from perspectives.actions.lti import keys
from perspectives.clients.lti import logins
from perspectives.errors import NotFoundError
from perspectives.queries.classroom import classes
from perspectives.queries.publication import published
from perspectives.rules.classroom import codes
from perspectives.rules.lti import content
from perspectives.rules.lti.content import Content
from perspectives.rules.lti.launch_claims import LONGEST, LTI, VERSION, LaunchRefusedError
from perspectives.rules.study.quiz import SHEETS
from perspectives.vocab import LtiContent
from perspectives.web.classroom import link_keys
from perspectives.web.http.csrf_origin import from_own_pages
from perspectives.web.http.view_decorators import SENDING, taking
from perspectives.web.lti.frames import framed, refused

if TYPE_CHECKING:
    from perspectives.web.lti.tokens import Checked

_DL: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
_ANSWER_SECONDS: Final = 300
_WORDS: Final = {
    "topic": "The comparison of all sides",
    "brief": "The brief on one page",
    "teach": "The lesson, for teachers",
    "quiz": "A quiz",
}
_OVER: Final = "The choice took too long or was sent already. Begin again in your course."


def offered(request: HttpRequest, found: "Checked") -> HttpResponseBase:
    """Show what can be chosen, and keep for an hour where the choice goes. A learner is refused."""
    wanted, launch = found.launch.deep_linking, found.launch
    frame = [found.registration.login_url, launch.page_url, wanted.return_url if wanted else ""]
    if not launch.is_teacher or wanted is None:
        return refused(request, LaunchRefusedError("roles", "Teachers choose what a link opens."))
    kept = {
        "issuer": found.registration.issuer,
        "client_id": found.registration.client_id,
        "deployment": launch.deployment_id,
        "return_url": wanted.return_url,
        "data": wanted.data,
        "frame": frame,
    }
    return _form(request, kept, logins.keep("choice", kept, seconds=logins.CHOICE_SECONDS))


@csrf_exempt
@never_cache
@taking(*SENDING)
@from_own_pages
def choose(request: HttpRequest) -> HttpResponseBase:
    """Sign what was chosen and show the button that takes it back to the course."""
    token = request.POST.get("choice", "")[:LONGEST]
    kept = logins.look("choice", token)
    if kept is None:
        return refused(request, LaunchRefusedError("choice", _OVER))
    chosen, words = _chosen(request)
    if chosen is None:
        return _form(request, kept, token, message=words)
    if logins.take("choice", token) is None:
        return refused(request, LaunchRefusedError("choice", _OVER))
    context = {"return_url": kept["return_url"], "token": _answer(kept, chosen, words), "title": words}
    return framed(request, "chosen.html", context, platform=kept["frame"], sends_to=kept["return_url"])


def _form(request: HttpRequest, kept: dict[str, Any], token: str, message: str = "") -> HttpResponseBase:
    context = {
        "choice": token,
        "topics": published.topics().values_list("slug", "title"),
        "words": _WORDS,
        "message": message,
        "posted": request.POST,
    }
    return framed(request, "choose.html", context, platform=kept["frame"])


def _chosen(request: HttpRequest) -> tuple[Content | None, str]:
    """Read what was chosen, with its title; or nothing, and why not."""
    what, topic = request.POST.get("what", ""), request.POST.get("topic", "")
    if what == "class":
        return _class(request.POST.get("code", "")[:40], request.POST.get("key", "")[:LONGEST])
    title = published.titles([topic]).get(topic) if topic else None
    if what not in _WORDS or title is None:
        return None, "Nothing was chosen: choose a topic and what of it the link opens."
    if what == "quiz":
        return Content(LtiContent.QUIZ, topic=topic, sheet=1 + secrets.randbelow(SHEETS)), f"Quiz: {title}"
    return content.page_of(topic, what), title if what == "topic" else f"{_WORDS[what].partition(',')[0]}: {title}"


def _class(typed: str, key: str) -> tuple[Content | None, str]:
    try:
        room = classes.open_class(codes.typed_code(typed), timezone.now())
    except NotFoundError as error:
        return None, error.message
    if not link_keys.is_of(room.pk, key):
        return None, f"The link key is not of this class, or older than {link_keys.HOURS} hours: copy it from its page."
    return Content(LtiContent.CLASS, code=room.code), f"Class {codes.shown_code(room.code)}"


def _answer(kept: dict[str, Any], chosen: Content, title: str) -> str:
    """Sign the answer to the platform; what it wants back unread (`data`) goes back as it came."""
    now = int(time.time())
    item: dict[str, Any] = {
        "type": "ltiResourceLink",
        "title": title,
        "url": f"{settings.SITE_URL}{reverse('lti-launch')}",
        "custom": {**chosen.custom, "resource_link_id_history": "$ResourceLink.id.history"},
    }
    if chosen.kind != LtiContent.MATERIAL:
        item["lineItem"] = {"scoreMaximum": 100, "label": title}
    claims = {
        "iss": kept["client_id"],
        "aud": [kept["issuer"]],
        "iat": now,
        "exp": now + _ANSWER_SECONDS,
        "nonce": secrets.token_urlsafe(24),
        f"{LTI}deployment_id": kept["deployment"],
        f"{LTI}message_type": "LtiDeepLinkingResponse",
        f"{LTI}version": VERSION,
        f"{_DL}content_items": [item],
        **({f"{_DL}data": kept["data"]} if kept["data"] is not None else {}),
    }
    return keys.signed(claims=claims)
