"""Which works may be one and the same: by identifier for certain, by title, author and year likely.

Two records are likely the same work where the mean of their likenesses reaches `THRESHOLD`: title (weight 0.7, the
share of equal characters after small letters, without marks and subtitles' punctuation), first author (0.2), year (0.1;
a year apart counts half, as print and web versions differ). A field that one of the two lacks counts as half alike, so
that records with bare titles need equal ones.

A title is compared with all that are known: rapidfuzz gives up on most after a glance, so that 100 records against
50,000 works take about as long as making those known.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from perspectives.rules.documents.problems import shown
from perspectives.rules.sources import identifiers

Plain = dict[str, Any]
THRESHOLD = 85.0
CERTAIN = 100.0
_TITLE, _AUTHOR, _YEAR = 0.7, 0.2, 0.1
_UNKNOWN = 50.0
_LEAST_TITLE = (THRESHOLD - 100 * (_AUTHOR + _YEAR)) / _TITLE
"""Below this a title is too different whatever the rest says."""
_MOST_LOOKED_AT = 20


@dataclass(frozen=True)
class Match:
    """A work that may be the same: its name here, how alike (100: certain), and why, as a sentence."""

    name: int
    likeness: float
    reason: str

    @property
    def is_certain(self) -> bool:
        """Whether an identifier says so."""
        return self.likeness >= CERTAIN


class Known:
    """The works that are known, by whole numbers; ask it for the one that a record may be."""

    def __init__(self, records: Iterable[tuple[int, Mapping[str, Any]]] = ()) -> None:
        self._by_identifier: dict[str, int] = {}
        self._records: dict[int, Mapping[str, Any]] = {}
        self._titles: dict[int, str] = {}
        for name, record in records:
            self.add(name, record)

    def add(self, name: int, record: Mapping[str, Any]) -> None:
        """Make a work known."""
        self._records[name] = record
        for _, value in _identifiers(record):
            self._by_identifier.setdefault(value, name)
        if title := folded(record.get("title", "")):
            self._titles[name] = title

    def match(self, record: Mapping[str, Any]) -> Match | None:
        """Find the work that is most like a record: the same identifier, else a likeness above the threshold."""
        for label, value in _identifiers(record):
            if value in self._by_identifier:
                words = f"It has the same {label}, {shown(value.partition(' ')[2])}."
                return Match(self._by_identifier[value], CERTAIN, words)
        title = folded(record.get("title", ""))
        found = process.extract(
            title,
            self._titles if title else {},
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=_LEAST_TITLE,
            limit=_MOST_LOOKED_AT,
        )
        likely = [(self._likeness(record, name, score), name) for _, score, name in found]
        likeness, name = max(likely, default=(0.0, 0), key=lambda pair: (pair[0], -pair[1]))
        if likeness < THRESHOLD:
            return None
        return Match(name, min(likeness, CERTAIN - 0.1), f"Title, first author and year are {likeness:.0f}% alike.")

    def _likeness(self, record: Mapping[str, Any], name: int, title: float) -> float:
        other = self._records[name]
        author, year = _authors_alike(record, other), _years_alike(record, other)
        return _TITLE * title + _AUTHOR * author + _YEAR * year


def folded(text: str) -> str:
    """Write a text for comparing: small letters, no accents, no marks, single spaces."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


def _identifiers(record: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if doi := identifiers.doi(record.get("DOI", "")):
        yield "DOI", f"doi {doi}"
    # A chapter has the ISBN of its book, and is another work than the book and its other chapters.
    if record.get("type") != "chapter" and (isbn := identifiers.isbn(record.get("ISBN", ""))):
        yield "ISBN", f"isbn {isbn}"
    if page := identifiers.same_page(record.get("URL", "")):
        yield "web address", f"url {page}"


def _authors_alike(record: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    ours, theirs = _first_author(record), _first_author(other)
    return fuzz.ratio(ours, theirs) if ours and theirs else _UNKNOWN


def _first_author(record: Mapping[str, Any]) -> str:
    people = record.get("author") or record.get("editor") or [{}]
    return folded(people[0].get("family") or people[0].get("literal", ""))


def _years_alike(record: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    ours, theirs = record.get("issued", "")[:4], other.get("issued", "")[:4]
    if not ours or not theirs:
        return _UNKNOWN
    return {0: 100.0, 1: 50.0}.get(abs(int(ours) - int(theirs)), 0.0)


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ; None where one of them lacks it."""

    field: str
    ours: Any
    theirs: Any


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """List the fields of `theirs` that `ours` lacks or has otherwise, in the order of `ours`, then of `theirs`."""
    names = [*ours, *(name for name in theirs if name not in ours)]
    return [
        Difference(name, ours.get(name), theirs[name])
        for name in names
        if name in theirs and name != "checked" and not _is_same(name, ours.get(name), theirs[name])
    ]


def merged(ours: Mapping[str, Any], theirs: Mapping[str, Any], choices: Iterable[str]) -> Plain:
    """Give `ours` with the chosen fields as `theirs` has them; everything else stays as it is."""
    wanted = set(choices)
    return {**ours, **{name: theirs[name] for name in theirs if name in wanted}}


def _is_same(name: str, ours: Any, theirs: Any) -> bool:
    compare = {"DOI": identifiers.doi, "ISBN": identifiers.isbn}.get(name)
    return compare(ours) == compare(theirs) if compare and ours else bool(ours == theirs)
