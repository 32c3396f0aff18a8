"""The answer to who has waited too long in a lane of the web server: 503, before anything is done."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from debatekb.running.lanes import WAITED_TOO_LONG
from perspectives.web.http.error_pages import unavailable

_WORDS = (
    "More is being searched and made at the moment than this machine can do at once. Nothing was done; ask again in a "
    "few seconds. Pages that many read are still to be had."
)


class WaitedTooLongMiddleware:
    """Refuses pages for which no thread was free in time; the API refuses by itself.

    Stands behind what gives every answer its headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Answer in place of a view."""
        is_page = not hasattr(view, "cls")
        return unavailable(_WORDS) if is_page and WAITED_TOO_LONG in request.META else None
