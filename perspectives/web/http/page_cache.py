"""Pages that only show what is published are made once and kept, until something is published."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from perspectives.queries.publication.publication_version import NEWEST
from perspectives.serving.memory import MEMORY
from perspectives.serving.validators import validated
from perspectives.web.http.parameters import REMEMBERED
from perspectives.web.http.view_decorators import PART, Parameters, View, page, wants_part

VARY = f"Accept-Encoding, {PART}"
LIFETIME = "no-cache"
"""Browsers keep the page and ask each time whether it still holds, which costs next to nothing."""
A_YEAR = 365 * 24 * 3600
LONGEST_ADDRESS = 500
"""Pages at longer addresses are not kept."""


def kept_page(view: Callable[Concatenate[HttpRequest, Parameters], HttpResponse]) -> View[Parameters]:
    """Let a view be read only, keep its pages in memory, and let readers keep them by their tags.

    The page may depend on the address, on the remembered choices and on what is published; on nothing else. With
    `EDITION_KEPT_SECONDS` 0 nothing is kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        def made() -> bytes:
            return view(request, *args, **kwargs).content

        address = request.get_full_path()
        if settings.EDITION_KEPT_SECONDS and len(address) <= LONGEST_ADDRESS:
            choices = tuple(request.COOKIES.get(name, "")[:LONGEST_ADDRESS] for name in REMEMBERED)
            place = (request.scheme, request.get_host(), address, wants_part(request))
            body = MEMORY.get_or_make((NEWEST.state(), *place, choices), made)
        else:
            body = made()
        response = HttpResponse(body)
        response["Vary"], response["Cache-Control"] = VARY, LIFETIME
        return validated(request, response)

    return page(answer)


def remembering(view: View[Parameters]) -> View[Parameters]:
    """Keep choices that the address makes in the reader's browser, so that the next page is shown the same way."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            for name in REMEMBERED:
                if name in request.GET:
                    response.set_cookie(
                        name,
                        request.GET[name],
                        max_age=A_YEAR,
                        secure=request.is_secure(),
                        httponly=True,
                        samesite="Lax",
                    )
        return response

    return answer
