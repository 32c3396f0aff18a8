"""What the author of a suggestion does: send it, answer questions about it, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.actions.suggestions.suggestion_states import locked, move, say
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPossibleError, require_found
from perspectives.models import ApiKey, Article, Source, Suggestion, Topic, User
from perspectives.models.suggestion import OF_A_TOPIC, OF_ANYTHING, WAITING
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.suggestions.suggestion_queue import sent_with
from perspectives.queries.suggestions.suggestion_targets import Shown, Target, shown
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.canonical_json import sha256
from perspectives.rules.publication.index_records import plain
from perspectives.rules.suggestions import spam
from perspectives.rules.suggestions.suggestion_kinds import checked, checked_words, comparable, texts, work_of
from perspectives.vocab import EventCode, Role, SuggestionKind, SuggestionStatus


@dataclass(frozen=True)
class Proposed:
    """What somebody proposes: a kind by its code, of what, the fields of that kind, and why."""

    kind: str
    target: Target
    payload: Mapping[str, Any]
    words: str = ""


LONGEST_TOKEN = 64
_A_DAY = spam.YOUNG_FOR


@transaction.atomic
def send(
    *,
    by: Actor | None,
    proposed: Proposed,
    version: str = "",
    token: str = "",
    via: int | None = None,
) -> Suggestion:
    """Suggest a change of what is published; `version` names the part as it was when the form was filled in.

    Where this person has sent a form with this `token` before, nothing is written, and what was sent then comes back.
    Raises NotPermittedError, NotFoundError without such a target or key, BrokenRulesError with every problem of the
    payload, ConflictError where another version is published now, and NotPossibleError beyond the quota.
    """
    person = require_person(locked_actor(by), Permission.SUGGESTION_SEND)
    token = token[:LONGEST_TOKEN] if token.isprintable() else ""
    if earlier := sent_with(person, token):
        return earlier
    suggestion, seen = drafted(by=person, proposed=proposed)
    _require_version(seen, version)
    sender = _sender(person)
    if refused := spam.refusal(sender):
        raise NotPossibleError(refused)
    is_sent_before = Suggestion.objects.filter(fingerprint=suggestion.fingerprint).exclude(text="").exists()
    signs = list(spam.signs(sender, suggestion.text, is_sent_before=is_sent_before))
    suggestion.is_quarantined = bool(signs)
    suggestion.token = token
    suggestion.via = _own_key(person, via)
    suggestion.save()
    record(EventCode.SUGGESTION_SENT, by=person, subject=suggestion, kind=suggestion.kind, signs=signs)
    return suggestion


def drafted(*, by: Actor | None, proposed: Proposed) -> tuple[Suggestion, Shown]:
    """Make the unsaved suggestion, checked, and what it is about: nothing is written. Raises like `send`."""
    person = require_person(by, Permission.SUGGESTION_SEND)
    target = proposed.target
    known = _kind(proposed.kind)
    _require_target(known, target)
    seen = shown(target)
    data = plain(checked(known, proposed.payload))
    words = checked_words(proposed.words)
    if known is SuggestionKind.CORRECTION and not data.get("wording") and not words:
        raise BrokenRulesError("Nothing is corrected.", (Problem("", 0, "words", "is empty; say what is wrong"),))
    text = "\n".join([*texts(data), words]).strip()
    suggestion = Suggestion(
        kind=known,
        topic=Topic.objects.get(slug=target.topic) if target.topic else None,
        article=Article.objects.get(slug=target.article) if target.article else None,
        source=Source.objects.get(key=target.source) if target.source else None,
        path=target.path,
        seen=seen.part,
        payload=data,
        words=words,
        text=text,
        fingerprint=sha256(comparable(text).encode()),
        work=work_of(data),
        sent_at=timezone.now(),
        by=person,
    )
    return suggestion, seen


@transaction.atomic
def answer(*, suggestion_id: int, by: Actor | None, text: str) -> Suggestion:
    """Answer what a moderator asked; the suggestion waits for a decision again.

    Raises NotFoundError, NotPermittedError, NotPossibleError where nothing was asked, and BrokenRulesError.
    """
    suggestion = locked(suggestion_id)
    person = require_person(by, Permission.SUGGESTION_ANSWER, begun_by=suggestion.by_id)
    move(suggestion, SuggestionStatus.OPEN)
    say(suggestion, by=person, text=text)
    suggestion.save(update_fields=["status"])
    record(EventCode.SUGGESTION_ANSWERED, by=person, subject=suggestion)
    return suggestion


@transaction.atomic
def withdraw(*, suggestion_id: int, by: Actor | None) -> Suggestion:
    """Take one's own suggestion back for good. Raises NotFoundError, NotPermittedError and NotPossibleError."""
    suggestion = locked(suggestion_id)
    person = require_person(by, Permission.SUGGESTION_ANSWER, begun_by=suggestion.by_id)
    _withdraw(suggestion, person, by=person)
    return suggestion


