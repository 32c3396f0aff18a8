"""From what a platform's form brings to a launch that holds: state, signature, claims, nonce, deployment."""

import json
from dataclasses import dataclass
from typing import Any, Final

import jwt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from perspectives.clients.http import FetchError
from perspectives.clients.lti import key_sets, logins
from perspectives.models import LtiDeployment, LtiRegistration
from perspectives.queries.lti import registrations
from perspectives.rules.lti import launch_claims
from perspectives.rules.lti.launch_claims import Launch, refuse
from perspectives.web.lti import state_cookies

LONGEST_TOKEN: Final = 50_000


@dataclass(frozen=True)
class Checked:
    """A launch that holds, from where it comes, and whether the browser is the one that began the login."""

    launch: Launch
    registration: LtiRegistration
    deployment: LtiDeployment
    is_same_browser: bool


def checked(request: HttpRequest) -> Checked:
    """Check a launch; its login is used up, whatever comes of it. Raises LaunchRefusedError."""
    if request.POST.get("error"):
        refuse("platform", "The platform did not let the launch through. Sign in there and open the link again.")
    state, token = request.POST.get("state", ""), request.POST.get("id_token", "")
    login = _login(state)
    is_same = state_cookies.is_of(request, state)
    if is_same is False:
        refuse("state-cookie", "This browser began another launch. Open the link in your course again.")
    registration = registrations.active(login["registration"])
    if registration is None:
        refuse("registration", "This platform is not registered here, or its launches are stopped.")
    claims = _claims(token, registration)
    launch = launch_claims.read(
        claims,
        issuer=registration.issuer,
        client_id=registration.client_id,
        site=launch_claims.origin(settings.SITE_URL),
        now=timezone.now().timestamp(),
    )
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not constant_time_compare(nonce, login["nonce"]):
        refuse("nonce", "The launch was used before, or belongs to another login. Open the link again.")
    deployment = registrations.deployment(registration, launch.deployment_id)
    if deployment is None:
        refuse("deployment", "This tool is not known in this part of the platform; its administrator can add it.")
    return Checked(launch, registration, deployment, is_same_browser=bool(is_same))


def _login(state: str) -> dict[str, Any]:
    login = logins.take("login", state) if 0 < len(state) <= launch_claims.LONGEST else None
    if login is None:
        refuse("state", "The launch took too long or was used before. Open the link in your course again.")
    return login


def _claims(token: str, registration: LtiRegistration) -> dict[str, Any]:
    """Check the signature of a token by the platform's keys. Raises LaunchRefusedError."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        refuse("token", "The launch has no token, or one that is too large.")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        refuse("token", "The token of the launch cannot be read.")
    if header.get("alg") != "RS256":
        refuse("algorithm", "The token of the launch is not signed as LTI has it (RS256).")
    return _verified(token, _key(registration, str(header.get("kid", ""))[: launch_claims.LONGEST]))


def _key(registration: LtiRegistration, kid: str) -> jwt.PyJWK:
    try:
        key = key_sets.key(registration.pk, registration.jwks_url, kid)
    except FetchError as error:
        refuse("keys", f"The keys of the platform could not be read: {error}")
    if key is None:
        refuse("key", "The token of the launch is signed with a key that the platform does not publish.")
    return key


def _verified(token: str, key: jwt.PyJWK) -> dict[str, Any]:
    try:
        claims = json.loads(jwt.PyJWS().decode(token, key, algorithms=["RS256"]))
    except jwt.InvalidTokenError:
        refuse("signature", "The signature of the launch is wrong.")
    except ValueError:
        refuse("token", "The token of the launch cannot be read.")
    if not isinstance(claims, dict):
        refuse("token", "The token of the launch cannot be read.")
    return claims
