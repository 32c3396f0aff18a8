"""Dates of CSL-JSON as ours, and what a record cannot hold of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SEASONS = range(21, 42)
"""What EDTF writes for seasons, quarters and halves of a year in the place of a month."""
_WRITTEN = re.compile(r"\b(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\b")


def partial_date(value: Any) -> str:
    """Write CSL's date as ours: of a period its beginning, of a season its year; '' where there is none."""
    if isinstance(value, Mapping):
        if parts := next(iter(_parts(value)), []):
            year, month, *day = [*parts, 0, 0]
            rest = [] if month in _SEASONS or not month else [month, *filter(None, day[:1])]
            return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])
        value = value.get("raw") or value.get("literal")
    match = _WRITTEN.search(str(value)) if isinstance(value, str | int) else None
    return "-".join(part for part in match.groups() if part) if match else ""


def losses(value: Mapping[str, Any], kept: str) -> Iterator[str]:
    """Say what a date, of which a record has `kept`, says besides."""
    parts = _parts(value)
    if len(parts) > 1:
        period = "/".join("-".join(map(str, part)) for part in parts)
        yield f"of the period {period} the record has the beginning, {kept}."
    if value.get("circa"):
        yield f"it is approximate, which the record does not say; kept as {kept}."
    season = value.get("season") or next((part[1] for part in parts[:1] if len(part) > 1 and part[1] in _SEASONS), "")
    if season:
        yield f"the season ({season}) has no place in the record; kept as {kept}."


def _parts(value: Mapping[str, Any]) -> list[list[int]]:
    """Read the parts of a date, or of the two ends of a period; none where they are no numbers."""
    try:
        return [[int(part) for part in parts if part] for parts in value.get("date-parts") or [] if parts]
    except (TypeError, ValueError, OverflowError):
        return []
