"""What allauth asks us about accounts: how they are made, where people go, and in which words they are told."""

import logging
import time
from smtplib import SMTPException
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
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
SENTENCES: Final = {
    "account/messages/email_confirmation_sent.txt": "We have sent a mail to {email}; its link confirms the address.",
    "account/messages/email_confirmed.txt": "The address {email} is confirmed.",
    "account/messages/email_confirmation_failed.txt": "The address {email} belongs to another account.",
    "account/messages/email_deleted.txt": "The address {deleted_email} is no longer asked to be confirmed.",
    "account/messages/password_changed.txt": "Your password is changed. Other sessions of yours have ended.",
    "account/messages/password_set.txt": "Your password is set.",
    "account/messages/primary_email_set.txt": "Your address is changed.",
    "mfa/messages/totp_activated.txt": "Your second factor is set up.",
    "mfa/messages/totp_deactivated.txt": "Your second factor is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes; older ones no longer work.",
}
"""What is told after an action, by the name that allauth gives the message; others are not told."""


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
        del request, user, commit
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

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the desk who works there, and others to their account."""
        own = request.user
        at_desk = isinstance(own, User) and can(own, Permission.DESK_SEE)
        return reverse("desk" if at_desk else "account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        del request
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before what matters, unless it was given within the last minutes."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0.0)
        if time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Tell in our words, or not at all."""
        told = message or SENTENCES.get(message_template or "", "").format_map(_Told(message_context or {}))
        if told:
            messages.add_message(request, level, told, extra_tags=extra_tags)


def _on_site(address: str) -> str:
    return settings.SITE_URL + urlunsplit(("", "", *urlsplit(address)[2:]))


class _Told(dict[str, Any]):
    """What a message may name; what is not there is left out."""

    def __missing__(self, key: str) -> str:
        return ""