def withdraw_all(author: User, *, by: Actor) -> int:
    """Take back what somebody suggested that is not decided, since the account is erased; give how many."""
    waiting = Suggestion.objects.select_for_update(no_key=True).filter(by=author, status__in=WAITING)
    found = list(waiting.order_by("pk"))
    for suggestion in found:
        _withdraw(suggestion, author, by=by)
    return len(found)


def _withdraw(suggestion: Suggestion, author: User, *, by: Actor) -> None:
    move(suggestion, SuggestionStatus.WITHDRAWN)
    suggestion.decided_at = timezone.now()
    suggestion.decided_by = author
    suggestion.save(update_fields=["status", "decided_at", "decided_by"])
    record(EventCode.SUGGESTION_WITHDRAWN, by=by, subject=suggestion)


def _kind(code: str) -> SuggestionKind:
    if code not in SuggestionKind.values:
        raise NotFoundError(f"There is no suggestion of the kind '{code}'.")
    return SuggestionKind.of(code)


def _require_target(kind: SuggestionKind, target: Target) -> None:
    """Raise NotFoundError unless a suggestion of this kind can be about this target."""
    named = [name for name in (target.topic, target.article, target.source) if name]
    if kind is SuggestionKind.NEW_SOURCE:
        is_right = not (target.article or target.source or target.path)
    elif kind in OF_A_TOPIC:
        is_right = bool(target.topic) and _part_is_of(kind, target.path)
    elif kind is SuggestionKind.DISPUTE:
        is_right = bool(target.article) and "/findings/" in target.path
    else:
        is_right = kind in OF_ANYTHING and bool(named)
    if not is_right or len(named) > 1:
        raise NotFoundError("Choose on the page of a topic, of the article or of a source what you would change.")


def _part_is_of(kind: SuggestionKind, path: str) -> bool:
    if kind is SuggestionKind.GAP_ANSWER:
        return path.startswith("gaps/")
    if kind is SuggestionKind.MISSING_VIEW:
        return not path
    return "/claims/" in path or path.startswith(("common_ground/", "events/"))


def _require_version(seen: Shown, version: str) -> None:
    if version and version != seen.version:
        raise ConflictError(
            "This was changed since you opened the form. Look at it as it is now, and send it again if it still holds.",
            path=seen.target.path,
            now=seen.part,
        )


def _sender(person: User) -> spam.Sender:
    now = timezone.now()
    own = Suggestion.objects.filter(by=person)
    return spam.Sender(
        role=Role.of(person.role),
        age=now - person.date_joined,
        sent_in_a_day=own.filter(sent_at__gt=now - _A_DAY).count(),
        undecided=own.filter(status__in=WAITING).count(),
    )


def _own_key(person: User, key_id: int | None) -> ApiKey | None:
    if key_id is None:
        return None
    key = ApiKey.objects.filter(pk=key_id, owner=person).first()
    return require_found(key, f"You have no key with the number {key_id}.")
