"""Dates of CSL-JSON as ours, and what a record cannot hold of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.sources import work_dates
from perspectives.rules.sources.work_dates import FIRST_SEASON

_SEASONS = range(21, 42)
"""What EDTF writes for seasons, quarters and halves of a year in the place of a month."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"(?<![a-z0-9])(?:(?:{'|'.join(_MONTHS)})[a-z]*|(?:1[0-2]|0?[1-9])(?=\W*\Z))", re.IGNORECASE)
_OTHER_PARTS = range(25, 42)
_SEASON_NUMBERS = {"1", "2", "3", "4"}
_SEASON = re.compile(r"-2[1-4]\b")
_MARK = re.compile(r"[~?%]")
_WRITTEN = re.compile(r"\b(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\b")


def work_date(value: Any) -> str:
    """Write CSL's date as that of a work, with what it says of its certainty; '' where there is none."""
    if not isinstance(value, Mapping):
        return partial_date(value)
    parts = _parts(value)
    season = value.get("season")
    if len(parts) == 1 and len(parts[0]) == 1 and str(season) in _SEASON_NUMBERS:
        parts[0].append(FIRST_SEASON - 1 + int(str(season)))
    if parts and any(len(part) > 1 and part[1] in _OTHER_PARTS for part in parts):
        return partial_date(value)
    if parts:
        return work_dates.from_csl(parts, is_circa=bool(value.get("circa")))
    read = partial_date(value)
    return f"{read}~" if read and value.get("circa") else read


def partial_date(value: Any) -> str:
    """Write CSL's date as one known to the year, month or day: of a period its beginning; '' where there is none."""
    if isinstance(value, Mapping):
        if parts := next(iter(_parts(value)), []):
            year, month, *day = [*parts, 0, 0]
            rest = [] if month in _SEASONS or not month else [month, *filter(None, day[:1])]
            return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])
        value = value.get("raw") or value.get("literal")
    match = _WRITTEN.search(str(value)) if isinstance(value, str | int) else None
    return "-".join(part for part in match.groups() if part) if match else ""


def month(text: str) -> int | None:
    """Find the first month that a text names, in words or by a number at its end; None where it names none."""
    found = _MONTH.search(text)
    if found is None:
        return None
    return int(found[0]) if found[0].isdigit() else 1 + _MONTHS.index(found[0][:3].lower())


def losses(value: Mapping[str, Any], kept: str) -> Iterator[str]:
    """Say what a date, of which a record has `kept`, says besides."""
    parts = _parts(value)
    if len(parts) > 1 and "/" not in kept:
        period = "/".join("-".join(map(str, part)) for part in parts)
        yield f"of the period {period} the record has the beginning, {kept}."
    if value.get("circa") and not _MARK.search(kept):
        yield f"it is approximate, which the record does not say; kept as {kept}."
    season = value.get("season") or next((part[1] for part in parts[:1] if len(part) > 1 and part[1] in _SEASONS), "")
    if season and not _SEASON.search(kept):
        yield f"the season ({season}) has no place in the record; kept as {kept}."


def _parts(value: Mapping[str, Any]) -> list[list[int]]:
    """Read the parts of a date, or of the ends of a period, an open end as a year 0; none where they are no numbers."""
    try:
        written = [parts for parts in value.get("date-parts") or [] if parts]
        read = [[int(part) for part in parts if part not in {"", None}] for parts in written]
    except (TypeError, ValueError, OverflowError):
        return []
    return [parts[:1] if parts[:1] == [0] else [part for part in parts if part] for parts in read if parts]
