"""Who would say this? A sheet of real claims, the same for everybody who has its number."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import chain, zip_longest
from typing import Any

QUESTIONS = 8
"""How many claims a sheet asks about."""
SHEETS = 9999
"""The highest number of a sheet: short enough to be read out in a classroom."""
_ID_CHARACTERS = 12
_SHORTEST_NAME = 3
_NAME = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TELLING = re.compile(
    r"\b(?:adds?|added that|this side|(?:the|this) (?:article|author)|allied (?:scholar|writer|critic)\w*)\b",
    re.IGNORECASE,
)
"""Words by which a claim speaks of its own side: as an addition to what others on it said, or by what the side is."""

Record = Mapping[str, Any]
"""A claim as the index keeps it: see `rules.publication.index_records.claim_records`."""


def dealt(items: Iterable[str], seed: int) -> list[str]:
    """Put items in an order that depends on the seed alone: not on the machine, not on the other items."""
    return sorted(items, key=lambda item: sha256(f"{seed}:{item}".encode()).digest())


def tells_its_side(text: str, people: Iterable[str]) -> bool:
    """Whether a text speaks of its own side or names one of the people: then a reader need not think whose it is.

    Of people the family name counts, as written, since some are words as well ("Power", "Person"), and as a whole word.
    """
    if _TELLING.search(text):
        return True
    return names_any(text, people)


def names_any(text: str, people: Iterable[str]) -> bool:
    """Whether a text has the family name of one of the people, as written and as a whole word."""
    words = set(chain.from_iterable(_parts(word) for word in _NAME.findall(text)))
    return any(family in words for family in map(_family, people) if len(family) >= _SHORTEST_NAME)


def sheet(claims: Iterable[Record], *, people: Iterable[str], seed: int) -> list[Record]:
    """Choose the claims of a sheet, as many from each topic as can be, none that tells whose it is.

    Those who hold a perspective or state a claim are added to `people`, whose names give a claim away.
    """
    known = {record["id"]: record for record in claims}
    names = {*people, *chain.from_iterable((*one["held_by"], *one["stated_by"]) for one in known.values())}
    asked = (record for record in known.values() if not tells_its_side(record["text"], names))
    return spread(asked, seed)


def spread(claims: Iterable[Record], seed: int) -> list[Record]:
    """Choose as many claims as a sheet asks about, from each topic as many as can be, in an order of the seed's."""
    known = {record["id"]: record for record in claims}
    by_topic: dict[str, list[str]] = {}
    for claim in dealt(known, seed):
        by_topic.setdefault(known[claim]["topic"], []).append(claim)
    rounds = zip_longest(*(by_topic[topic] for topic in dealt(by_topic, seed)))
    chosen = [claim for claim in chain.from_iterable(rounds) if claim is not None][:QUESTIONS]
    return [known[claim] for claim in dealt(chosen, seed)]


def question_id(claim: str) -> str:
    """Name the question about a claim: the same on every sheet and in every edition, and telling no side.

    The claim's own id would tell it by its first letter.
    """
    return sha256(claim.encode()).hexdigest()[:_ID_CHARACTERS]


def _family(name: str) -> str:
    words = _NAME.findall(name)
    return words[-1] if words else ""


def _parts(word: str) -> tuple[str, str]:
    """Give a word as it stands and without the ending of a genitive."""
    return word, re.sub(r"['’]s?$", "", word)
