"""Whether everything that an entry says is in its record: what is not is said, in the words of who wrote it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from perspectives.rules.documents.problems import shown
from perspectives.rules.sources import identifiers

_WORD = re.compile(r"\w+")
_SHORT = 3
"""How many letters a word has at most that is not looked for within other words."""
_RESOLVER = re.compile(r"\A\W*(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi:?\s*)+", re.IGNORECASE)
_LABELS = Counter(("isbn", "13", "10"))
_DATES = {"issued", "original-date", "accessed"}


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

    Identifiers are written in more ways than one, and the same word may be in a date twice.
    """
    if variable == "DOI":
        return _squeezed(_RESOLVER.sub("", unquote(written))) == _squeezed(unquote(str(value)))
    if variable == "ISBN":
        others = {isbn for found in identifiers.ISBN.findall(written) if (isbn := identifiers.isbn(found))}
        return others == {value} and _words(identifiers.ISBN.sub("", written)) <= _LABELS
    if variable == "URL":
        value, written = unquote(str(value)), unquote(written)
    there, wanted = _words(_text(value)), _words(written)
    if variable in _DATES:
        return wanted <= there
    whole = "".join(there)
    return all(word in there or (len(word) > _SHORT and word in whole) for word in wanted)


def _words(text: str) -> Counter[str]:
    """Count the words of a text in the order in which they come first, numbers without zeros before them."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return Counter(word.lstrip("0") for word in found)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(person.values()) for person in value)
    return str(value)


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text))).casefold()
