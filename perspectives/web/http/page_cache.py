"""Pages that only show what is published are made once for each version of it, and held by browsers by their tags."""

from collections.abc import Callable, Collection, Hashable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, NamedTuple
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from debatekb.postgres import replicas
from perspectives.queries.publication.changed import ARTICLES, subject
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.serving.lanes import Work
from perspectives.serving.validators import tag, validated
from perspectives.web.http.costly import count
from perspectives.web.http.notice import with_notice
from perspectives.web.http.parameters import REMEMBERED
from perspectives.web.http.view_decorators import PART, Parameters, View, page, wants_part

VARY = f"Accept-Encoding, {PART}"
LIFETIME = "no-cache"
"""Browsers keep the page and ask each time whether it still holds, which costs next to nothing."""
_LONG_QUERY = 1000
"""Characters of a query beyond which it is not looked at, and its page taken for one that has to be made."""
A_YEAR = 365 * 24 * 3600


class CachedPage(NamedTuple):
    """The bytes of a page and their tag."""

    body: bytes
    etag: str


def everything(*_: Any, **__: Any) -> Collection[str]:
    """Tell that a page may show anything that is published."""
    return ()


def one_topic(slug: str) -> Collection[str]:
    """Tell that a page shows one topic and the passages of articles that raise it, and nothing of other topics."""
    return subject("topic", slug), ARTICLES


def cached_page(
    *choices: str, uncached: Collection[str] = (), about: Callable[Parameters, Collection[str]] = everything
) -> Callable[[Callable[Concatenate[HttpRequest, Parameters], HttpResponse]], View[Parameters]]:
    """Let a view be read only, cache its pages, and let browsers hold them by their tags.

    The page may depend on the path, on what is published (`about` tells from the view's arguments which subjects of it:
    it is made anew when one of these changes), on the query parameters `choices`, each with one of few
    values, and on what the browser remembers of them; on nothing else. Pages that are asked for with a parameter of
    `uncached`, which may have any value, are made each time, and so are those of other hosts than that of `SITE_URL`;
    they wait in the lane of what costs much. Each page that is made counts for the address that asks (`costly.count`).
    The view sees no other parameters, so that these can neither change a page nor crowd pages out of the cache.
    """

    def decorate(view: Callable[Concatenate[HttpRequest, Parameters], HttpResponse]) -> View[Parameters]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            def made() -> CachedPage:
                count(request)
                body = view(request, *args, **kwargs).content
                return CachedPage(body, tag(body))

            _drop_other_parameters(request, choices, uncached)
            response = HttpResponse(headers={"Vary": VARY, "Cache-Control": LIFETIME})
            subjects = about(*args, **kwargs)
            if _is_at_site(request.get_host()) and not any(request.GET.get(name) for name in uncached):
                key = _key(request, choices)
                try:
                    found_page = CACHE.shown(key, made, lambda one: len(one.body), kind="page", about=subjects)
                    response.content, response["ETag"] = found_page
                except (OperationalError, InterfaceError):
                    found: CachedPage | None = CACHE.last(key, about=subjects)
                    if found is None:
                        raise
                    response.content = found.body
                    return with_notice(response)
            else:
                response.content = made().body
            return response if replicas.is_alone() else validated(request, response)  # `page` adds a notice first

        def work(query: str, host: str) -> Work:
            # Asked for each request by the thread that reads all sockets: quick, and on the safe side.
            is_made = len(query) > _LONG_QUERY or any(f"{name}=" in unquote(query) for name in uncached)
            return Work.COSTLY if is_made or not _is_at_site(host) else Work.COMMON

        decorated: View[Parameters] = page(answer)
        vars(decorated).update(work=work, about=about)
        return decorated

    return decorate


def _drop_other_parameters(request: HttpRequest, choices: Collection[str], uncached: Collection[str]) -> None:
    """Leave the known parameters alone in a request, and of a choice the last value alone, which is what views read."""
    given = request.GET
    known = {name: [given[name]] for name in choices if name in given}
    known |= {name: given.getlist(name) for name in uncached if name in given}
    request.META["QUERY_STRING"] = query = urlencode(known, doseq=True)
    request.GET = QueryDict(query)


def _is_at_site(host: str) -> bool:
    """Whether the site is asked for by its own name; a client may write any port behind a name that is allowed."""
    return host == urlsplit(settings.SITE_URL).netloc


def _key(request: HttpRequest, choices: Collection[str]) -> Hashable:
    """Tell all that a page depends on besides what is published."""
    remembered = [_remembered(request, name) for name in REMEMBERED if name in choices]
    return request.scheme, request.path, request.META["QUERY_STRING"], *remembered, wants_part(request)


def _remembered(request: HttpRequest, name: str) -> str:
    value = request.COOKIES.get(name, "")
    return value if value in REMEMBERED[name] else ""


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
