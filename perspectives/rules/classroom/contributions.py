"""What pupils hand in: words, and what they chose; checked before it is kept, and counted for the teacher.

What is counted is what was compared and cited, never an opinion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import category

from perspectives.errors import NotPossibleError
from perspectives.rules.documents.topic_document import Claim, TopicEdition
from perspectives.rules.study import quiz
from perspectives.vocab import ActivityKind, ActivityPhase, Stance

LONGEST_TEXT: Final = 2000
LONGEST_QUOTE: Final = 300
MOST_LINKS: Final = 3
"""How many pairs of claims a comparison has."""
MOST_CHOSEN: Final = 2
"""How many claims a pair chooses as the strongest of its side."""
_UNREADABLE: Final = ("Cc", "Cs")
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of writing; joiners, of which emoji are made, may stay."""
Reference = Mapping[str, Any]


@dataclass(frozen=True)
class Figures:
    """What a contribution has: words, claims that were compared or chosen, quotations that are in the evidence."""

    words: int
    claims: int
    quotes_found: int


def checked_text(text: str) -> str:
    """Tidy what was typed. Raises NotPossibleError where it is too long or holds what nobody can read."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(lines) > LONGEST_TEXT:
        raise NotPossibleError(f"This has {len(lines):,} characters; write at most {LONGEST_TEXT:,}.")
    if any(category(letter) in _UNREADABLE or letter in _TURNING for letter in lines if letter not in "\n\t"):
        raise NotPossibleError("The text holds characters that cannot be read; remove them.")
    return lines


def checked_links(links: Iterable[Reference], document: TopicEdition) -> list[Reference]:
    """Check pairs of claims, `from` answering `to`, each perhaps with a `quote`; empty ones are left out.

    Raises NotPossibleError for half a pair, for claims of one side, and for one that the topic does not have.
    """
    known = claims(document)
    made: list[Reference] = []
    for number, link in enumerate(links, start=1):
        chosen = [str(link.get(name, "")) for name in ("from", "to")]
        quote = " ".join(checked_text(str(link.get("quote", ""))).split())
        if not any(chosen):
            _refuse(bool(quote), f"Pair {number} has a quotation but no claims; choose both claims.")
            continue
        _refuse(not all(one in known for one in chosen), f"Pair {number}: choose both claims from the lists.")
        _refuse(known[chosen[0]][0] is known[chosen[1]][0], f"Pair {number}: choose claims of two different sides.")
        _refuse(len(quote) > LONGEST_QUOTE, f"Pair {number}: quote at most {LONGEST_QUOTE} characters.")
        made.append({"from": chosen[0], "to": chosen[1], "quote": quote})
    _refuse(len(made) > MOST_LINKS, f"Compare at most {MOST_LINKS} pairs.")
    return made


def checked_choice(chosen: Iterable[str], document: TopicEdition) -> list[Reference]:
    """Check the strongest claims of a side. Raises NotPossibleError for too many, and for one that is not there."""
    names, known = list(dict.fromkeys(chosen)), claims(document)
    _refuse(len(names) > MOST_CHOSEN, f"Choose at most {MOST_CHOSEN} claims.")
    _refuse(any(name not in known for name in names), "Choose claims from the list.")
    return [{"claim": name} for name in names]


def checked_accepted(chosen: Iterable[str], document: TopicEdition) -> list[Reference]:
    """Check what a consensus covers: `agreement-0`, `crux-1`. Raises NotPossibleError for what the topic has not."""
    known = set(acceptable(document))
    names = list(dict.fromkeys(chosen))
    _refuse(any(name not in known for name in names), "Choose from the list what your group can accept.")
    return [{"accepted": name} for name in names]


def checked_answers(answers: Mapping[str, str], questions: Iterable[str]) -> list[Reference]:
    """Check the answers of a quiz, by the id of the question. Raises NotPossibleError for a side that is none."""
    given = {name: answers[name] for name in questions if answers.get(name)}
    _refuse(any(side not in Stance.values for side in given.values()), "Choose one of the three sides.")
    return [{"question": name, "answer": side} for name, side in given.items()]


def checked(
    kind: ActivityKind, phase: ActivityPhase, given: Mapping[str, Any], document: TopicEdition, sheet: Iterable[Any]
) -> list[Reference]:
    """Check what was chosen in a phase of an activity: of `given` the `links`, `claims`, `accepted` or `answers`."""
    if kind is ActivityKind.COMPARISON:
        return checked_links(given.get("links", ()), document)
    if kind is ActivityKind.QUIZ:
        return checked_answers(given.get("answers", {}), [quiz.question_id(one["id"]) for one in sheet])
    if phase is ActivityPhase.PREPARING:
        return checked_choice(given.get("claims", ()), document)
    if phase is ActivityPhase.SEEKING:
        return checked_accepted(given.get("accepted", ()), document)
    return []


def claims(document: TopicEdition) -> dict[str, tuple[Stance, Claim]]:
    """Give the claims of a topic by id, each with its side."""
    return {claim.id: (side.stance, claim) for side in document.perspectives for claim in side.claims}


def acceptable(document: TopicEdition) -> dict[str, str]:
    """Give what a group may find that it accepts or has seen: agreements and questions on which the sides part."""
    shared = {f"agreement-{place}": one.text for place, one in enumerate(document.common_ground)}
    return {**shared, **{f"crux-{place}": one.question for place, one in enumerate(document.cruxes)}}


def figures(text: str, references: Iterable[Reference], document: TopicEdition) -> Figures:
    """Count what a contribution has."""
    known, chosen = claims(document), list(references)
    named = {link[name] for link in chosen for name in ("from", "to", "claim") if name in link}
    found = sum(is_quoted(link["quote"], known[link["from"]][1]) for link in chosen if link.get("quote"))
    return Figures(len(text.split()), len(named), found)


def right(references: Iterable[Reference], sheet: Iterable[Mapping[str, Any]]) -> int:
    """Count the right answers of a quiz."""
    sides = {quiz.question_id(one["id"]): one["stance"] for one in sheet}
    return sum(sides.get(one["question"]) == one["answer"] for one in references)


def is_quoted(quote: str, claim: Claim) -> bool:
    """Whether words stand in a quotation of the claim's citations, or in its translation."""
    words = _plain(quote)
    evidence = (text for cite in claim.cites for text in (cite.quote, cite.translation) if text)
    return bool(words) and any(words in _plain(text) for text in evidence)


def _plain(text: str) -> str:
    letters = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return f" {' '.join(letters.split())} " if letters.split() else ""


def _refuse(broken: object, sentence: str) -> None:
    if broken:
        raise NotPossibleError(sentence)
