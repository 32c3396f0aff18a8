"""What the actions on a suggestion share: lock it, move it to another status, add to what is said about it."""

from django.utils import timezone

from perspectives.errors import BrokenRulesError, require_found
from perspectives.models import Suggestion, SuggestionMessage, User
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.transitions import require_transition
from perspectives.rules.suggestions.suggestion_kinds import checked_words
from perspectives.vocab import SuggestionStatus


def locked(suggestion_id: int) -> Suggestion:
    """Lock a suggestion until the transaction ends, so that one action decides. Raises NotFoundError."""
    found = Suggestion.objects.select_for_update(no_key=True).filter(pk=suggestion_id).first()
    return require_found(found, f"There is no suggestion with the number {suggestion_id}.")


def move(suggestion: Suggestion, status: SuggestionStatus) -> None:
    """Give a locked suggestion another status, unsaved. Raises NotPossibleError where the table does not allow it."""
    require_transition(SuggestionStatus.of(suggestion.status), status)
    suggestion.status = status


def say(suggestion: Suggestion, *, by: User, text: str) -> SuggestionMessage:
    """Add to what is said about a suggestion. Raises BrokenRulesError where the text is empty or unreadable."""
    words = checked_words(text, name="text")
    if not words:
        raise BrokenRulesError("Nothing was said.", (Problem("", 0, "text", "is empty; write something"),))
    return SuggestionMessage.objects.create(suggestion=suggestion, by=by, at=timezone.now(), text=words)
