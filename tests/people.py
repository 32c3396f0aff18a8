"""People in tests: accounts that can sign in, and their second factors."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.test import Client, RequestFactory

from perspectives.models import User
from perspectives.policy import needs_second_factor

PASSWORD = "a long and quiet river"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def account(username: str = "reader", **changes: Any) -> User:
    """Make somebody who can sign in: with a password and a verified address."""
    person = User.objects.create_user(username, email=f"{username}@people.example", password=PASSWORD, **changes)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def protect(person: User) -> Authenticator:
    """Give somebody a second factor, and give it back."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return found or auth.TOTP.activate(person, SECRET).instance


def show_second_factor(client: Client, person: User) -> None:
    """Let the client's session be one in which the person's second factor was shown."""
    request = RequestFactory().get("/")
    request.session = client.session
    factor = protect(person)
    record_authentication(request, person, "mfa", id=factor.pk, type=factor.type)
    request.session.save()


def sign_in(client: Client, person: User) -> None:
    """Sign somebody in with all that the desk asks of them."""
    client.force_login(person)
    if needs_second_factor(person):
        show_second_factor(client, person)


def cookies(person: User, address: str) -> Any:
    """Give what a browser sends of somebody who is signed in to the site at this address."""
    client = Client()
    sign_in(client, person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return [{"name": cookie.key, "value": cookie.value, "url": address}]


def code(secret: str = SECRET) -> str:
    """Compute what the authenticator app shows now."""
    return str(auth.format_hotp_value(auth.hotp_value(secret.replace(" ", ""), int(time.time()) // 30)))
