"""What was written, what was answered, and where it must be readable afterwards."""

import itertools
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Outcome(StrEnum):
    """What the sender of a write knows in the end."""

    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"
    DONE_BEFORE = "done before"
    """An answer was lost, and the same write sent again was refused: the first must have been done."""
    REFUSED = "refused"


@dataclass
class Write:
    """One write; its marker is in what it writes and nowhere else."""

    kind: str
    marker: str
    outcome: Outcome = Outcome.UNKNOWN
    tries: int = 0
    first_sent: float = 0.0
    acknowledged: float = 0.0
    answer: str = ""
    lost: list[str] = field(default_factory=list)
    """What came in place of an answer: a status from 500 on, or how the connection ended."""

    @property
    def must_be_there(self) -> bool:
        """Whether it was done, as far as its sender knows."""
        return self.outcome in {Outcome.ACKNOWLEDGED, Outcome.DONE_BEFORE}

    def as_json(self) -> dict[str, Any]:
        """Give what the inspector needs."""
        return asdict(self)


class Look(NamedTuple):
    """Where a write can be read over HTTP: at which address, with which key or session, by which words."""

    path: str
    words: str
    who: str


@dataclass
class Journal:
    """All writes of a run, and what can be read of them now: a later write to an address replaces the words."""

    seed: int
    writes: list[Write] = field(default_factory=list)
    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def new(self, kind: str) -> Write:
        """Begin a write; threads may do so at once."""
        write = Write(kind, f"crash{self.seed:03}w{next(self.numbers):05}")
        self.writes.append(write)
        return write

    def readable(self, path: str, words: str, who: str) -> None:
        """Note where a write that was done can be read."""
        self.looks[path, who] = Look(path, words, who)
