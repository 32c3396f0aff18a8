"""Browsers in which somebody signed in before: wrong passwords typed elsewhere do not lock them out.

The device cookie of OWASP ("Slow Down Online Guessing Attacks with Device Cookies"): signed, it names the browser by a
random number, and by digests the people who signed in there. It signs nobody in.
"""

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from perspectives.models import User

COOKIE: Final = "device"
_SALT: Final = "perspectives.device"
_SECONDS: Final = 180 * 24 * 3600
_MOST_NAMES: Final = 20
"""How many names a browser knows, the latest: ten people with user name and address each, as in a classroom."""
_DIGITS: Final = 16


def number(request: HttpRequest, name: str) -> str:
    """Give the number of the browser if this name (in small letters) signed in there before; '' if it did not."""
    device, names = _read(request)
    return device if _digest(name) in names else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note in the browser that this person signed in there."""
    device, names = _read(request)
    own = [_digest(name.lower()) for name in (user.username, user.email) if name]
    names = [*own, *(name for name in names if name not in own)][:_MOST_NAMES]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(_DIGITS), names], salt=_SALT),
        max_age=_SECONDS,
        path="/account/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Let the browser forget who signed in there."""
    response.delete_cookie(COOKIE, path="/account/", samesite="Lax")


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        found: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return "", []
    return str(found[0]), [str(name) for name in found[1]]


def _digest(name: str) -> str:
    return salted_hmac(_SALT, name).hexdigest()[:_DIGITS]
