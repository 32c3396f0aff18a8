"""Invitations: the way to a role other than reader, for people who have no account yet."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.accounts.new_accounts import add_account, add_verified_address
from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import Invitation, User
from perspectives.policy import Actor, Permission, require, require_person
from perspectives.queries.accounts.members import has_verified_address, open_invitation
from perspectives.rules.accounts.key_secret import digest
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.vocab import EventCode, Role

LIFETIME = timedelta(days=7)
_TOKEN_BYTES = 32


@transaction.atomic
def invite(*, email: str, role: str, by: Actor | None) -> tuple[Invitation, str]:
    """Invite somebody by e-mail, and give the invitation with its token, which nobody can read again.

    Raises NotPermittedError, BrokenRulesError for an address or a role that is none, and NotPossibleError where the
    address is invited already or belongs to an account.
    """
    # Locked, so that nobody invites while their role is taken away.
    person = require_person(locked_actor(by), Permission.ACCOUNT_INVITE)
    return _invite(email, role, by=person)


@transaction.atomic
def invite_chief_editor(*, email: str, by: Actor | None) -> tuple[Invitation, str]:
    """Let the operator invite a chief editor: the way in for the first one. Raises like `invite`."""
    return _invite(email, Role.CHIEF_EDITOR, by=require(by, Permission.ACCOUNT_CREATE))


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: Actor | None) -> Invitation:
    """Take an invitation back. Raises NotFoundError, NotPermittedError, NotPossibleError where it is decided."""
    invitation = Invitation.objects.select_for_update(no_key=True).filter(pk=invitation_id).first()
    invitation = require_found(invitation, f"There is no invitation with the number {invitation_id}.")
    person = require_person(by, Permission.ACCOUNT_INVITE)
    if invitation.accepted_at or invitation.revoked_at:
        state = invitation.state(timezone.now())
        raise NotPossibleError(f"The invitation of {invitation.email} is {state.label.lower()} already.")
    _take_back(invitation, by=person)
    record(EventCode.ACCOUNT_INVITED, by=person, note="Taken back", invitation=invitation.pk, is_revoked=True)
    return invitation


@transaction.atomic
def join(*, token: str, password: str, display_name: str) -> User:
    """Make an account by an invitation: in its role, with its address as verified, since only its reader has the token.

    Raises NotFoundError for a token that does not work (any more), BrokenRulesError for a name or a password that
    cannot be kept, and NotPossibleError where the address has come to belong to an account.
    """
    invitation = _of_token(token)
    if has_verified_address(invitation.email):
        raise NotPossibleError("There is an account with this address already: sign in, and ask for the role.")
    account = add_account(email=invitation.email, password=password, display_name=display_name, role=invitation.role)
    add_verified_address(account, invitation.email)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), account
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(EventCode.ACCOUNT_JOINED, by=account, subject=account, invitation=invitation.pk, role=invitation.role)
    return account


def _invite(email: str, role: str, *, by: Actor) -> tuple[Invitation, str]:
    email = email.strip().lower()
    _require_sound(email, role)
    if has_verified_address(email):
        raise NotPossibleError("This address belongs to an account; change the role of that account instead.")
    now = timezone.now()
    for old in Invitation.objects.select_for_update(no_key=True).undecided().filter(email=email, expires_at__lte=now):
        _take_back(old, by=by)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation = _written(email, role, token, now, by=by)
    record(EventCode.ACCOUNT_INVITED, by=by, invitation=invitation.pk, role=role)
    return invitation, token


def _written(email: str, role: str, token: str, now: datetime, *, by: Actor) -> Invitation:
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                email=email,
                role=role,
                token_sha256=digest(token),
                invited_at=now,
                invited_by=by if isinstance(by, User) else None,
                expires_at=now + LIFETIME,
            )
    except IntegrityError as error:
        raise NotPossibleError("This address is invited already; take that invitation back first.") from error


def _require_sound(email: str, role: str) -> None:
    found = []
    try:
        validate_email(email)
    except ValidationError:
        found.append(FieldProblem("email", "Give an e-mail address, such as ada@university.example."))
    if role not in Role.values:
        found.append(FieldProblem("role", f"Choose one of: {', '.join(Role.values)}."))
    if found:
        raise BrokenRulesError("Nobody can be invited like this.", tuple(found))


def _of_token(token: str) -> Invitation:
    """Lock the invitation and only then ask whether it is open, so that it is accepted once."""
    Invitation.objects.select_for_update(no_key=True).filter(token_sha256=digest(token)).first()
    return open_invitation(token)


def _take_back(invitation: Invitation, *, by: Actor) -> None:
    invitation.revoked_at = timezone.now()
    invitation.revoked_by = by if isinstance(by, User) else None
    invitation.save(update_fields=["revoked_at", "revoked_by"])
