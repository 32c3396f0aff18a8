"""Comments on drafts and proposals: write one, change or delete one's own."""

from datetime import timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.actions.notices.notifying import notify
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import Comment, LogEntry, User
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.discussion import discussed
from perspectives.queries.notices import recipients
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.rules.discussion import mentions
from perspectives.rules.suggestions.suggestion_kinds import checked_words
from perspectives.vocab import EventCode, NoticeKind

LONGEST_TOKEN: Final = 64
CHANGED_UNTIL: Final = timedelta(days=1)
"""How long after it was written a comment may be changed; others rely on what they answered to."""


class Written(NamedTuple):
    """A comment, and names that it mentions of which there is nobody at the desk."""

    comment: Comment
    unknown: tuple[str, ...]


@transaction.atomic
def write(*, kind: str, number: int, text: str, by: Actor | None, token: str = "") -> Written:
    """Comment on the draft of a topic or an article, or on a proposal; `kind` and `number` name it.

    Who is mentioned is told, and so is who commented there, sees to it or proposed it. Where this person has sent a
    form with this `token` before, nothing is written, and what was sent then comes back. Raises NotPermittedError,
    NotFoundError and BrokenRulesError.
    """
    person = require_person(locked_actor(by), Permission.COMMENT_WRITE)
    token = token[:LONGEST_TOKEN] if token.isprintable() else ""
    if token and (earlier := Comment.objects.filter(by=person, token=token).first()):
        return Written(earlier, ())
    subject = discussed.subject(kind, number)
    found = _read(text)
    about = discussed.owner(subject)
    comment = Comment.objects.create(**about, by=person, at=timezone.now(), text=found.text, token=token)
    entry = _record(EventCode.COMMENT_WRITTEN, comment, by=person)
    notify(NoticeKind.MENTION, entry, to=found.people)
    notify(NoticeKind.COMMENT, entry, to=recipients.of_discussion(subject))
    return Written(comment, found.unknown)


@transaction.atomic
def edit(*, comment_id: int, text: str, by: Actor | None) -> Written:
    """Change the words of one's own comment within a day; who is mentioned only now is told.

    Raises NotFoundError, NotPermittedError, NotPossibleError later than that, and BrokenRulesError.
    """
    comment = _locked(comment_id)
    person = require_person(by, Permission.COMMENT_EDIT, begun_by=comment.by_id)
    if timezone.now() - comment.at > CHANGED_UNTIL:
        raise NotPossibleError("A comment can be changed for a day. Write another, or delete this one.")
    found = _read(text)
    if found.text == comment.text:
        return Written(comment, found.unknown)
    before, comment.text, comment.edited_at = mentions.mentioned(comment.text), found.text, timezone.now()
    comment.save(update_fields=["text", "edited_at"])
    entry = _record(EventCode.COMMENT_EDITED, comment, by=person)
    notify(NoticeKind.MENTION, entry, to=found.people - before)
    return Written(comment, found.unknown)


@transaction.atomic
def delete(*, comment_id: int, by: Actor | None) -> Comment:
    """Delete the words of one's own comment, or as chief editor of somebody's; that there was one stays.

    Raises NotFoundError and NotPermittedError.
    """
    comment = _locked(comment_id)
    person = require_person(by, Permission.COMMENT_DELETE, begun_by=comment.by_id)
    comment.text, comment.deleted_at, comment.deleted_by = "", timezone.now(), person
    comment.save(update_fields=["text", "deleted_at", "deleted_by"])
    _record(EventCode.COMMENT_DELETED, comment, by=person)
    return comment


def _locked(comment_id: int) -> Comment:
    found = Comment.objects.select_for_update(no_key=True).filter(pk=comment_id, deleted_at=None).first()
    return require_found(found, f"There is no comment {comment_id}; perhaps it was deleted.")


def _read(text: str) -> mentions.Mentions:
    words = checked_words(text, name="text")
    if not words:
        raise BrokenRulesError("Nothing was said.", (FieldProblem("text", "Write something."),))
    return mentions.kept(words, dict(discussed.people_at_desk().values_list("username", "pk")))


def _record(code: EventCode, comment: Comment, *, by: User) -> LogEntry:
    """Record what was done; the words stay out of the log, which is for ever."""
    logged, detail = discussed.logged_as(discussed.subject_of(comment))
    return record(code, by=by, subject=logged, comment=comment.pk, **detail)
