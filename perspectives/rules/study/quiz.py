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

Record = Mapping[str, Any]
"""A claim as the index keeps it: see `rules.publication.index_records.claim_records`."""


def dealt(items: Iterable[str], seed: int) -> list[str]:
    """Put items in an order that depends on the seed alone: not on the machine, not on the other items."""
    return sorted(items, key=lambda item: sha256(f"{seed}:{item}".encode()).digest())


def tells_its_side(text: str, people: Iterable[str]) -> bool:
    """Whether a text names one of the people, by whole name or family name: then a reader need not think whose it is.

    Names count as written, since some are words as well ("Power", "Person"), and as whole words.
    """
    words = set(chain.from_iterable(_parts(word) for word in _NAME.findall(text)))
    return any(family in words for family in map(_family, people) if len(family) >= _SHORTEST_NAME)


def sheet(claims: Iterable[Record], *, people: Iterable[str], seed: int) -> list[Record]:
    """Choose the claims of a sheet, as many from each topic as can be, none that tells whose it is.

    Those who hold a perspective or state a claim are added to `people`, whose names give a claim away.
    """
    known = {record["id"]: record for record in claims}
    names = {*people, *chain.from_iterable((*one["held_by"], *one["stated_by"]) for one in known.values())}
    by_topic: dict[str, list[str]] = {}
    for claim in dealt((key for key, record in known.items() if not tells_its_side(record["text"], names)), seed):
        by_topic.setdefault(known[claim]["topic"], []).append(claim)
    rounds = zip_longest(*(by_topic[topic] for topic in dealt(by_topic, seed)))
    chosen = [claim for claim in chain.from_iterable(rounds) if claim is not None][:QUESTIONS]
    return [known[claim] for claim in dealt(chosen, seed)]


def question_id(claim: str) -> str:
    """Name the question about a claim: the same on every sheet and in every edition, and telling no side.

    The claim's own id would tell it by its first letter.
    """
    return sha256(claim.encode()).hexdigest()[:_ID_CHARACTERS]


def questions(claims: Iterable[Record], *, has_answers: bool) -> list[dict[str, Any]]:
    """Write the claims of a sheet as questions in their order; with answers each also says whose claim it is."""
    return [
        {
            "id": question_id(record["id"]),
            "text": record["text"],
            **({"answer": _answer(record)} if has_answers else {}),
        }
        for record in claims
    ]


def _answer(record: Record) -> dict[str, Any]:
    names = ("stance", "perspective_label", "is_authors_own", "stated_by")
    return {"claim": record["id"], **{name: record[name] for name in names}}


def _family(name: str) -> str:
    words = _NAME.findall(name)
    return words[-1] if words else ""


def _parts(word: str) -> tuple[str, str]:
    """Give a word as it stands and without the ending of a genitive."""
    return word, re.sub(r"['’]s?$", "", word)
