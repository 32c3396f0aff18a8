"""What a pupil's browser keeps: which pupil it is, and a random number for ballots that is kept nowhere else.

The two are not joined: no row, no log and no cookie has both. In the frame of a learning platform the browser keeps
besides whose frame it is, and all of it for this frame alone where the platform is another site.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from perspectives.errors import NotFoundError
from perspectives.models import Pupil
from perspectives.queries.classroom import classes
from perspectives.web.http import third_party

PUPIL: Final = "pupil"
BALLOT: Final = "ballot"
FRAME: Final = "frame"
COOKIES: Final = frozenset({PUPIL, BALLOT, FRAME})
PATH: Final = "/class/"
_SALT: Final = "perspectives.classroom."
_RANDOM_BYTES: Final = 32


@dataclass(frozen=True)
class Frame:
    """The frame of a platform: origins of pages that may show it, and whether they are of another site than ours."""

    ancestors: tuple[str, ...]
    is_third_party: bool


def pupil(request: HttpRequest) -> Pupil:
    """Find whose browser it is. Raises NotFoundError where it is no pupil's, and where the class is over."""
    number = _read(request, PUPIL)
    if not isinstance(number, int):
        raise NotFoundError("This browser is in no class. Type the code of your class at /class/.")
    return classes.present_pupil(number, timezone.now())


def frame(request: HttpRequest) -> Frame | None:
    """Tell in whose frame a pupil came in; None where it was no frame."""
    kept = _read(request, FRAME)
    return Frame(tuple(kept[0]), bool(kept[1])) if kept else None


def remember(request: HttpRequest, response: HttpResponseBase, pupil: Pupil, led_by: Frame | None = None) -> None:
    """Let the browser know which pupil it is, and in whose frame; give it a random number for ballots if it has none.

    Another pupil of the same class at the same browser gets another number: both may vote.
    """
    within = led_by or frame(request)
    values: dict[str, Any] = {PUPIL: pupil.pk}
    if led_by:
        values[FRAME] = (led_by.ancestors, led_by.is_third_party)
    if not isinstance(_read(request, BALLOT), str) or _is_of_a_classmate(request, pupil):
        values[BALLOT] = secrets.token_urlsafe(_RANDOM_BYTES)
    for name, value in values.items():
        response.set_cookie(
            name,
            signing.dumps(value, salt=f"{_SALT}{name}"),
            expires=pupil.classroom.expires_at,
            path=PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if within and within.is_third_party:
            third_party.partition(response, name)


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser forget which pupil it is and its number for ballots."""
    within = frame(request)
    for name in (PUPIL, BALLOT):
        response.delete_cookie(name, path=PATH, samesite="Lax")
        if within and within.is_third_party:
            third_party.partition(response, name)


def ballot_number(request: HttpRequest, activity: int) -> str:
    """Give the number of this browser's ballot in a poll, another one in each; '' where it has no random number."""
    random = _read(request, BALLOT)
    return salted_hmac(f"{_SALT}poll", f"{activity} {random}", algorithm="sha256").hexdigest() if random else ""


def _read(request: HttpRequest, name: str) -> Any:
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=f"{_SALT}{name}")
    except signing.BadSignature:
        return None


def _is_of_a_classmate(request: HttpRequest, pupil: Pupil) -> bool:
    known = _read(request, PUPIL)
    return isinstance(known, int) and known != pupil.pk and classes.is_in(known, pupil.classroom)
