"""A question of a quiz as all formats of learning platforms have it: words, and answers, one of them right."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perspectives.rules.study.quiz_questions import KINDS, Evidence, Question

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell of a file: a true one would give other bytes each time."""
_READABLE_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Option:
    """An answer to choose from."""

    id: str
    text: str


@dataclass(frozen=True)
class Exercise:
    """A question; `right` is the id of the one right answer, `feedback` tells the reason and the evidence."""

    id: str
    task: str
    text: str
    options: tuple[Option, ...]
    right: str
    feedback: str


@dataclass(frozen=True)
class Quiz:
    """The questions of a sheet, under a name that is the same each time."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]


def exercise(question: Question, evidence: Iterable[Evidence], address: str) -> Exercise:
    """Write a question of ours; `address` is that of the claim that its answer rests on."""
    return Exercise(
        id=question.id,
        task=KINDS[question.kind],
        text=question.claim["text"],
        options=tuple(Option(choice.value, choice.text) for choice in question.choices),
        right=question.right,
        feedback=" ".join([question.reason, *map(_line, evidence), address]),
    )


def _line(one: Evidence) -> str:
    place = f", {one.locator}" if one.locator else ""
    words = f": “{one.quote}”" if one.quote else ""
    line = f"{one.names}, {one.title}{place}{words}"
    return line if line.rstrip("”").endswith((".", "?", "!")) else f"{line}."


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files, each a name and its bytes, into a zip; the same files give the same bytes."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, body in files:
            info = ZipInfo(name, date_time=_FIRST_MOMENT)
            info.create_system, info.external_attr = 3, _READABLE_FILE
            archive.writestr(info, body, compress_type=ZIP_DEFLATED, compresslevel=9)
    return stream.getvalue()
