"""Notices in words, each by the action that it tells of."""

from collections.abc import Mapping
from typing import Final

from perspectives.vocab import EventCode, NoticeKind

SENTENCES: Final[Mapping[tuple[NoticeKind, EventCode], str]] = {
    (NoticeKind.PROPOSAL, EventCode.EDITION_PROPOSED): "{who} proposed the draft of {what} for publication.",
    (NoticeKind.DECISION, EventCode.EDITION_PUBLISHED): "{who} approved your proposal: {what} has a new edition.",
    (NoticeKind.DECISION, EventCode.EDITION_RETURNED): "{who} returned your proposal of {what}.",
    (NoticeKind.SUGGESTION, EventCode.SUGGESTION_QUESTIONED): "A moderator asks you something about {what}.",
    (NoticeKind.SUGGESTION, EventCode.SUGGESTION_ACCEPTED): "A moderator accepted {what}.",
    (NoticeKind.SUGGESTION, EventCode.SUGGESTION_DECLINED): "A moderator declined {what}.",
    (NoticeKind.SUGGESTION, EventCode.SUGGESTION_REOPENED): "A moderator opened {what} again.",
    (NoticeKind.CORRECTION, EventCode.SOURCE_CHANGED): "{who} changed the record of the source {what}.",
    (NoticeKind.CORRECTION, EventCode.SOURCE_REVERTED): "{who} undid a change of the record of the source {what}.",
    (NoticeKind.CORRECTION, EventCode.SOURCE_MERGED): "{who} merged another record of the same work into {what}.",
    (NoticeKind.COMMENT, EventCode.COMMENT_WRITTEN): "{who} commented on {what}.",
    (NoticeKind.MENTION, EventCode.COMMENT_WRITTEN): "{who} mentioned you in a comment on {what}.",
    (NoticeKind.MENTION, EventCode.COMMENT_EDITED): "{who} mentioned you in a comment on {what}.",
    (NoticeKind.ASSIGNMENT, EventCode.ASSIGNMENT_MADE): "{who} gave you {what} to see to{due}.",
}
"""Readers are not told who decided on their suggestions."""


def sentence(kind: NoticeKind, code: EventCode, *, who: str, what: str, due: str = "") -> str:
    """Say what happened; an action for which there are no words of its kind is told in general."""
    words = SENTENCES.get((kind, code), f"{code.sentence} It is about {{what}}.")
    return words.format(who=who, what=what, due=f", by {due}" if due else "")
