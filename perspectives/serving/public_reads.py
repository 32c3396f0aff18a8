"""Public reads go to a replica of the database, where there is one that is fit; all else goes to the primary."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from debatekb.postgres import base, replicas
from debatekb.postgres.replicas import Reading
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.queries.publication.publication_version import AWAY

OF_THE_PRIMARY: Final = (
    "/account/", "/admin/", "/desk/", "/suggest/", "/api/v1/desk/", "/api/v1/suggestions/", "/api/v1/account/",
    "/api/v1/webhooks/", "/class/",
    "/health", "/metrics", "/static/", "/__debug__/",
)  # fmt: skip
"""Where people are signed in, where something is written, and where no published content is read."""
_READS: Final = ("GET", "HEAD", "OPTIONS")
_ASKED_BY_POST: Final = "/mcp"


def is_public_read(request: HttpRequest) -> bool:
    """Return whether a request reads what is published and nothing else."""
    if request.path_info == _ASKED_BY_POST:
        return True
    return request.method in _READS and not request.path_info.startswith(OF_THE_PRIMARY)


class PublicReadMiddleware:
    """Chooses the database of each public read; stands before all that answers, and is not there without replicas.

    A read that failed because its database went away is answered once more, from another one if there is any.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not replicas.names():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if not is_public_read(request):
            return self.get_response(request)
        failures = base.failures()
        response, reading = self._answered(request)
        if response is None:
            return self.get_response(request)
        if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE or base.failures() == failures:
            return response
        CACHE.clock.ask_anew()
        again, _ = self._answered(request, unless=reading)
        return again or response

    def _answered(
        self, request: HttpRequest, unless: Reading | None = None
    ) -> tuple[HttpResponseBase | None, Reading | None]:
        """Answer from the database that is to be read from now, and name it; None where that is no other, or none."""
        try:
            with CACHE.clock.reading(unless=unless.alias if unless else "") as reading:
                return (None if reading == unless else self.get_response(request)), reading
        except AWAY:
            return None, None
