"""From the work that a suggestion describes to a source: its record and its citekey."""

import re
import unicodedata
from collections.abc import Container

from pydantic import ValidationError

from perspectives.errors import BrokenRulesError
from perspectives.rules.problems import Problem, from_validation, written
from perspectives.rules.source_record import SourceRecord
from perspectives.rules.suggestion import Plain, Work
from perspectives.vocab import MetadataState

_FIELDS = {"container_title": "container-title"}
_SMALL_WORDS = frozenset({"a", "an", "the", "der", "die", "das", "le", "la", "les", "on", "of"})


def record_of(work: Work) -> SourceRecord:
    """Make the record of a work that a moderator took over. Raises BrokenRulesError where something needed is missing.

    Nobody has seen the whole record in print by that, so it counts as partly confirmed.
    """
    data: Plain = {
        _FIELDS.get(name, name): value
        for name in (
            "type",
            "title",
            "issued",
            "container_title",
            "publisher",
            "DOI",
            "ISBN",
            "URL",
            "category",
            "language",
        )
        if (value := getattr(work, name)) is not None
    }
    data |= {"author": [_name(author) for author in work.authors]} if work.authors else {}
    data["checked"] = {
        "metadata": MetadataState.PARTLY,
        "note": "Suggested by a reader and looked over by a moderator.",
    }
    try:
        return SourceRecord.model_validate(data)
    except ValidationError as error:
        problems = tuple(Problem("", 0, written(path), words) for path, words in from_validation(error, SourceRecord))
        raise BrokenRulesError("The work is not described well enough to become a source.", problems) from error


def citekey(record: SourceRecord, taken: Container[str]) -> str:
    """Make the key of a new source: family name, year, first telling word of the title; a number where it is taken."""
    first = record.author[0] if record.author else None
    name = (first.family or first.literal or "") if first else ""
    words = [word for word in map(_letters, record.title.split()) if word and word not in _SMALL_WORDS]
    base = f"{_letters(name)[:30]}{(record.issued or '')[:4]}{words[0] if words else ''}"[:70] or "source"
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _name(author: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in author.partition(","))
    return {"family": family, "given": given} if comma and family and given else {"literal": author}


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)
