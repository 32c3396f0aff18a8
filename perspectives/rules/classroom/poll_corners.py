"""The corners of a poll with what may be shown of its ballots."""

from collections.abc import Iterable
from dataclasses import dataclass

from perspectives.rules.classroom import polls
from perspectives.rules.documents.topic_document import Crux
from perspectives.vocab import PollCorner


@dataclass(frozen=True)
class Corner:
    """A corner of a poll: what it stands for, and how many chose it (None: hidden)."""

    corner: PollCorner
    words: str
    before: int | None
    after: int | None
    flows: tuple[int | None, ...]


def corners(crux: Crux | None, ballots: Iterable[tuple[str, str]]) -> list[Corner]:
    """Give the corners about a question in their order, with what may be shown of the ballots."""
    words, counted = _words(crux), polls.result(ballots)
    return [
        Corner(corner, words[corner], counted.before[place], counted.after[place], counted.flows[place])
        for place, corner in enumerate(PollCorner)
    ]


def _words(crux: Crux | None) -> dict[PollCorner, str]:
    """Say what each corner stands for: the answer of a side, or none."""
    answers = {one: getattr(crux, one.value, "") for one in PollCorner}
    return {**answers, PollCorner.UNSURE: PollCorner.UNSURE.sentence}
