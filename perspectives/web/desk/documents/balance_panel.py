"""The balance meter and the list of rules beside a draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from perspectives.rules.documents.parts import LISTS
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication import balance
from perspectives.rules.publication.balance import Breach, Sources
from perspectives.rules.publication.disclosure import Elsewhere
from perspectives.vocab import Stance
from perspectives.web.desk.documents.part_table import anchor

Limits = tuple[int | None, int | None]
"""At least and at most; None where that does not matter."""
_NO_LIMITS: Limits = (None, None)
_WHOLE = 100
_ROOM = 1.15
"""How much longer than the largest figure a bar may become."""


@dataclass(frozen=True)
class Bar:
    """A figure, what it should lie within, and both in hundredths of the room that the bars of a measure share."""

    label: str
    stance: Stance | None
    value: int
    low: int | None
    high: int | None
    room: float

    @property
    def length(self) -> int:
        """How long the bar is."""
        return self._part(self.value)

    @property
    def marks(self) -> list[int]:
        """Where the thresholds stand."""
        return [self._part(mark) for mark in (self.low, self.high) if mark is not None]

    @property
    def wanted(self) -> str:
        """What the figure should be, in words."""
        if self.low is None:
            return ""
        return f"at least {self.low}" if self.high is None else f"{self.low} to {self.high}"

    @property
    def is_kept(self) -> bool:
        """Whether the figure is as it should be."""
        return (self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high)

    def _part(self, value: int) -> int:
        return round(_WHOLE * value / self.room) if self.room else 0


@dataclass(frozen=True)
class Measure:
    """One thing that is counted, by stance."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Place:
    """Where a rule is broken: what to mend, and the part where that is done."""

    message: str
    anchor: str


@dataclass(frozen=True)
class RuleLine:
    """A rule, and where it is broken."""

    sentence: str
    broken_at: tuple[Place, ...]


class BalancePanel:
    """The figures of a draft and what the balance gate says of it."""

    def __init__(self, document: TopicDocument, sources: Sources, author: str, others: Elsewhere) -> None:
        self.document = document
        self._figures = balance.figures(document, sources)
        self._names = {stance: author if stance is Stance.AUTHOR else stance.label for stance in Stance}
        found = sorted(balance.broken(document, sources, others), key=lambda breach: breach.code)
        broken = {code: tuple(breaches) for code, breaches in groupby(found, key=lambda breach: breach.code)}
        self.rules = tuple(
            RuleLine(rule.sentence, tuple(self._place(breach) for breach in broken.get(rule.code, ())))
            for rule in balance.RULES
        )

    @property
    def broken(self) -> int:
        """How many rules are broken."""
        return sum(bool(rule.broken_at) for rule in self.rules)

    @property
    def measures(self) -> Iterator[Measure]:
        """What is counted."""
        figures = self._figures
        words: Limits = (
            balance.words_limits(figures.words[Stance.AUTHOR]) if figures.words[Stance.AUTHOR] else (None, None)
        )
        yield self._by_stance("Words", figures.words, dict.fromkeys(balance.ANSWERING, words))
        sides = [side.stance for side in self.document.perspectives]
        claims: dict[Stance, Limits] = {
            stance: (balance.MIN_CLAIMS * max(1, sides.count(stance)), None) for stance in Stance
        }
        yield self._by_stance("Claims", figures.claims, claims)
        yield self._by_stance("Sources", figures.sources, {})
        together = [
            ("Sources", figures.answering, balance.MIN_SOURCES),
            ("Scholarly or primary", figures.scholarly, balance.MIN_SCHOLARLY),
        ]
        room = _ROOM * max(max(value, low) for _, value, low in together)
        yield Measure(
            "Opposing and neutral together",
            tuple(Bar(label, None, value, low, None, room) for label, value, low in together),
        )

    def _by_stance(self, name: str, values: Mapping[Stance, int], limits: Mapping[Stance, Limits]) -> Measure:
        within = {stance: limits.get(stance, _NO_LIMITS) for stance in Stance}
        room = _ROOM * max([*values.values(), *(mark or 0 for pair in within.values() for mark in pair)])
        bars = (Bar(self._names[one], one, values[one], low, high, room) for one, (low, high) in within.items())
        return Measure(name, tuple(bars))

    def _place(self, breach: Breach) -> Place:
        """Name the part where a breach is mended: a claim, a perspective or a list."""
        claims = {
            f"{self.document.topic}/{claim.id}": f"perspectives/{side.id}/claims/{claim.id}"
            for side in self.document.perspectives
            for claim in side.claims
        }
        sides = {
            f"perspectives[{index}].{name}": f"perspectives/{side.id}"
            for index, side in enumerate(self.document.perspectives)
            for name in ("claims", "held_by")
        }
        of_list = breach.where if breach.where.partition("/")[0] in LISTS else "head"
        path = {**claims, **sides}.get(breach.where, of_list)
        is_claim = breach.where in claims
        return Place(f"{path.rpartition('/')[2]} {breach.message}" if is_claim else breach.message, anchor(path))
