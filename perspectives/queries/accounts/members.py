"""Accounts: who takes part, and how far their sign-in is protected."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db.models import Exists, Max, OuterRef, QuerySet, Sum
from django.utils import timezone

from perspectives.errors import NotFoundError, require_found
from perspectives.models import Invitation, User
from perspectives.models.accounts.invitation import InvitationQuerySet
from perspectives.rules.accounts.key_secret import digest
from perspectives.vocab import InvitationState, Role

CURATORS = (Role.CONTRIBUTOR, Role.MODERATOR, Role.CHIEF_EDITOR)
"""The roles of those who take part in curating."""
_TOTP = Authenticator.Type.TOTP


def people(roles: Collection[str]) -> QuerySet[User]:
    """List the people of these roles by user name; each says by `is_protected` whether they have a second factor."""
    return _with_protection().filter(role__in=roles).order_by("username")


def account(account_id: int) -> User:
    """Find a person. Raises NotFoundError."""
    found = _with_protection().filter(pk=account_id).first()
    return require_found(found, f"There is no account with the number {account_id}.")


def invitations() -> InvitationQuerySet:
    """List all invitations, newest first."""
    return Invitation.objects.select_related("invited_by")


def invitation(invitation_id: int) -> Invitation:
    """Find an invitation. Raises NotFoundError."""
    found = Invitation.objects.filter(pk=invitation_id).first()
    return require_found(found, f"There is no invitation with the number {invitation_id}.")


def open_invitation(token: str) -> Invitation:
    """Find the invitation that a token opens. Raises NotFoundError where it does not work, or no longer."""
    found = Invitation.objects.filter(token_sha256=digest(token)).first()
    if found is None or found.state(timezone.now()) is not InvitationState.OPEN:
        raise NotFoundError("This invitation does not work, or no longer. Ask whoever invited you for a new one.")
    return found


def has_verified_address(email: str) -> bool:
    """Whether this address belongs to an account."""
    return bool(EmailAddress.objects.filter(email__iexact=email, verified=True).exists())


def has_totp(person: User) -> bool:
    """Whether a person has set a second factor up."""
    return bool(Authenticator.objects.filter(user=person, type=_TOTP).exists())


def holds_any(person: User, authenticators: Collection[int]) -> bool:
    """Whether one of these means of a second factor is the person's, today."""
    return bool(Authenticator.objects.filter(user=person, pk__in=authenticators).exists())


def last_failure(name: str, address: str | None) -> datetime | None:
    """Tell when somebody at this address last failed to sign in under this name."""
    attempts = AccessAttempt.objects.filter(username=name, ip_address=address)
    latest: datetime | None = attempts.aggregate(latest=Max("attempt_time"))["latest"]
    return latest


def failures(name: str, address: str | None) -> int:
    """Count the failed tries under this name at this address that are remembered."""
    attempts = AccessAttempt.objects.filter(
        username=name, ip_address=address, expiration__expires_at__gt=timezone.now()
    )
    return attempts.aggregate(all=Sum("failures_since_start"))["all"] or 0


def _with_protection() -> QuerySet[User]:
    return User.objects.annotate(is_protected=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=_TOTP)))
