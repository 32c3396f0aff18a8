"""Dates of works: known to the year, month or day, approximate, a season or a period (a part of EDTF level 1).

EDTF is ISO 8601-2; written are `1914`, `1914-06`, `1914-06-28`, `1914~` (approximate), `1914?` (uncertain), `1914%`
(both), `2001-21` (spring; 22 to 24 the seasons after it), `1914/1918` and `1914/..` (still going on).
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from perspectives.rules.topics import dates

FIRST_SEASON: Final = 21
SEASONS: Final = ("spring", "summer", "autumn", "winter")
_END = r"\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?"
_FORM: Final = re.compile(rf"{_END}(?:/(?:{_END}|\.\.))?", re.ASCII)
OPEN: Final = ".."
_MARKS: Final = {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}


def is_plain(value: str) -> bool:
    """Whether a date is known to the year, the month or the day, and nothing more is said of it."""
    return _season(value) is None and "/" not in value and value[-1:] not in _MARKS


def is_date(text: str) -> bool:
    """Whether a text has the form of such a date; the calendar is for `documents.fields` to look at."""
    return _FORM.fullmatch(text) is not None


def start(value: str) -> str:
    """Give the date, of a period its beginning, without what more is said: year, month or day. Of a season its year."""
    first = _bare(value.partition("/")[0])
    return first if _season(first) is None else first[:4]


def in_words(value: str) -> str:
    """Write a date for readers: 28 June 1914, about 1914, spring 2001, 1914 to 1918, from 1914."""
    first, _, last = value.partition("/")
    if not last:
        return _one_in_words(first)
    if last == OPEN:
        return f"from {_one_in_words(first)}"
    return f"{_one_in_words(first)} to {_one_in_words(last)}"


def csl(value: str) -> dict[str, Any]:
    """Write a date as CSL-JSON; the open end of a period is a year 0 there, as citation programs read it."""
    ends = value.split("/")
    parts = [[0] if end == OPEN else [int(part) for part in _bare(end).split("-")] for end in ends]
    return {"date-parts": parts} | ({"circa": True} if any(end[-1:] in _MARKS for end in ends) else {})


def from_csl(parts: list[list[int]], *, is_circa: bool) -> str:
    """Write CSL's parts of a date, or of the two ends of a period, as a date of a work; '' where there are none."""
    ends = list(_ends(parts[:2]))
    if not ends or ends[0] == OPEN:
        return ""
    return "/".join(end if end == OPEN or not is_circa else f"{end}~" for end in ends)


def _ends(parts: list[list[int]]) -> Iterator[str]:
    for year, *more in filter(None, parts):
        rest = [part for part in more[:2] if part]
        yield "-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) if year else OPEN


def _one_in_words(value: str) -> str:
    bare, season = _bare(value), _season(value)
    words = dates.partial_date(bare) if season is None else f"{season} {bare[:4]}"
    return _MARKS.get(value[-1:], "{}").format(words)


def _bare(value: str) -> str:
    return value.rstrip("".join(_MARKS))


def _season(value: str) -> str | None:
    month = _bare(value)[5:7]
    number = int(month) - FIRST_SEASON if month.isdigit() else -1
    return SEASONS[number] if 0 <= number < len(SEASONS) else None
