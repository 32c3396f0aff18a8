"""What a file is split into before it is read."""

from dataclasses import dataclass

from perspectives.vocab import IntakeKind


@dataclass(frozen=True)
class Piece:
    """A stretch of a file: an entry of a kind, or (without one) what stands between entries.

    `key` is the entry's name in its file; `problem` says why it cannot be read; a definition is for the entries after
    it.
    """

    raw: str
    kind: IntakeKind | None = None
    key: str = ""
    identifier: str = ""
    problem: str = ""
    is_definition: bool = False
