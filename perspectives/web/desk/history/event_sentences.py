"""Entries of the event log as sentences."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from perspectives.models import LogEntry
from perspectives.rules.documents.parts import Change
from perspectives.vocab import EventCode

OPERATOR: Final = "The operator at the command line"
SENTENCES: Final[Mapping[EventCode, str]] = {
    EventCode.PACK_LOADED: "loaded a pack into the draft of {what}",
    EventCode.EDITION_PROPOSED: "proposed the draft of {what} for publication",
    EventCode.EDITION_RETURNED: "returned proposal {proposal} of {what}",
    EventCode.EDITION_WITHDRAWN: "withdrew proposal {proposal} of {what}",
    EventCode.EDITION_PUBLISHED: "published edition {edition} of {what}",
    EventCode.EDITION_RESTORED: "made the draft of {what} anew from edition {edition}",
    EventCode.EDITION_RETRACTED: "retracted edition {edition} of {what}",
    EventCode.DOCUMENT_ARCHIVED: "archived {what}",
    EventCode.DOCUMENT_REINSTATED: "brought {what} back from the archive",
    EventCode.ARGUMENT_IMPORTED: "imported claims and responses into the draft of {what}",
    EventCode.ACCOUNT_CREATED: "made the account {what}",
    EventCode.API_KEY_CREATED: "made an API key",
    EventCode.API_KEY_REVOKED: "revoked an API key",
    EventCode.WEBHOOK_ADDED: "added a webhook",
    EventCode.WEBHOOK_REMOVED: "removed a webhook",
    EventCode.WEBHOOK_RESUMED: "resumed a webhook",
    EventCode.WEBHOOK_SENT: "had a message of a webhook sent",
    EventCode.LTI_REGISTERED: "registered a learning platform",
    EventCode.LTI_STOPPED: "stopped the launches of a learning platform",
    EventCode.LTI_RESUMED: "let a learning platform launch again",
    EventCode.TOPIC_CHANGED: "changed the draft of {what}",
    EventCode.TOPIC_REVERTED: "undid change {entry} of the draft of {what}",
    EventCode.ARTICLE_CHANGED: "changed the draft of {what}",
    EventCode.SOURCE_ADDED: "added the source {what}",
    EventCode.SOURCE_CHANGED: "changed the record of {what}",
    EventCode.SOURCE_REVERTED: "undid a change of the record of {what}",
    EventCode.SOURCE_DEPRECATED: "marked {what} as a source not to cite any more",
    EventCode.SOURCE_REINSTATED: "allowed {what} to be cited again",
    EventCode.SOURCE_MERGED: "merged the source {what} with another",
    EventCode.THESAURUS_CHANGED: "changed the thesaurus of the search",
    EventCode.INTAKE_STARTED: "handed in sources to be taken in",
    EventCode.INTAKE_DECIDED: "decided on an entry of an intake",
    EventCode.SUGGESTION_SENT: "sent {what}",
    EventCode.SUGGESTION_ANSWERED: "added to {what}",
    EventCode.SUGGESTION_QUESTIONED: "asked for more about {what}",
    EventCode.SUGGESTION_ACCEPTED: "accepted {what}",
    EventCode.SUGGESTION_DECLINED: "declined {what}",
    EventCode.SUGGESTION_REOPENED: "opened {what} again",
    EventCode.SUGGESTION_WITHDRAWN: "took {what} back",
    EventCode.SUGGESTION_RELEASED: "let {what} out of quarantine",
    EventCode.ACCOUNT_INVITED: "invited somebody",
    EventCode.ACCOUNT_JOINED: "accepted an invitation",
    EventCode.ACCOUNT_CHANGED: "changed the profile of {what}",
    EventCode.ACCOUNT_ROLE_CHANGED: "changed the role of {what}",
    EventCode.ACCOUNT_DEACTIVATED: "closed the account {what}",
    EventCode.ACCOUNT_ERASED: "erased the account {what}",
    EventCode.ACCOUNT_REACTIVATED: "opened the account {what} again",
    EventCode.QUOTATION_CONFIRMED: "confirmed a quotation of {what}",
    EventCode.CONFIRMATION_WITHDRAWN: "withdrew the confirmation of a quotation of {what}",
    EventCode.COMMENT_WRITTEN: "commented on {what}",
    EventCode.COMMENT_EDITED: "changed a comment on {what}",
    EventCode.COMMENT_DELETED: "deleted a comment on {what}",
    EventCode.ASSIGNMENT_MADE: "gave {what} to somebody to see to",
    EventCode.ASSIGNMENT_ENDED: "gave {what} to nobody any more",
}
"""What somebody did, after the person's name. `what` is what the action was done on; other names are of its detail."""
MOST_PARTS: Final = 4
"""How many changed parts a line names before it only counts the rest."""


