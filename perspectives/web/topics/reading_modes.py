"""Ways to read a comparison: side by side, one side at a time, or the evidence only; and which side stands first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from perspectives.vocab import BibliographyStyle, Stance


class Reading(StrEnum):
    """What of the comparison is shown."""

    SIDES = "sides"
    AUTHOR = Stance.AUTHOR.value
    OPPOSING = Stance.OPPOSING.value
    NEUTRAL = Stance.NEUTRAL.value
    EVIDENCE = "evidence"

    @property
    def only(self) -> Stance | None:
        """The one side that is shown, or nothing where all are."""
        return Stance.of(self.value) if self.value in Stance else None


@dataclass(frozen=True)
class Mode:
    """A way to read, as a link."""

    label: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Modes:
    """What the reader chose, and the links to everything else."""

    reading: Reading
    first: Stance
    style: BibliographyStyle
    author: str
    """The name that the author's side goes by."""

    @property
    def order(self) -> tuple[Stance, ...]:
        """The sides from the chosen one on, in their usual turn."""
        usual = list(Stance)
        start = usual.index(self.first)
        return tuple(usual[start:] + usual[:start])

    @property
    def readings(self) -> Iterator[Mode]:
        """The ways to read."""
        names = {Reading.SIDES: "Side by side", Reading.EVIDENCE: "Evidence only"}
        for one in Reading:
            name = names.get(one) or f"Only {self.author if one.only is Stance.AUTHOR else one.value}"
            yield Mode(name, self._address(view=one.value), one is self.reading)

    @property
    def firsts(self) -> Iterator[Mode]:
        """The sides that may stand first."""
        for stance in Stance:
            name = self.author if stance is Stance.AUTHOR else stance.label
            yield Mode(name, self._address(first=stance.value), stance is self.first)

    @property
    def styles(self) -> Iterator[Mode]:
        """The citation styles."""
        for style in BibliographyStyle:
            address = self._address("part_bibliography", style=style.value)
            yield Mode(str(style.label), address, style is self.style)

    def _address(self, anchor: str = "part_comparison", **changed: str) -> str:
        chosen = {"view": self.reading.value, "style": self.style.value}
        usual = {"view": Reading.SIDES.value, "style": BibliographyStyle.APA.value}
        kept = {name: value for name, value in {**chosen, **changed}.items() if value != usual.get(name)}
        return f"?{urlencode(kept)}#{anchor}"
