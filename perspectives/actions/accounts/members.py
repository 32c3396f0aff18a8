"""Accounts: who takes part, in which role, and what they say of themselves. No row of an account is ever deleted."""

import secrets

from django.db import transaction
from django.utils import timezone

from perspectives.actions.accounts.new_accounts import add_account, add_verified_address
from perspectives.actions.event_log import record
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import Invitation, User
from perspectives.policy import OPERATOR, Actor, Permission, is_moderator, require_person
from perspectives.rules.accounts import profile
from perspectives.rules.documents.parts import Change
from perspectives.vocab import EventCode, Leaning, Role

DEMO_PEOPLE = {
    "demo-proposer": Role.MODERATOR,
    "demo-reviewer": Role.MODERATOR,
    "demo-chief": Role.CHIEF_EDITOR,
}
"""Two moderators, since publishing takes two, and somebody who invites others."""
_PROFILE = ("display_name", "leaning", "interests")


@transaction.atomic
def make_demo_people(*, password: str | None = None) -> dict[str, str]:
    """Make the demo people, each with a fresh password or all with one, by user name; who is there already is left out.

    Their addresses lead nowhere and count as verified, so that they can sign in.
    """
    made = {}
    for username, role in DEMO_PEOPLE.items():
        account = User.objects.filter(username=username).first()
        if account is None:
            made[username] = password or secrets.token_urlsafe(12)
            account = User.objects.create_user(username, password=made[username], role=role, is_staff=True)
            record(EventCode.ACCOUNT_CREATED, by=OPERATOR, subject=account, username=username)
        add_verified_address(account, f"{username}@demo.invalid")
    return made


@transaction.atomic
def sign_up(*, email: str, password: str, display_name: str) -> User:
    """Make a reader's account; its address is still to be verified. Raises BrokenRulesError."""
    account = add_account(email=email, password=password, display_name=display_name, role=Role.READER)
    record(EventCode.ACCOUNT_CREATED, by=account, subject=account)
    return account


@transaction.atomic
def change_role(*, account_id: int, role: str, by: Actor | None, reason: str) -> User:
    """Give a person another role and end their sessions; from this moment the policy table sees the new role.

    Who is moderator no more does not look into the admin any more either. Nobody changes their own role, so that
    whoever acts remains a chief editor: at least one always does. Raises NotFoundError, NotPermittedError, and
    NotPossibleError for an unknown role, the same role, no reason, or an account that was erased.
    """
    account, person = _locked(account_id, by)
    editor = require_person(person, Permission.ACCOUNT_CHANGE_ROLE, begun_by=account_id)
    if role not in Role.values:
        raise NotPossibleError(f"There is no role '{role}'; choose one of: {', '.join(Role.values)}.")
    if account.role == role:
        raise NotPossibleError(f"{account} has this role already.")
    note = profile.reason(reason)
    _require_somebody(account)
    before, account.role = account.role, role
    account.is_staff = account.is_staff and is_moderator(account)
    _end_sessions(account)
    account.save(update_fields=["role", "is_staff", "session_number"])
    _take_back_invitations(account, by=editor)
    changes = [Change("role", before, role)]
    record(EventCode.ACCOUNT_ROLE_CHANGED, by=editor, subject=account, note=note, changes=changes)
    return account


@transaction.atomic
def deactivate(*, account_id: int, by: Actor | None, reason: str) -> User:
    """Close an account: its sessions end, its keys stop, its open invitations are taken back; its records stay.

    Its name and address stay taken. Like `change_role`, it leaves at least one chief editor. Raises NotFoundError,
    NotPermittedError, and NotPossibleError where the account is closed already or no reason is given.
    """
    account, person = _locked(account_id, by)
    editor = require_person(person, Permission.ACCOUNT_DEACTIVATE, begun_by=account_id)
    if not account.is_active:
        raise NotPossibleError(f"The account of {account} is closed already.")
    note = profile.reason(reason)
    account.is_active = False
    _end_sessions(account)
    account.save(update_fields=["is_active", "session_number"])
    _take_back_invitations(account, by=editor)
    record(EventCode.ACCOUNT_DEACTIVATED, by=editor, subject=account, note=note)
    return account


@transaction.atomic
def reactivate(*, account_id: int, by: Actor | None, reason: str) -> User:
    """Open a closed account again: the person can sign in, and keys that were not revoked work again.

    Raises NotFoundError, NotPermittedError, and NotPossibleError where it is open, was erased, or no reason is given.
    """
    account, person = _locked(account_id, by)
    editor = require_person(person, Permission.ACCOUNT_DEACTIVATE, begun_by=account_id)
    if account.is_active:
        raise NotPossibleError(f"The account of {account} is open.")
    note = profile.reason(reason)
    _require_somebody(account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(EventCode.ACCOUNT_REACTIVATED, by=editor, subject=account, note=note)
    return account


@transaction.atomic
def change_profile(*, by: Actor | None, display_name: str, leaning: str, interests: str) -> User:
    """Change what a person says of themselves; the log tells which fields, since what they held may have to go.

    Raises NotPermittedError, and BrokenRulesError with a problem for each field that cannot be kept so.
    """
    own = by.pk if isinstance(by, User) else None
    account = require_person(_people(own).get(own), Permission.ACCOUNT_CHANGE, begun_by=own)
    values = {
        "display_name": profile.tidy_line(display_name),
        "leaning": leaning,
        "interests": profile.tidy_paragraphs(interests),
    }
    _require_sound(values["display_name"], values["interests"], leaning)
    changed = [name for name in _PROFILE if getattr(account, name) != values[name]]
    for name in changed:
        setattr(account, name, values[name])
    if changed:
        account.save(update_fields=changed)
        record(EventCode.ACCOUNT_CHANGED, by=account, subject=account, changes=map(Change, changed))
    return account


def _locked(account_id: int, by: Actor | None) -> tuple[User, Actor | None]:
    """Lock the account and whoever acts, in one order for all, and give both as they are now.

    Two chief editors who take each other's role away so come one after the other, and the second is none any more.
    """
    own = by.pk if isinstance(by, User) else None
    people = _people(account_id, own)
    account = require_found(people.get(account_id), f"There is no account with the number {account_id}.")
    return account, people.get(own) if isinstance(by, User) else by


def _people(*ids: int | None) -> dict[int | None, User]:
    found = User.objects.select_for_update(no_key=True).filter(pk__in=[number for number in ids if number is not None])
    return {account.pk: account for account in found.order_by("pk")}


def _end_sessions(account: User) -> None:
    account.session_number += 1


def _take_back_invitations(account: User, *, by: User) -> None:
    """Let nobody come in on the word of somebody who may not invite any more."""
    open_ones = Invitation.objects.undecided().filter(invited_by=account)
    open_ones.update(revoked_at=timezone.now(), revoked_by=by)


def _require_somebody(account: User) -> None:
    if account.erased_at:
        raise NotPossibleError("This account was erased; it is nobody's any more.")


def _require_sound(display_name: str, interests: str, leaning: str) -> None:
    found = list(profile.problems(display_name=display_name, interests=interests))
    if leaning not in Leaning.values:
        found.append(profile.FieldProblem("leaning", f"Choose one of: {', '.join(Leaning.values)}."))
    if found:
        raise BrokenRulesError("The profile cannot be kept like this.", tuple(found))
