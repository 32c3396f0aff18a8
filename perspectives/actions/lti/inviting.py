"""Platforms that register themselves: invited by a chief editor, once, by an address that their administrator opens."""

from datetime import timedelta
from typing import Any, Final

from perspectives.actions.lti import keys, registering
from perspectives.clients.http import FetchError
from perspectives.clients.lti import logins, registrations
from perspectives.errors import BrokenRulesError, DomainError
from perspectives.models import LtiRegistration, User
from perspectives.models.lti.registration import LONGEST_NAME
from perspectives.policy import Actor, Permission, require_person
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.rules.lti import registration
from perspectives.rules.lti.launch_claims import LONGEST, refuse
from perspectives.rules.lti.registration import Platform, Tool

HOLDS: Final = timedelta(days=7)
_SECONDS: Final = int(HOLDS.total_seconds())
_KIND: Final = "invitation"
_COLUMNS: Final = ("issuer", "login_url", "token_url", "jwks_url", "token_audience")
_OVER: Final = "This invitation was used, or is older than seven days. Ask for another one."


def invite(*, by: Actor | None, name: str) -> str:
    """Invite a platform, which will be known by a name, to register itself; give the token of the invitation.

    Raises NotPermittedError, BrokenRulesError, and RedisError while Valkey is away.
    """
    person, name = require_person(by, Permission.PLATFORM_CHANGE), name.strip()
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        words = f"Give 1 to {LONGEST_NAME} characters, none of them hidden."
        raise BrokenRulesError("Nobody was invited.", (FieldProblem("platform", words),))
    return logins.keep(_KIND, {"by": person.pk, "name": name}, seconds=_SECONDS)


def invited(*, token: str) -> dict[str, Any]:
    """Look at an invitation: `name` and the number of who invited (`by`). Raises LaunchRefusedError and RedisError."""
    found = logins.look(_KIND, token[:LONGEST])
    if found is None:
        refuse("invitation", _OVER)
    return found


def accept(*, token: str, address: str, platform_token: str, tool: Tool) -> LtiRegistration:
    """Register the platform whose configuration lies at an address, and this tool there with the token that it gave.

    The invitation is used up where this succeeds, by one alone; after a failure it holds for seven days more. Raises
    LaunchRefusedError with what was wrong, and RedisError.
    """
    invitation = logins.take(_KIND, token[:LONGEST])
    if invitation is None:
        refuse("invitation", _OVER)
    try:
        return _registered(invitation, _platform(address), platform_token, tool)
    except Exception as error:
        logins.keep(_KIND, invitation, seconds=_SECONDS, token=token)
        if isinstance(error, DomainError):
            refuse("registration", f"The platform cannot be registered here: {error}")
        raise


def _platform(address: str) -> Platform:
    try:
        return registration.read(registrations.configuration(address), address=address)
    except FetchError as error:
        refuse("configuration", f"The configuration of the platform could not be read: {error}")


def _registered(invitation: dict[str, Any], platform: Platform, platform_token: str, tool: Tool) -> LtiRegistration:
    """Ask the platform once all else is sure, with our keys there for it to look at, and write down its answer."""
    person = User.objects.filter(pk=invitation["by"]).first()
    require_person(person, Permission.PLATFORM_CHANGE)
    told = {"name": invitation["name"], **{name: getattr(platform, name) for name in _COLUMNS}}
    registering.require_sound({**told, "client_id": "not known yet"})
    keys.renew()
    try:
        made = registrations.register(
            platform.registration_url, registration.asked(platform, tool), token=platform_token
        )
    except FetchError as error:
        refuse("platform-registration", f"The platform did not register this tool: {error}")
    client_id, deployment_id = registration.answered(made)
    return registering.register(by=person, told={**told, "client_id": client_id, "deployment_id": deployment_id})
