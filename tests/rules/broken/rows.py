"""What the tables of broken packs are made of: rows, and changes to the valid folder of `tests/factories.py`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from perspectives.rules.documents import yaml_text
from tests import factories

Files = dict[str, bytes]
Change = Callable[[Files], Files]

TOPIC = factories.topic_file()
OTHER = factories.topic_file(factories.OTHER_TOPIC)
ARTICLE = "article.yaml"
SOURCES = "sources.yaml"
MISSING = object()


@dataclass(frozen=True)
class Broken:
    """A folder with one mistake, and what must be said about it."""

    id: str
    change: Change
    file: str
    path: str
    sentence: str
    more: tuple[tuple[str, str], ...] = ()
    """Other files and paths at which the same mistake is told."""

    def files(self) -> Files:
        """Make the folder."""
        return self.change(factories.packs())


def steps(path: str) -> list[str | int]:
    """Take a path as written apart."""
    return [int(step[1:-1]) if step[0] == "[" else step for step in re.findall(r"[^.\[\]]+|\[\d+\]", path)]


def edited(file: str, path: str, value: Any) -> Change:
    """Change one value of a file; MISSING takes it away."""

    def change(files: Files) -> Files:
        data = yaml_text.read(files[file]).data
        *way, last = steps(path)
        place = data
        for step in way:
            place = place[step]
        if value is MISSING:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
        return {**files, file: yaml_text.write(data).encode()}

    return change


def raw(file: str, content: bytes) -> Change:
    """Put other bytes in the place of a file."""
    return lambda files: {**files, file: content}


def before(file: str, content: bytes) -> Change:
    """Put bytes before those of a file."""
    return lambda files: {**files, file: content + files[file]}


def after(file: str, content: bytes) -> Change:
    """Put bytes after those of a file."""
    return lambda files: {**files, file: files[file] + content}


def without(file: str) -> Change:
    """Leave a file out."""
    return lambda files: {name: content for name, content in files.items() if name != file}


def every(*changes: Change) -> Change:
    """Make several changes."""

    def change(files: Files) -> Files:
        for one in changes:
            files = one(files)
        return files

    return change


def bad(name: str, file: str, path: str, value: Any, sentence: str, *, at: str | None = None) -> Broken:
    """Make a row for one bad value; the mistake is found where it stands unless `at` says otherwise."""
    return Broken(name, edited(file, path, value), file, path if at is None else at, sentence)


def words(count: int) -> str:
    """Make a text of so many words."""
    return " ".join(f"w{number}" for number in range(count))


def cite(**fields: str) -> dict[str, str]:
    """Make a citation of a source that is no article."""
    return {"source": "okoro2020spans", "relation": "supports", **fields}


def response(from_claim: str, to_claim: str, kind: str = "rebuts") -> dict[str, str]:
    """Make a response."""
    return {"from": from_claim, "to": to_claim, "type": kind, "note": "A note."}


def gap(claim: str, stance: str) -> dict[str, str]:
    """Make a gap."""
    return {"claim": claim, "stance": stance, "note": "A note."}


CLAIM = "perspectives[0].claims[1]"
CITE = f"{CLAIM}.cites[0]"
QUOTED = "perspectives[2].claims[2].cites[0]"
"""A citation with quotation, language, translation and translator."""
NO_MAPPING = "is not a mapping; write 'field: value' lines here"
NO_LIST = "is not a list; write the items one under another, each after '- '"
BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
AGAIN = "stands here a second time; keep one or rename it"
