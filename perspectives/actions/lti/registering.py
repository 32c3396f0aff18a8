"""Learning platforms: registered, deployed, stopped and resumed."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.actions.lti import keys
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import LtiDeployment, LtiRegistration, User
from perspectives.models.lti.registration import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from perspectives.policy import Actor, Permission, require_person
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.rules.lti.launch_claims import origin
from perspectives.vocab import EventCode

_IDS: Final = ("issuer", "client_id", "name")
_ADDRESSES: Final = ("login_url", "token_url", "jwks_url")


@transaction.atomic
def register(*, by: Actor | None, told: Mapping[str, str]) -> LtiRegistration:
    """Register a platform; `told` has the columns of LtiRegistration and, if known, `deployment_id`.

    Raises NotPermittedError, BrokenRulesError for values that cannot be, NotPossibleError where it is registered.
    """
    person = require_person(locked_actor(by), Permission.PLATFORM_CHANGE)
    keys.renew()
    return _registered(told, by=person)


@transaction.atomic
def deploy(*, registration_id: int, by: Actor | None, deployment_id: str) -> LtiDeployment:
    """Add a place of a platform from which launches are taken. Raises like `register`, and NotFoundError."""
    found, _ = _locked(registration_id, by)
    return _deployed(found, deployment_id.strip())


@transaction.atomic
def stop(*, registration_id: int, by: Actor | None, is_active: bool) -> LtiRegistration:
    """Refuse the launches of a platform from now on, or take them again. Raises NotFoundError and NotPermittedError."""
    found, person = _locked(registration_id, by)
    if found.is_active != is_active:
        found.is_active = is_active
        found.save(update_fields=["is_active"])
        code = EventCode.LTI_RESUMED if is_active else EventCode.LTI_STOPPED
        record(code, by=person, registration=found.pk)
    return found


def _locked(registration_id: int, by: Actor | None) -> tuple[LtiRegistration, User]:
    person = require_person(locked_actor(by), Permission.PLATFORM_CHANGE)
    found = LtiRegistration.objects.select_for_update().filter(pk=registration_id).first()
    return require_found(found, f"There is no learning platform with the number {registration_id}."), person


def _registered(told: Mapping[str, str], *, by: User) -> LtiRegistration:
    values = {name: told.get(name, "").strip() for name in (*_IDS, *_ADDRESSES, "token_audience")}
    require_sound(values)
    try:
        with transaction.atomic():
            made = LtiRegistration.objects.create(**values, made_by=by, made_at=timezone.now(), is_active=True)
    except IntegrityError:
        raise NotPossibleError("A platform with this issuer and client id is registered already.") from None
    if told.get("deployment_id", "").strip():
        _deployed(made, told["deployment_id"].strip())
    record(EventCode.LTI_REGISTERED, by=by, registration=made.pk)
    return made


def _deployed(found: LtiRegistration, deployment_id: str) -> LtiDeployment:
    if not (0 < len(deployment_id) <= LONGEST_ID and deployment_id.isprintable()):
        raise NotPossibleError(f"Give the deployment id as the platform shows it: 1 to {LONGEST_ID} characters.")
    made, _ = LtiDeployment.objects.get_or_create(registration=found, deployment_id=deployment_id)
    return made


def _is_safe(address: str) -> bool:
    """Whether an address is one of the web with TLS, or of a platform in the own network that the settings name."""
    at = origin(address)
    is_readable = len(address) <= LONGEST_ADDRESS and address.isprintable()
    return is_readable and (at.startswith("https://") or at in map(origin, settings.LTI_INSIDE))


def require_sound(values: Mapping[str, str]) -> None:
    """Raise BrokenRulesError where a platform cannot have these values."""
    problems = [
        FieldProblem(name, f"Give 1 to {longest} characters, none of them hidden.")
        for names, longest in ((("name",), LONGEST_NAME), (("issuer", "client_id"), LONGEST_ID))
        for name in names
        if not (0 < len(values[name]) <= longest and values[name].isprintable())
    ]
    problems += [
        FieldProblem(name, "Give an address that begins with https://.")
        for name in _ADDRESSES
        if not _is_safe(values[name])
    ]
    if len(values["token_audience"]) > LONGEST_ADDRESS or not values["token_audience"].isprintable():
        words = f"Give at most {LONGEST_ADDRESS} characters, none of them hidden."
        problems.append(FieldProblem("token_audience", words))
    if problems:
        raise BrokenRulesError("The platform cannot be registered like this.", tuple(problems))
