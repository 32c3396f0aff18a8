"""Quotations and pages of which it is known what a machine has to find: more than 300, by what was done to them.

Most are made from sentences of our own packs, always the same ones: the sentence is dressed as pages of the web and of
PDF files dress it, and the quotation is changed as people change quotations. `HARD` was written by hand.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any, Final

from perspectives.rules.documents import yaml_text
from perspectives.vocab import QuotationMatch as Match

TOPICS: Final = Path(__file__).parents[3] / "fixtures" / "topics"
PAIRS_A_KIND: Final = 70
TRUE, WORDED, DENIED, COUNTED, CUT, OTHER, ABSENT = (
    "true",
    "other words",
    "denied",
    "other number",
    "cut",
    "other language",
    "absent",
)
MAY_BE: Final = {
    TRUE: {Match.FOUND},
    WORDED: {Match.NEAR, Match.ALTERED},
    DENIED: {Match.ALTERED},
    COUNTED: {Match.ALTERED},
    CUT: {Match.CUT},
    OTHER: {Match.NOT_CHECKABLE, Match.MISSING},
    ABSENT: {Match.MISSING},
}
"""The outcomes that are right for each kind."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_DIGITS = re.compile(r"\b\d+\b")
_AUXILIARY = re.compile(r"\b(was|were|is|are|had|has|would|could|did|must|should|will|can|may)\b(?! not)")
_TURNING = re.compile(
    r",? (?=(?:although|though|but|unless|except|however|while|whereas|without|only if|provided|under these)\b)"
)
_LEAST_WORDS, _MOST_WORDS = 8, 45
_FOREIGN = (
    "Договор не был подписан сторонами до конца весны",
    "Сторони не дійшли згоди щодо гарантій безпеки",
    "Die Parteien haben den Vertrag bis zum Ende des Fr\u00fchjahrs nicht unterzeichnet",
    "Les parties n\u2019ont pas sign\u00e9 le trait\u00e9 avant la fin du printemps de cette ann\u00e9e",
    "Las partes no firmaron el tratado antes de que terminara la primavera de aquel a\u00f1o",
)


@dataclass(frozen=True)
class Pair:
    """A quotation, a page, and what was done to the quotation."""

    kind: str
    quotation: str
    page: str


PROSE: Final = (
    "The Council met on 12 March. It is not true that the ministers agreed to the plan. The chair said that the treaty "
    "would bind all parties, although nobody had signed it. Observers counted 1,250 people, 40 % of them students. "
    "The envoy had promised to return under these conditions alone. \u201cWe shall leave,\u201d he said, \u201cwhen "
    "the others "
    "leave.\u201d The na\u00efve co-\noperation of the offi-\ncers ended\u00b2 in May [3] without a re-\nport."
)
HARD: Final = tuple(
    Pair(kind, quotation, PROSE)
    for kind, quotation in (
        (TRUE, "The Council met on 12 March"),
        (TRUE, "the council MET on 12 march."),
        (TRUE, "[T]he chair said that the treaty would bind all parties, although nobody had signed it"),
        (TRUE, "Observers counted 1250 people, 40% of them students"),
        (TRUE, "\u00abWe shall leave\u00bb, he said, \u00abwhen the others leave\u00bb"),
        (TRUE, "The Council met ... Observers counted 1,250 people"),
        (TRUE, "Observers counted [\u2026] students."),
        (TRUE, "The na\u00efve co-operation of the officers ended in May without a report"),
        (TRUE, "The envoy ha[s] promised to return under these conditions alone"),
        (TRUE, "[The envoy] had promised to return under these conditions"),
        (TRUE, "\u2026 nobody had signed it \u2026"),
        (TRUE, "The Council [sic] met on 12 March"),
        (TRUE, "[\u2026] [The envoy], [who] had promised to return under these conditions alone ... [he added]"),
        (TRUE, "Observers [in the city] counted 1,250 people"),
        (TRUE, "Observers [could] count[ed] 1,250 people"),
        (TRUE, "the [t]reaty would bind all parties, although nobody had signed it"),
        (TRUE, "The naive cooperation [of the] officers ended in May without a report"),
        (WORDED, "The envoy had promised to come back under these conditions alone"),
        (WORDED, "The chairman said that the treaty would bind all parties, although nobody had signed it"),
        (DENIED, "It is true that the ministers agreed to the plan"),
        (DENIED, "The envoy had never promised to return under these conditions alone"),
        (DENIED, "the treaty would [not] bind all parties, although nobody had signed it"),
        (DENIED, "The chair said that the treaty would bind all parties, although everybody had not signed it"),
        (COUNTED, "Observers counted 1,520 people, 40 % of them students"),
        (COUNTED, "Observers counted 1,250 people, 4.0 % of them students"),
        (COUNTED, "The Council met on 21 March. It is not true"),
        (COUNTED, "Observers counted [2,250] people, 40 % of them students"),
        (CUT, "the ministers agreed to the plan"),
        (CUT, "The chair said that the treaty would bind all parties"),
        (CUT, "The envoy had promised to return"),
        (CUT, "The naive cooperation of the officers ended in May"),
        (CUT, "that the treaty would bind ... signed it"),
        (ABSENT, "The delegation flew home on the same evening without a word"),
    )
)


def pairs() -> list[Pair]:
    """Give all pairs, always the same ones."""
    chance = random.Random(2022)
    return [
        *HARD,
        *_true(chance),
        *_worded(chance),
        *_denied(chance),
        *_counted(chance),
        *_cut(chance),
        *_strange(chance),
    ]


