"""What moderators do with suggestions: ask, accept, decline one or many, open again, let out of quarantine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.notices.notifying import notify
from perspectives.actions.suggestions import suggested_changes
from perspectives.actions.suggestions.suggestion_states import locked, move, say
from perspectives.errors import BrokenRulesError, DomainError, NotPossibleError
from perspectives.models import LogEntry, Suggestion, User
from perspectives.policy import Actor, Permission, require_person
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.index_records import plain
from perspectives.rules.suggestions.suggestion_kinds import checked, checked_words
from perspectives.vocab import AcceptReason, DeclineReason, EventCode, NoticeKind, SuggestionKind, SuggestionStatus

MOST_AT_ONCE = 200
"""How many suggestions can be declined at once."""


@dataclass(frozen=True)
class Declined:
    """What declining many came to: the numbers that were declined, and of the others why not."""

    done: tuple[int, ...]
    refused: Mapping[int, str]


@transaction.atomic
def ask(*, suggestion_id: int, by: Actor | None, text: str) -> Suggestion:
    """Ask the author of a suggestion for more.

    Raises NotFoundError, NotPermittedError, NotPossibleError and, without a question, BrokenRulesError.
    """
    suggestion, person = _locked(suggestion_id, by)
    move(suggestion, SuggestionStatus.NEEDS_INFO)
    say(suggestion, by=person, text=text)
    suggestion.save(update_fields=["status"])
    _tell(suggestion, record(EventCode.SUGGESTION_QUESTIONED, by=person, subject=suggestion))
    return suggestion


@transaction.atomic
def accept(
    *,
    suggestion_id: int,
    by: Actor | None,
    words: str = "",
    payload: Mapping[str, Any] | None = None,
    onto: str = "",
    is_by_hand: bool = False,
) -> Suggestion:
    """Accept a suggestion and make its change, in one transaction; `payload` is what a moderator made of it.

    The change is made to the part as the author saw it, or to the version `onto` of it that the moderator has compared.
    What no machine can do, or what is done `is_by_hand`, needs words that say what was done. Raises NotFoundError,
    NotPermittedError, NotPossibleError, BrokenRulesError, and ConflictError with the part as it stands now; in all of
    these cases the suggestion stays as it was.
    """
    suggestion, person = _locked(suggestion_id, by)
    move(suggestion, SuggestionStatus.ACCEPTED)
    kind = SuggestionKind.of(suggestion.kind)
    wanted = checked(kind, suggestion.payload if payload is None else payload)
    words = checked_words(words)
    is_edited = plain(wanted) != suggestion.payload
    is_by_hand = is_by_hand or not suggested_changes.is_applicable(suggestion, wanted)
    if is_by_hand and not words:
        raise BrokenRulesError(
            "Say what was done: this change is not made by machine, and its author will read what you write.",
            (Problem("", 0, "words", "is empty; say what was done"),),
        )
    made = {} if is_by_hand else suggested_changes.apply(suggestion, wanted, by=person, onto=onto)
    reason = AcceptReason.DONE_OTHERWISE if is_by_hand else AcceptReason.EDITED if is_edited else AcceptReason.AS_SENT
    _decide(suggestion, by=person, reason=reason, words=words)
    detail: dict[str, Any] = {"reason": reason, **made}
    if is_edited and not is_by_hand:
        detail["payload"] = plain(wanted)
    _tell(suggestion, record(EventCode.SUGGESTION_ACCEPTED, by=person, subject=suggestion, note=words, **detail))
    return suggestion


@transaction.atomic
def decline(*, suggestion_id: int, by: Actor | None, reason: str, words: str = "") -> Suggestion:
    """Decline a suggestion for a reason of the list; the reason `other` needs words.

    Raises NotFoundError, NotPermittedError, NotPossibleError and BrokenRulesError.
    """
    suggestion, person = _locked(suggestion_id, by)
    chosen, words = _reason(reason, words)
    _decline(suggestion, person, chosen, words)
    return suggestion


@transaction.atomic
def decline_many(*, suggestion_ids: Iterable[int], by: Actor | None, reason: str, words: str = "") -> Declined:
    """Decline suggestions for one reason, each with its own record; what cannot be declined stays and is told.

    Raises NotPermittedError for who may decide on none, NotPossibleError for more than `MOST_AT_ONCE`, and
    BrokenRulesError without a reason.
    """
    person = require_person(by, Permission.TOPIC_CHANGE)
    chosen, words = _reason(reason, words)
    ids = sorted(set(suggestion_ids))
    if len(ids) > MOST_AT_ONCE:
        raise NotPossibleError(f"Decline at most {MOST_AT_ONCE} suggestions at once.")
    done, refused = [], {}
    for number in ids:
        try:
            with transaction.atomic():
                suggestion, _ = _locked(number, person)
                _decline(suggestion, person, chosen, words)
        except DomainError as error:
            refused[number] = error.message
        else:
            done.append(number)
    return Declined(tuple(done), refused)


@transaction.atomic
def reopen(*, suggestion_id: int, by: Actor | None) -> Suggestion:
    """Open a declined suggestion again. Raises NotFoundError, NotPermittedError and NotPossibleError."""
    suggestion, person = _locked(suggestion_id, by)
    move(suggestion, SuggestionStatus.OPEN)
    suggestion.decided_at, suggestion.decided_by = None, None
    suggestion.reason, suggestion.answer = "", ""
    suggestion.save(update_fields=["status", "decided_at", "decided_by", "reason", "answer"])
    _tell(suggestion, record(EventCode.SUGGESTION_REOPENED, by=person, subject=suggestion))
    return suggestion


@transaction.atomic
def release(*, suggestion_id: int, by: Actor | None) -> Suggestion:
    """Let a suggestion out of quarantine into the queue. Raises NotFoundError, NotPermittedError, NotPossibleError."""
    suggestion, person = _locked(suggestion_id, by)
    if not suggestion.is_quarantined:
        raise NotPossibleError("The suggestion is not in quarantine.")
    suggestion.is_quarantined = False
    suggestion.save(update_fields=["is_quarantined"])
    record(EventCode.SUGGESTION_RELEASED, by=person, subject=suggestion)
    return suggestion


def _locked(suggestion_id: int, by: Actor | None) -> tuple[Suggestion, User]:
    """Lock a suggestion for somebody who may decide on it: not its author."""
    suggestion = locked(suggestion_id)
    return suggestion, require_person(by, Permission.SUGGESTION_DECIDE, begun_by=suggestion.by_id)


def _reason(code: str, words: str) -> tuple[DeclineReason, str]:
    if code not in DeclineReason.values:
        problem = Problem("", 0, "reason", f"is not one of {', '.join(DeclineReason.values)}; choose one")
        raise BrokenRulesError("Choose a reason.", (problem,))
    reason, words = DeclineReason.of(code), checked_words(words)
    if reason is DeclineReason.OTHER and not words:
        raise BrokenRulesError("Give the reason.", (Problem("", 0, "words", "is empty; say what the reason is"),))
    return reason, words


def _decline(suggestion: Suggestion, person: User, reason: DeclineReason, words: str) -> None:
    move(suggestion, SuggestionStatus.DECLINED)
    _decide(suggestion, by=person, reason=reason, words=words)
    _tell(suggestion, record(EventCode.SUGGESTION_DECLINED, by=person, subject=suggestion, note=words, reason=reason))


def _decide(suggestion: Suggestion, *, by: User, reason: AcceptReason | DeclineReason, words: str) -> None:
    suggestion.decided_at = timezone.now()
    suggestion.decided_by = by
    suggestion.reason, suggestion.answer = reason, words
    suggestion.save(update_fields=["status", "decided_at", "decided_by", "reason", "answer"])


def _tell(suggestion: Suggestion, entry: LogEntry) -> None:
    """Tell the author, who has an account: nobody suggests without one."""
    notify(NoticeKind.SUGGESTION, entry, to=[suggestion.by_id])
