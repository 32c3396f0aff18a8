"""What suggestions look like to those who send them, and to those who decide on them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from perspectives.api.desk.shapes import ActionChoice, Moment, OwnSlug, Page, Record, SourceKey, named_by
from perspectives.rules.documents.fields import CiteKey, Heading, Line, Part, Slug
from perspectives.vocab import DeclineReason, SuggestionKind, SuggestionStatus

Words = Annotated[str, Field(max_length=5000)]
"""Free words; what they may hold is `rules.suggestions.suggestion_kinds.checked_words`."""
_Name = Annotated[Heading, named_by("username")]
Version = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class NewSuggestion(Part):
    """A change that is suggested: of which part of what, and the fields of its kind.

    Name one of `topic`, `article` and `source`, and in `path` the part, such as `perspectives/author/claims/s1`,
    `gaps/0`, `events/2` or, of an article, `passages/p01/findings/0`. A new source needs no target.
    """

    kind: SuggestionKind
    topic: Slug | None = None
    article: Slug | None = None
    source: CiteKey | None = None
    path: Annotated[Line, Field(max_length=250)] | None = None
    payload: dict[str, Any]
    """What `rules.suggestions.suggestion_kinds` says for the kind; every mistake is told by its field."""
    words: Words = ""
    version: Version | None = None
    """Of the part as it was seen; where another is published now, the answer is 412."""
    token: Annotated[Line, Field(max_length=64)] | None = None
    """Chosen by the sender: the same token again sends nothing, and gives what was sent first."""
    anyway: bool = False
    """Send it although it is like something that was suggested or is among the sources."""


class Text(Part):
    """An answer to what a moderator asked."""

    text: Words


class Message(Part):
    """A question about a suggestion, or its author's answer."""

    by: Literal["author", "moderator"]
    at: Moment
    text: str


class SuggestionSummary(Record):
    """A suggestion in a list. `reason` is a code, `answer` what the moderator wrote."""

    id: int
    kind: SuggestionKind
    status: SuggestionStatus
    topic: OwnSlug | None = None
    article: OwnSlug | None = None
    source: SourceKey | None = None
    path: str | None = None
    sent_at: Moment
    payload: dict[str, Any]
    words: str | None = None
    decided_at: Moment | None = None
    reason: str | None = None
    answer: str | None = None


class OwnSuggestion(SuggestionSummary):
    """One's own suggestion, with the part as one saw it and what was said since."""

    seen: dict[str, Any]
    messages: tuple[Message, ...]


class OwnSuggestions(Page[SuggestionSummary]):
    """One's own suggestions, newest first."""


class QueuedSuggestion(SuggestionSummary):
    """A suggestion in the queue, with its author and whether an API key sent it."""

    by: _Name
    by_key: bool
    is_quarantined: bool
    decided_by: _Name | None = None


class SuggestionRecord(QueuedSuggestion):
    """A suggestion to decide on; `signs` are the reasons for which it is in quarantine."""

    seen: dict[str, Any]
    messages: tuple[Message, ...]
    signs: tuple[str, ...] = ()


class SuggestionQueue(Part):
    """Suggestions, oldest first, and how many there are on all pages."""

    next: str | None = None
    total: int
    results: tuple[QueuedSuggestion, ...]


class SuggestionDecision(ActionChoice):
    """What is decided on a suggestion.

    `accept` takes an altered `payload`, `onto` (the version of the part as it stands now, where that has changed since
    the suggestion) and `is_by_hand`; `decline` needs a `reason`; `ask` needs a `text`.
    """

    takes = {
        "accept": {"payload", "words", "onto", "is_by_hand"},
        "decline": {"reason", "words"},
        "ask": {"text"},
        "reopen": set(),
        "release": set(),
    }
    decision: Literal["accept", "decline", "ask", "reopen", "release"]
    payload: dict[str, Any] | None = None
    onto: Version | None = None
    is_by_hand: bool = False
    reason: DeclineReason | None = None
    words: Words = ""
    text: Words = ""
