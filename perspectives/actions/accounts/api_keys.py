"""API keys: make, revoke, note that one was used."""

import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import ApiKey, User
from perspectives.policy import Actor, Permission, can, needs_second_factor, require_person
from perspectives.queries.accounts.members import has_totp
from perspectives.rules.accounts import key_secret
from perspectives.vocab import EventCode, Scope

MOST_LIVE_KEYS = 20
"""How many keys that work a person may have at once."""
LONGEST_NAME = 80
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create(*, by: Actor | None, name: str, scopes: Collection[str], expires_at: datetime | None) -> tuple[ApiKey, str]:
    """Make a key for whoever asks, and give it with its secret, which nobody can read again.

    A key that curates is for those who may see the desk, and needs the second factor that the desk asks for. Raises
    NotPermittedError, BrokenRulesError with all that is wrong with the values, and NotPossibleError where the person
    has a key of this name or `MOST_LIVE_KEYS` keys already.
    """
    person = require_person(locked_actor(by), Permission.API_KEY_CREATE)
    now = timezone.now()
    name = name.strip()
    problems = (*_problems(name, scopes, expires_at, now), *_problems_of_curating(person, scopes))
    if problems:
        raise BrokenRulesError("The key cannot be made like this.", problems)
    _require_room(person, name, now)
    secret = key_secret.written(secrets.token_bytes(key_secret.RANDOM_BYTES))
    key = ApiKey.objects.create(
        owner=person,
        name=name,
        sha256=key_secret.digest(secret),
        hint=key_secret.hint(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    record(EventCode.API_KEY_CREATED, by=person, key=key.pk, scopes=key.scopes)
    return key, secret


@transaction.atomic
def revoke(*, key_id: int, by: Actor | None) -> ApiKey:
    """End a key for good. Raises NotFoundError, NotPermittedError, and NotPossibleError where that was done already."""
    key = ApiKey.objects.select_for_update(no_key=True).filter(pk=key_id).first()
    key = require_found(key, f"There is no key with the number {key_id}.")
    person = require_person(by, Permission.API_KEY_REVOKE, begun_by=key.owner_id)
    if key.revoked_at is not None:
        raise NotPossibleError(f"The key '{key.name}' was revoked already.")
    key.revoked_at = timezone.now()
    key.revoked_by = person
    key.save(update_fields=["revoked_at", "revoked_by"])
    record(EventCode.API_KEY_REVOKED, by=person, key=key.pk)
    return key


def note_use(*, key_id: int) -> None:
    """Keep the time at which a key was used, at most once a minute; the log does not tell of it."""
    now = timezone.now()
    is_due = Q(last_used_at=None) | Q(last_used_at__lt=now - _USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(is_due, pk=key_id).update(last_used_at=now)


def _problems(name: str, scopes: Collection[str], expires_at: datetime | None, now: datetime) -> Iterator[str]:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield f"Give the key a name of at most {LONGEST_NAME} printable characters."
    if not scopes or not set(scopes) <= set(Scope.values):
        yield f"Choose one or more of the scopes {', '.join(Scope.values)}."
    if expires_at is not None and expires_at <= now:
        yield "Let the key expire in the future, or never."


def _problems_of_curating(person: User, scopes: Collection[str]) -> Iterator[str]:
    if Scope.CURATE not in scopes:
        return
    if not can(person, Permission.DESK_SEE):
        yield "Leave the scope 'curate' out: it is for those who take part at the desk."
    elif needs_second_factor(person) and not has_totp(person):
        yield "Set a second factor up first: the desk asks you for one, and this key would do without."


def _require_room(person: User, name: str, now: datetime) -> None:
    keys = ApiKey.objects.filter(owner=person)
    if keys.filter(name=name, revoked_at=None).exists():
        raise NotPossibleError(f"You have a key '{name}' already; choose another name, or revoke that key first.")
    if keys.live(now).count() >= MOST_LIVE_KEYS:
        raise NotPossibleError(f"You have {MOST_LIVE_KEYS} keys already; revoke one that you do not use.")
