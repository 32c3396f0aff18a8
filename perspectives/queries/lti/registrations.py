"""Learning platforms, their deployments, and the keys that we publish."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from perspectives.errors import require_found
from perspectives.models import LtiDeployment, LtiKey, LtiRegistration

PUBLISHED_AFTER: Final = timedelta(days=2)
"""How long a key can still be checked after the last signature with it."""


def listed() -> QuerySet[LtiRegistration]:
    """List the platforms by name, with their deployments."""
    return LtiRegistration.objects.prefetch_related("deployments").select_related("made_by")


def registration(number: int) -> LtiRegistration:
    """Find a platform by its number. Raises NotFoundError."""
    found = LtiRegistration.objects.filter(pk=number).first()
    return require_found(found, f"There is no learning platform with the number {number}.")


def of_issuer(issuer: str, client_id: str) -> list[LtiRegistration]:
    """List the active platforms of an issuer, of one client id where it is given: at most two are of interest."""
    found = LtiRegistration.objects.filter(issuer=issuer, is_active=True)
    return list((found.filter(client_id=client_id) if client_id else found)[:2])


def active(number: int) -> LtiRegistration | None:
    """Find a platform whose launches are taken."""
    return LtiRegistration.objects.filter(pk=number, is_active=True).first()


def deployment(found: LtiRegistration, deployment_id: str) -> LtiDeployment | None:
    """Find a deployment of a platform by its id."""
    return LtiDeployment.objects.filter(registration=found, deployment_id=deployment_id).first()


def public_keys(now: datetime) -> list[dict[str, Any]]:
    """Give the public keys of this tool: those that sign, and for a while those that signed."""
    shown = LtiKey.objects.filter(Q(retired_at=None) | Q(retired_at__gt=now - PUBLISHED_AFTER))
    return list(shown.values_list("public_jwk", flat=True))
