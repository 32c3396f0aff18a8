"""How many requests a client may make: so many a minute for an address, more with a key (`serving/counting.py`).

What is counted is told in each answer by `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
"""

from math import ceil
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from perspectives.serving.clients import client_address
from perspectives.serving.counting import WINDOW_SECONDS, counter


class ClientThrottle(BaseThrottle):
    """Counts a request against the limit of its key, or without one of its address; the headers of the answer tell.

    A limit of 0 is none. Without Valkey nothing is counted or refused.
    """

    _wait = 1

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and say whether it is within the limit."""
        name, limit = limit_of(request)
        if not limit:
            return True
        counted = counter().count(f"key:{request.auth.pk}" if request.auth else f"address:{client_address(request)}")
        if counted is None:
            return True
        seconds = ceil(counted.seconds)
        self._wait = max(seconds, 1)
        view.headers["RateLimit-Policy"] = f'"{name}";q={limit};w={WINDOW_SECONDS}'
        view.headers["RateLimit"] = f'"{name}";r={max(limit - counted.requests, 0)};t={seconds}'
        return counted.requests <= limit

    def wait(self) -> float:
        """Give the seconds to the end of the window."""
        return self._wait


def limit_of(request: Request) -> tuple[str, int]:
    """Name the limit that a request is counted against, with the requests that it allows in a window."""
    return ("key", settings.API_KEY_PER_MINUTE) if request.auth else ("anonymous", settings.API_ANONYMOUS_PER_MINUTE)


def refusal(request: Request, seconds: float) -> str:
    """Write the sentence that says whose limit is used up, and when to ask again."""
    whose = "This key" if request.auth else "Your address, which sends no API key,"
    return f"{whose} may ask {limit_of(request)[1]} times in {WINDOW_SECONDS} seconds; ask again in {seconds} seconds."
