"""The admin's door: our own sign-in, staff alone, and with a second factor."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from perspectives.errors import NotFoundError
from perspectives.web.accounts import second_factor
from perspectives.web.http.view_decorators import READING, taking


class SupportSite(AdminSite):
    """Django's admin without a sign-in of its own."""

    site_header = "Debate KB: support"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, with a second factor shown in this session."""
        return super().has_permission(request) and second_factor.has_second_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to our own sign-in, to the second factor, or nowhere."""
        return cast("HttpResponse", _door(request))


@taking(*READING, "POST")
def _door(request: HttpRequest) -> HttpResponse:
    came_for = request.GET.get("next") or "/admin/"
    if not request.user.is_authenticated:
        return redirect_to_login(came_for)
    if not request.user.is_staff:
        raise NotFoundError("There is nothing at this address.")
    return second_factor.ask(request, back_to=came_for)
