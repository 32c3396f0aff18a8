"""What allauth asks us about accounts: how they are made, where people go, and in which words they are refused.

What is told after an action stands in the templates below `account/messages/` and `mfa/messages/`.
"""

import logging
import time
from smtplib import SMTPException
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perspectives.actions.accounts import members
from perspectives.models import User
from perspectives.policy import Permission, can
from perspectives.serving.clients import client_address
from perspectives.web.accounts import known_device

_LOG = logging.getLogger(__name__)
_REFUSED: Final = "This name and this password do not belong together. Check both, and whether capitals are locked."


class AccountAdapter(DefaultAccountAdapter):
    """The site's rules for accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _REFUSED,
        "username_password_mismatch": _REFUSED,
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many codes were wrong; wait five minutes and try again.",
        "rate_limited": "Too many codes were wrong; wait five minutes and try again.",
    }

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> User:
        """Let the action make the account; the empty one that allauth brings is not used."""
        told = form.cleaned_data
        return members.sign_up(email=told["email"], password=told["password1"], display_name=told["display_name"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: django-axes counts passwords that are wrong, and locks out."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; one that cannot be sent stands in the server's log, and the page is the same as ever.

        Its links lead to `SITE_URL`: host and port of a request are what somebody wrote there.
        """
        context = {name: _on_site(value) if name.endswith("_url") else value for name, value in context.items()}
        try:
            super().send_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})
        except (SMTPException, OSError):
            _LOG.exception("A mail of accounts could not be sent: %s", template_prefix)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Lead on who has signed in, and note that it was in this browser."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            known_device.remember(request, response, user)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address as limits count it, behind proxies too."""
        return client_address(request) or "unknown"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Let the link of a mail lead on, by way of signing in, to what its reader made the account for."""
        link = str(super().get_email_confirmation_url(request, emailconfirmation))
        task = get_next_redirect_url(request)
        if not task:
            return link
        sign_in = f"{reverse('sign-in')}?{urlencode({REDIRECT_FIELD_NAME: task})}"
        return f"{link}?{urlencode({REDIRECT_FIELD_NAME: sign_in})}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the desk who works there, and others to their account."""
        own = request.user
        at_desk = isinstance(own, User) and can(own, Permission.DESK_SEE)
        return reverse("desk" if at_desk else "account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before what matters, unless it was given within the last minutes."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0.0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def _on_site(address: str) -> str:
    return settings.SITE_URL + urlunsplit(("", "", *urlsplit(address)[2:]))
