"""The copies that a web archive lists of an address, as a TimeMap of Memento (RFC 7089) has them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

_LINK: Final = re.compile(r'<([^<>\s]{1,2000})>((?:\s*;\s*[a-z]{1,20}="[^"]{0,200}")+)')
_REL: Final = re.compile(r';\s*rel="([^"]*)"')
_WHEN: Final = re.compile(r';\s*datetime="([^"]*)"')


@dataclass(frozen=True)
class Memento:
    """A copy: its address and the day on which it was made."""

    address: str
    on: date


def mementos(text: str, archive: str) -> Iterator[Memento]:
    """Read the copies that lie on the server of the `archive` itself; what is malformed is passed over."""
    server = urlsplit(archive).netloc
    for address, more in _LINK.findall(text):
        rel, when = _REL.search(more), _WHEN.search(more)
        if rel is None or when is None or "memento" not in rel[1].split():
            continue
        try:
            parts, on = urlsplit(address), parsedate_to_datetime(when[1]).date()
        except ValueError:
            continue
        if parts.netloc == server and parts.scheme in {"http", "https"}:
            yield Memento(address, on)


def nearest(found: Iterable[Memento], day: date) -> Memento | None:
    """Choose the copy that was made nearest to a day, of two as near the earlier; None where there is none."""
    return min(found, key=lambda one: (abs((one.on - day).days), one.on), default=None)


def day_of(partial: str) -> date | None:
    """Take the middle of a year or a month that a date is known to; None where nothing is known."""
    if not partial:
        return None
    return date.fromisoformat(partial + {4: "-07-01", 7: "-15"}.get(len(partial), ""))
