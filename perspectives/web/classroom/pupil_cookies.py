"""What a pupil's browser keeps: which pupil it is, and a random number for ballots that is kept nowhere else.

The two are not joined: no row, no log and no cookie has both.
"""

import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from perspectives.errors import NotFoundError
from perspectives.models import Classroom, Pupil
from perspectives.queries.classroom import classes

PUPIL: Final = "pupil"
BALLOT: Final = "ballot"
COOKIES: Final = frozenset({PUPIL, BALLOT})
_PATH: Final = "/class/"
_SALT: Final = "perspectives.classroom."
_RANDOM_BYTES: Final = 32


def pupil(request: HttpRequest) -> Pupil:
    """Find whose browser it is. Raises NotFoundError where it is no pupil's, and where the class is over."""
    number = _read(request, PUPIL)
    if not isinstance(number, int):
        raise NotFoundError("This browser is in no class. Type the code of your class at /class/.")
    return classes.present_pupil(number, timezone.now())


def remember(request: HttpRequest, response: HttpResponseBase, pupil: Pupil) -> None:
    """Let the browser know which pupil it is, and give it a random number for ballots if it has none."""
    _set(response, PUPIL, pupil.pk, pupil.classroom)
    if not isinstance(_read(request, BALLOT), str):
        _set(response, BALLOT, secrets.token_urlsafe(_RANDOM_BYTES), pupil.classroom)


def forget(response: HttpResponseBase) -> None:
    """Let the browser forget both."""
    for name in sorted(COOKIES):
        response.delete_cookie(name, path=_PATH, samesite="Lax")


def ballot_number(request: HttpRequest, activity: int) -> str:
    """Give the number of this browser's ballot in a poll, another one in each; '' where it has no random number."""
    random = _read(request, BALLOT)
    return salted_hmac(f"{_SALT}poll", f"{activity} {random}", algorithm="sha256").hexdigest() if random else ""


def _read(request: HttpRequest, name: str) -> Any:
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=f"{_SALT}{name}")
    except signing.BadSignature:
        return None


def _set(response: HttpResponseBase, name: str, value: Any, room: Classroom) -> None:
    response.set_cookie(
        name,
        signing.dumps(value, salt=f"{_SALT}{name}"),
        expires=room.expires_at,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
