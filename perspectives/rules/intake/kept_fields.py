"""Whether everything that an entry says is in its record: what is not is said, in the words of who wrote it."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from perspectives.rules.documents.problems import shown
from perspectives.rules.sources import identifiers

_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class RawField:
    """A field as somebody wrote it, and the CSL variables that may hold what it says, none where there is no place."""

    name: str
    value: str
    variables: tuple[str, ...] = ()
    compared: str = ""
    """The words that the record must have of it; empty where it is written otherwise than a record writes it."""


def left_out(fields: Iterable[RawField], record: Mapping[str, Any], said: Collection[str]) -> Iterator[str]:
    """Give a sentence for each field of which the record has nothing, or not what it says.

    `said` are sentences that begin with the name of a variable: of that nothing is said twice.
    """
    for field in fields:
        names = (field.name, *field.variables)
        if not field.value.strip() or any(sentence.startswith(f"{name}:") for name in names for sentence in said):
            continue
        held = [record[variable] for variable in field.variables if variable in record]
        if not held:
            yield f"{field.name}: '{shown(field.value)}' has no place in the record; left out."
        elif field.compared and not any(
            _holds(record[name], field.compared, name) for name in field.variables if name in record
        ):
            yield f"{field.name}: '{shown(field.value)}' was left out; the record has '{shown(_text(held[0]))}'."


def _holds(value: Any, written: str, variable: str) -> bool:
    """Whether a value of a record has all words that were written, whatever their order and marks.

    Identifiers are written in more ways than one, with words and parts of addresses about them.
    """
    there = _squeezed(_text(value))
    if variable == "DOI":  # one that was cut short is in what was written too
        return any(_squeezed(unquote(word)).endswith(there) for word in written.split())
    if variable == "URL" and there in _squeezed(written):
        return True
    if variable == "ISBN":
        others = {isbn for found in identifiers.ISBN.findall(written) if (isbn := identifiers.isbn(found))}
        return others <= {there} and (bool(others) or there in _squeezed(written))
    words = [_squeezed(word) for word in written.split()]
    return all(word in there or word.lstrip("0") in there for word in words)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(person.values()) for person in value)
    return str(value)


def _squeezed(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