def _true(chance: random.Random) -> Iterator[Pair]:
    for topic, sentence in _drawn(chance, lambda one: not _TURNING.search(one), often=2):
        page = _dressed(topic, sentence, chance)
        yield Pair(TRUE, chance.choice((_plain, _capital, _shortened))(sentence, chance), page)


def _worded(chance: random.Random) -> Iterator[Pair]:
    strange = ("orchard", "violet", "harbour", "kettle", "meadow")
    for topic, sentence in _drawn(chance, lambda _: True):
        words = sentence.split()
        place = chance.randrange(2, len(words) - 2)
        words[place] = chance.choice(strange)
        yield Pair(WORDED, " ".join(words), _dressed(topic, sentence, chance))


def _denied(chance: random.Random) -> Iterator[Pair]:
    for topic, sentence in _drawn(chance, lambda one: bool(_AUXILIARY.search(one[10:-10]))):
        denied = sentence[:10] + _AUXILIARY.sub(r"\1 not", sentence[10:], count=1)
        quoted, stands = (denied, sentence) if chance.random() < 0.5 else (sentence, denied)
        yield Pair(DENIED, quoted, _dressed(topic, stands, chance, instead_of=sentence))


def _counted(chance: random.Random) -> Iterator[Pair]:
    for topic, sentence in _drawn(chance, lambda one: bool(_DIGITS.search(one[:-6]))):
        number = _DIGITS.search(sentence)
        assert number
        other = str(int(number[0]) + chance.choice((1, 10, 100)))
        yield Pair(
            COUNTED, sentence[: number.start()] + other + sentence[number.end() :], _dressed(topic, sentence, chance)
        )


def _cut(chance: random.Random) -> Iterator[Pair]:
    def is_long_before(one: str) -> bool:
        found = _TURNING.search(one)
        return found is not None and len(one[: found.start()].split()) >= 5

    for topic, sentence in _drawn(chance, is_long_before):
        found = _TURNING.search(sentence)
        assert found
        yield Pair(CUT, sentence[: found.start()], _dressed(topic, sentence, chance))


def _strange(chance: random.Random) -> Iterator[Pair]:
    names = sorted(_sentences())
    for place, (topic, sentence) in enumerate(_drawn(chance, lambda _: True)):
        other = chance.choice([name for name in names if name != topic])
        yield Pair(ABSENT, sentence, " ".join(one for one in _sentences()[other] if one != sentence))
        if place % 2:
            yield Pair(OTHER, _FOREIGN[place % len(_FOREIGN)], " ".join(_sentences()[topic]))


def _drawn(chance: random.Random, is_fit: Any, *, often: int = 1) -> list[tuple[str, str]]:
    fit = [(topic, one) for topic, all_of in sorted(_sentences().items()) for one in all_of if is_fit(one)]
    return chance.sample(fit, min(len(fit), PAIRS_A_KIND * often))


@cache
def _sentences() -> dict[str, list[str]]:
    """Read the sentences of each topic's claims."""
    found = {}
    for file in sorted(TOPICS.glob("*.yaml")):
        topic = yaml_text.read(file.read_bytes()).data
        texts = [claim["text"] for side in topic["perspectives"] for claim in side["claims"]]
        sentences = [one for text in texts for one in _SENTENCE.split(" ".join(text.split()))]
        found[file.stem] = [one for one in sentences if _LEAST_WORDS <= len(one.split()) <= _MOST_WORDS]
    return found


def _plain(sentence: str, _: random.Random) -> str:
    return sentence


def _capital(sentence: str, _: random.Random) -> str:
    return f"[{sentence[0].swapcase()}]{sentence[1:]}" if sentence[1].islower() else sentence.upper()


def _shortened(sentence: str, chance: random.Random) -> str:
    """Leave out some words in the middle, and say so."""
    words = sentence.split()
    place = chance.randrange(3, len(words) - 3)
    left_out = " ".join(words[place : place + 2])
    is_harmless = not re.search(
        r"\b(no|not|cannot|never|only|but|without|rather|nor|deni|refus|fail|lack|reject)", left_out
    )
    return (
        " ".join([*words[:place], chance.choice(("...", "[\u2026]", "\u2026")), *words[place + 2 :]])
        if is_harmless
        else sentence
    )


def _dressed(topic: str, sentence: str, chance: random.Random, *, instead_of: str | None = None) -> str:
    """Make a page that has the sentence among the topic's others."""
    others = [one for one in _sentences()[topic] if one not in (sentence, instead_of)]
    place = chance.randrange(len(others) + 1)
    page = " ".join([*others[:place], sentence, *others[place:]])
    return chance.choice((_as_it_is, _as_web, _as_file))(page, chance)


def _as_it_is(page: str, _: random.Random) -> str:
    return page


def _as_web(page: str, _: random.Random) -> str:
    curly = page.replace("'", "\u2019").replace("-", "\u2011").replace(" of ", "\u00a0of ")
    return re.sub(r"([.]) ", r"\1[7] ", curly)


def _as_file(page: str, chance: random.Random) -> str:
    """Set lines as a PDF file has them: short, words divided, ligatures."""
    lines = fill(page.replace("fi", "\ufb01").replace("fl", "\ufb02"), 70).split("\n")
    for place, line in enumerate(lines[:-1]):
        first, _, rest = lines[place + 1].partition(" ")
        if len(first) > 7 and first.isalpha() and first.islower() and chance.random() < 0.5:
            lines[place] = f"{line} {first[:4]}-"
            lines[place + 1] = f"{first[4:]} {rest}"
    return "\n".join(lines)
