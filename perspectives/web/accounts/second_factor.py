"""The second factor: who needs one, whether this session has shown one, and the way to do so."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from perspectives.errors import NotFoundError
from perspectives.models import User
from perspectives.policy import needs_second_factor
from perspectives.queries.accounts import members
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.view_decorators import READING

WHY = "The desk asks moderators and chief editors for a second factor, since what they decide is published."


def has_second_factor(request: HttpRequest) -> bool:
    """Whether in this session a second factor was shown that is still the person's own: a code, or a recovery code."""
    own = person(request)
    shown = [record["id"] for record in get_authentication_records(request, own) if record.get("method") == "mfa"]
    return bool(shown) and members.holds_any(own, shown)


def is_missing(request: HttpRequest) -> bool:
    """Whether the person who is signed in needs a second factor and has not shown one."""
    return needs_second_factor(person(request)) and not has_second_factor(request)


def ask(request: HttpRequest, *, back_to: str = "") -> HttpResponse:
    """Lead to where the second factor is shown, or set up where there is none yet, and back from there."""
    messages.info(request, WHY)
    route = "mfa_reauthenticate" if members.has_totp(person(request)) else "mfa_activate_totp"
    return HttpResponseRedirect(f"{reverse(route)}?{urlencode({'next': back_to or request.get_full_path()})}")


class SetUpView(ActivateTOTPView):
    """Sets the second factor up; whoever typed a code from it has shown it, and is not asked again at once."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the secret, and note in the session that its code was shown."""
        response: HttpResponse = super().form_valid(form)
        own: User = person(self.request)
        post_authentication(self.request, Authenticator.objects.get(user=own, type=Authenticator.Type.TOTP))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the secret in groups of four, as people type it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret"] = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
        return context


@own_page(*READING)
def qr_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being set up. Raises NotFoundError where none is."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise NotFoundError("No second factor is being set up.")
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(person(request), secret))
    return HttpResponse(drawing, content_type="image/svg+xml")