@dataclass(frozen=True)
class Line:
    """An entry in a list."""

    entry: LogEntry
    who: str
    sentence: str
    paths: tuple[str, ...]
    more: int
    """How many parts were changed beside those in `paths`."""


def line(entry: LogEntry) -> Line:
    """Show an entry in a line; a detail that nobody foresaw changes nothing."""
    paths = tuple(dict.fromkeys(change.path for change in changes(entry)))
    return Line(entry, who(entry), sentence(entry), paths[:MOST_PARTS], max(0, len(paths) - MOST_PARTS))


def who(entry: LogEntry) -> str:
    """Name the person, or the operator where there is none."""
    return entry.by.username if entry.by else OPERATOR


def sentence(entry: LogEntry) -> str:
    """Say what was done, after the person's name."""
    given = entry.detail.items() if isinstance(entry.detail, dict) else ()
    known = {name: value for name, value in given if isinstance(value, str | int)} | {"what": what(entry)}
    # What the detail of an old entry does not hold is left open.
    return SENTENCES[EventCode.of(entry.code)].format_map(defaultdict(lambda: "?", known))


def what(entry: LogEntry) -> str:
    """Name what the action was done on."""
    if entry.topic:
        return f"“{entry.topic.title}”"
    if entry.article:
        return f"the guide to “{entry.article.title}”"
    if entry.source:
        return entry.source.key
    if entry.account:
        return entry.account.username
    if entry.suggestion:
        return f"suggestion {entry.suggestion.pk}"
    named = entry.detail.get("username") if isinstance(entry.detail, dict) else None
    return named if isinstance(named, str) else "something"


def changes(entry: LogEntry) -> tuple[Change, ...]:
    """Read the changes of an entry; what is in a form that is no longer known is passed over."""
    return tuple(_readable(entry.changes if isinstance(entry.changes, list) else []))


def _readable(items: list[Any]) -> Iterator[Change]:
    for item in items:
        try:
            yield Change.from_json(item)
        except TypeError:
            continue


@dataclass(frozen=True)
class Way:
    """A link from an entry to what it speaks of."""

    words: str
    address: str


def ways(entry: LogEntry) -> Iterator[Way]:
    """Lead to the proposal and the published edition that an entry speaks of, and to all on the same topic."""
    detail = entry.detail if isinstance(entry.detail, dict) else {}
    if isinstance(number := detail.get("proposal"), int):
        yield Way(f"Proposal {number}", reverse("desk-proposal", args=[number]))
    if entry.suggestion:
        yield Way(f"Suggestion {entry.suggestion.pk}", reverse("desk-suggestion", args=[entry.suggestion.pk]))
    if entry.source:
        yield Way(f"Source {entry.source.key}", reverse("desk-source", args=[entry.source.key]))
    owner = entry.topic or entry.article
    if owner:
        kind = "topic" if entry.topic else "article"
        if isinstance(number := detail.get("edition"), int):
            yield Way(f"Edition {number}, as readers see it", reverse(f"{kind}-edition", args=[owner.slug, number]))
        yield Way(f"Everything on {what(entry)}", f"{reverse('desk-history')}?{kind}={owner.slug}")
    if isinstance(number := detail.get("entry"), int):
        yield Way(f"Entry {number}", reverse("desk-history-entry", args=[number]))
