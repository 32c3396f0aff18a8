"""Invented claims to search, always the same: a vocabulary as uneven as a language's, sentences of usual length."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from perspectives.rules.topics.people import person_slug
from perspectives.vocab import ClaimKind, SourceCategory, Stance

VOCABULARY = 50_000
CLAIMS_A_TOPIC = 30
TEXT_WORDS = 35
TITLE_WORDS = 9
NOTE_WORDS = 12
SOURCES = 20_000
HOLDERS = 2_000
_ONSETS = tuple("b bl br c ch d dr f fl g gr h k l m n p pl pr qu r s sh st t tr v w".split(" "))  # noqa: SIM905 - legible
_NUCLEI = tuple("a e i o u ai ea ou".split(" "))  # noqa: SIM905 - likewise
_CODAS = tuple("l m n nd r rt st t ck ss".split(" "))  # noqa: SIM905 - likewise
_ENDINGS = ("", "", "", "s", "ed", "ing", "ation", "er")
_FLATTENING = 2.7
"""Of the Zipf–Mandelbrot law: the share of the word of rank r is proportional to 1 / (r + 2.7)."""


@dataclass(frozen=True)
class Claim:
    """One invented claim: what the published index holds of it."""

    number: int
    stance: str
    kind: str
    text: str
    perspective: str
    holders: list[str]
    sources: str
    categories: list[str]
    years: list[int]
    notes: str

    @property
    def public_id(self) -> str:
        """The claim's id, `t12/c367`."""
        return f"t{self.number // CLAIMS_A_TOPIC}/c{self.number}"

    @property
    def record(self) -> str:
        """The record in JSON, of the usual length."""
        cite = {"source": "invented", "locator": "p. 1", "relation": "supports", "quote": self.sources}
        parts = {"id": self.public_id, "text": self.text, "held_by": self.holders, "stance": self.stance}
        return json.dumps({**parts, "kind": self.kind, "cites": [cite, cite], "answers": [{"note": self.notes}]})


class Corpus:
    """The vocabulary, commonest word first, and the claims made of it."""

    def __init__(self, claims: int) -> None:
        self.size = claims
        self.random = random.Random(1)
        self.words = self._vocabulary()
        self.shares = list(accumulate(1 / (rank + _FLATTENING) for rank in range(1, VOCABULARY + 1)))

    def _vocabulary(self) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            syllables = self.random.choice((1, 2, 2, 3))
            root = "".join(self.random.choice(_ONSETS) + self.random.choice(_NUCLEI) for _ in range(syllables))
            found[root + self.random.choice(_CODAS) + self.random.choice(_ENDINGS)] = None
        return list(found)

    def phrase(self, length: int) -> str:
        """Draw a phrase of words by their shares."""
        return " ".join(self.random.choices(self.words, cum_weights=self.shares, k=length))

    def claims(self) -> Iterator[Claim]:
        """Make the claims one by one."""
        draw = self.random
        titles = [self.phrase(TITLE_WORDS) for _ in range(SOURCES)]
        people = [self.phrase(2).title() for _ in range(HOLDERS)]
        for number in range(self.size):
            holders = draw.sample(people, 2)
            yield Claim(
                number=number,
                stance=draw.choice(Stance.values),
                kind=draw.choice(ClaimKind.values),
                text=self.phrase(draw.randint(TEXT_WORDS - 10, TEXT_WORDS + 10)),
                perspective="\n".join([self.phrase(4), *holders]),
                holders=holders,
                sources="\n".join(draw.sample(titles, 2)),
                categories=draw.sample(SourceCategory.values, 2),
                years=sorted(draw.sample(range(1950, 2025), 2)),
                notes=self.phrase(NOTE_WORDS),
            )

    @staticmethod
    def slugs(claim: Claim) -> list[str]:
        """Give the slugs of a claim's holders."""
        return [person_slug(name) for name in claim.holders]
