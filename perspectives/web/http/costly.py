"""Pages that cost much: each waits in a lane of the web server, and an address may have so many made a minute.

Only what is made for a request is counted. A page that is cached costs as little as a file, so a class that opens the
same topic counts once, whoever asks first.
"""

from collections.abc import Callable
from functools import wraps
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from perspectives.serving.clients import client_address
from perspectives.serving.counting import WINDOW_SECONDS, counter
from perspectives.serving.lanes import Work
from perspectives.web.http.view_decorators import Parameters, TooManyPagesError, View

_WORDS = (
    "Your address has asked for more than {most:,} searches and pages that have to be made in {window} seconds. Ask "
    "again in {seconds} seconds; pages that many read are still to be had. Others who share your address, as in a "
    "school, count with you."
)


def count(request: HttpRequest) -> None:
    """Count a page that is made for this request. Raises TooManyPagesError beyond the limit of its address.

    A limit of 0 is none; while Valkey is away nothing is counted.
    """
    most = settings.PAGES_PER_MINUTE
    counted = counter().count(f"pages:{client_address(request)}") if most else None
    if counted and counted.requests > most:
        seconds = max(1, ceil(counted.seconds))
        raise TooManyPagesError(_WORDS.format(most=most, window=WINDOW_SECONDS, seconds=seconds), seconds)


def costly(work: Work) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let a view wait in the lane of `work` and count each request. The view raises TooManyPagesError."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            count(request)
            return view(request, *args, **kwargs)

        vars(answer)["work"] = work
        return answer

    return decorate
