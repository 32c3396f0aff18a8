"""Dates that may be known to the year or the month alone, in words."""

from datetime import date

_YEAR, _MONTH = 4, 7
"""The lengths of dates known to the year and to the month."""


def partial_date(value: str) -> str:
    """Write a date as exactly as it is known: 2014, November 2024, or 17 December 2021."""
    if len(value) == _YEAR:
        return value
    if len(value) == _MONTH:
        return f"{date.fromisoformat(f'{value}-01'):%B} {value[:_YEAR]}"
    return f"{int(value[8:])} {date.fromisoformat(value):%B} {value[:_YEAR]}"


def years_to(start: str, end: str) -> str:
    """Write a period by its years: first and last, or one year alone."""
    first, last = start[:_YEAR], end[:_YEAR]
    return first if first == last else f"{first}\N{EN DASH}{last}"
