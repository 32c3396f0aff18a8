"""What all pages of the desk share: who may see them, how refusals look, and the navigation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache

from perspectives.errors import ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import User
from perspectives.policy import Permission, can
from perspectives.web.accounts import second_factor
from perspectives.web.http.view_decorators import PART, READING, SENDING, Parameters, View, taking, wants_part

NAVIGATION: Final = (
    ("desk", "Desk"),
    ("desk-suggestions", "Suggestions"),
    ("desk-proposals", "Proposals"),
    ("desk-articles", "Articles"),
    ("desk-topics", "Topics"),
    ("desk-sources", "Sources"),
    ("desk-intake", "Intake"),
    ("desk-thesaurus", "Thesaurus"),
    ("desk-audit", "Audit"),
    ("desk-history", "History"),
    ("desk-figures", "Figures"),
    ("desk-people", "People"),
)
"""Names of routes and their words, in the order of the desk's navigation."""

DeskView = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def desk_page(
    permission: Permission = Permission.DESK_SEE, methods: tuple[str, ...] = (*READING, *SENDING)
) -> Callable[[DeskView[Parameters]], View[Parameters]]:
    """Let those see a page whom the policy lets; to others it is not there, and who has not signed in is led to do so.

    So is who has to show a second factor and has not, in this session.

    What an action raises is answered here where the view does not: not permitted 403, not possible or a conflict 409.
    Nothing is kept by caches.
    """

    def decorate(view: DeskView[Parameters]) -> View[Parameters]:
        @never_cache
        @taking(*methods)
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not can(person(request), permission):
                raise NotFoundError("There is nothing at this address.")
            if second_factor.is_missing(request):
                return second_factor.ask(request)
            try:
                return view(request, *args, **kwargs)
            except NotPermittedError as error:
                return show(request, "refused.html", {"message": error.message}, status=403)
            except (NotPossibleError, ConflictError) as error:
                return show(request, "refused.html", {"message": error.message}, status=409)

        return answer

    return decorate


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with a page of the desk: `template` is below `perspectives/desk/`."""
    here = request.path
    navigation = [
        {
            "address": address,
            "words": words,
            "is_here": address == here or (name != "desk" and here.startswith(address)),
        }
        for name, words in NAVIGATION
        for address in [reverse(name)]
    ]
    return render(
        request, f"perspectives/desk/{template}", {**(context or {}), "navigation": navigation}, status=status
    )


def show_part(request: HttpRequest, whole: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page of the desk, or with the part of it that a script asks for again; both are below `desk/`."""
    response = show(request, part if wants_part(request) else whole, context)
    patch_vary_headers(response, [PART])
    return response


def person(request: HttpRequest) -> User:
    """Give the person who is signed in, which `desk_page` has seen to."""
    return cast("User", request.user)
