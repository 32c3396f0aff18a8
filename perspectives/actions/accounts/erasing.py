"""Erasing an account: what tells of its person goes; what was published and logged stays, under a pseudonym."""

from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.classroom import classes
from perspectives.actions.discussion import assignments
from perspectives.actions.event_log import record
from perspectives.actions.publication import publishing, purging
from perspectives.actions.suggestions import authoring
from perspectives.actions.webhooks import webhooks
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import ApiKey, IntakeBatch, Invitation, MailChoice, Notice, NoticeMail, User
from perspectives.policy import Actor, Permission, is_chief_editor, require, require_person
from perspectives.queries.accounts import own_data
from perspectives.rules.accounts import profile
from perspectives.rules.intake.zotero_addresses import OWN
from perspectives.vocab import EventCode, Leaning, Role

GONE: Final = "erased"
_AFTER_RESTORE: Final = "Erased again after a restore."


@transaction.atomic
def erase(*, account_id: int, by: Actor | None, reason: str = "") -> User:
    """Erase an account for good, one's own or, with a reason, as chief editor somebody's; the row stays as a pseudonym.

    Name, addresses, profile, password, second factor, sessions, webhooks, failed sign-ins and notices go; keys end and
    lose their names; open invitations, proposals and suggestions of the person are taken back, and nobody sees to what
    they saw to. What was published, decided, logged and commented stays as it is and names the number of the account,
    so that no hash changes. Raises NotFoundError,
    NotPermittedError, and NotPossibleError where it was erased already, where it is the last chief editor's, and
    without a reason that is needed.
    """
    people = _locked(account_id, by)
    account = require_found(people.get(account_id), f"There is no account with the number {account_id}.")
    actor = people.get(by.pk) if isinstance(by, User) else by
    person = require_person(actor, Permission.ACCOUNT_ERASE, begun_by=account_id)
    if account.erased_at:
        raise NotPossibleError(f"The account {account.username} was erased already.")
    if is_chief_editor(account) and not any(map(is_chief_editor, set(people.values()) - {account})):
        raise NotPossibleError("This is the last chief editor; give somebody else that role first.")
    _erase(account, by=person, note="" if person == account else profile.reason(reason))
    jobs.enqueue(jobs.Job.KEEP_ERASURES)
    return account


@transaction.atomic
def erase_again(*, account_id: int, joined_at: datetime, by: Actor | None) -> bool:
    """Erase an account that had been erased after the backup was made that is in use now; tell whether it was there.

    A number may be given anew after a restore, so the account is the one that was made at `joined_at`, or none.
    Raises NotPermittedError.
    """
    operator = require(by, Permission.ACCOUNT_ERASE_AGAIN)
    found = User.objects.select_for_update(no_key=True).filter(pk=account_id, date_joined=joined_at, erased_at=None)
    account = found.first()
    if account is not None:
        _erase(account, by=operator, note=_AFTER_RESTORE)
    return account is not None


def _locked(account_id: int, by: Actor | None) -> dict[int, User]:
    """Lock the account, whoever acts and all chief editors, in the order of ids like every action on accounts.

    Of two chief editors who erase their accounts at once the second so sees that it is the last.
    """
    own = by.pk if isinstance(by, User) else account_id
    wanted = Q(pk__in={account_id, own}) | Q(role=Role.CHIEF_EDITOR, is_active=True)
    return {one.pk: one for one in User.objects.select_for_update(no_key=True).filter(wanted).order_by("pk")}


def _erase(account: User, *, by: Actor, note: str) -> None:
    proposals = publishing.withdraw_all(account, by=by)
    suggestions = authoring.withdraw_all(account, by=by)
    _end_invitations(account)
    _end_keys(account)
    webhooks.remove_all(account)
    classes.remove_all(account)
    assignments.end_all(account)
    for model, column in ((Notice, "recipient"), (NoticeMail, "recipient"), (MailChoice, "owner")):
        model._default_manager.filter(**{column: account}).delete()
    own_data.attempts(account).delete()
    Session.objects.filter(pk__in=[one.pk for one in own_data.sessions(account)]).delete()
    Authenticator.objects.filter(user=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    # The number of a person at Zotero, whose library was handed in.
    own_libraries = IntakeBatch.objects.filter(by=account, library__startswith=OWN)
    own_libraries.update(library="", library_version=None)
    _leave_a_pseudonym(account)
    code = EventCode.ACCOUNT_ERASED
    record(code, by=by, subject=account, note=note, proposals=proposals, suggestions=suggestions)
    purging.ask()


def _end_invitations(account: User) -> None:
    """Take back what the person made or was sent, and forget the addresses of the latter."""
    to_person = Q(email__in=own_data.addresses(account)) | Q(accepted_by=account)
    undecided = Invitation.objects.undecided().filter(to_person | Q(invited_by=account))
    undecided.update(revoked_at=timezone.now(), revoked_by=account)
    Invitation.objects.filter(to_person).update(email=f"{GONE}-{account.pk}@{GONE}.invalid")


def _end_keys(account: User) -> None:
    own = ApiKey.objects.filter(owner=account)
    own.filter(revoked_at=None).update(revoked_at=timezone.now(), revoked_by=account)
    own.update(name=GONE, hint=GONE, last_used_at=None)


def _leave_a_pseudonym(account: User) -> None:
    account.username = f"{GONE}-{account.pk}"
    account.email = account.first_name = account.last_name = account.display_name = account.interests = ""
    account.role, account.leaning, account.last_login = Role.READER, Leaning.NOT_DECLARED, None
    account.is_active = account.is_staff = account.is_superuser = False
    account.set_unusable_password()
    account.session_number += 1
    account.erased_at = timezone.now()
    account.save()
