"""A lesson on a topic: what to do in 20, 45 or 90 minutes, and what to ask where the sides part.

The words are the same for every topic and every side; the topic's edition brings questions, claims and evidence, and
what its editors ask of a class.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perspectives.rules.documents.topic_document import Crux, TopicEdition
from perspectives.vocab import CruxKind

LENGTHS: Final = (20, 45, 90)
"""The lengths of a lesson in minutes."""
USUAL: Final = 45


@dataclass(frozen=True)
class Step:
    """A part of a lesson: its minutes, what is done, and the material that is needed, by its name (`''` for none)."""

    minutes: int
    title: str
    words: str
    material: str


@dataclass(frozen=True)
class Prompt:
    """A question on which the sides part, with what to ask about it."""

    crux: Crux
    ask: tuple[str, ...]


_QUESTION: Final = "Read the question aloud, then what all sides accept. Nobody has to say what they think."
_READ: Final = (
    "Groups of three: each takes one side and reads its two pages, then marks the claim with the best evidence."
)
_STATE: Final = "Each side states two claims and names the evidence. The others only ask what is meant."
_ANSWER: Final = "Each side answers one claim of each other side. The class notes which answer meets which claim."
_SWITCH: Final = "Everyone passes their pages on and states the best claim of the side that they now have."
_PARTING: Final = "Drop the roles. Take the first question below: what does each side answer, and what would settle it?"
_PARTINGS: Final = (
    "Drop the roles. Take the questions below in turn: what does each side answer, and what would settle it?"
)
_WRITE: Final = "Each pupil answers two claims in writing, with evidence, before turning to what others answer."
_QUIZ: Final = "Who would say this? Do three questions together; read the reasons, not the score."

_PLANS: Final[Mapping[int, tuple[tuple[int, str, str, str], ...]]] = {
    20: (
        (3, "The question", _QUESTION, "brief"),
        (
            7,
            "Three answers",
            "Read the brief in threes: each tells the others one side’s answer in own words.",
            "brief",
        ),
        (7, "Where they part", _PARTING, "prompts"),
        (3, "Check", _QUIZ, "quiz"),
    ),
    45: (
        (5, "The question", _QUESTION, "brief"),
        (8, "Read your side", _READ, "roles"),
        (10, "State", _STATE, "roles"),
        (10, "Answer", _ANSWER, "roles"),
        (8, "Where they part", _PARTING, "prompts"),
        (4, "Check", _QUIZ, "quiz"),
    ),
    90: (
        (5, "The question", _QUESTION, "brief"),
        (12, "Read your side", _READ, "roles"),
        (12, "State", _STATE, "roles"),
        (15, "Answer", _ANSWER, "roles"),
        (10, "Change sides", _SWITCH, "roles"),
        (16, "Where they part", _PARTINGS, "prompts"),
        (15, "Write", _WRITE, "worksheet"),
        (5, "Check", _QUIZ, "quiz"),
    ),
}
_BY_KIND: Final[Mapping[CruxKind, str]] = {
    CruxKind.FACT: "Which document, count or witness would show it, and has anybody seen it?",
    CruxKind.CAUSE: "What else changed at that time, and how would one tell the causes apart?",
    CruxKind.LAW: "Which rule is meant, who may apply it, and what do its words leave open?",
    CruxKind.DEFINITION: "What does the word mean to each side, and is there a case that all would call by it?",
    CruxKind.VALUE: "Which goods are weighed against each other here? Evidence alone does not decide this.",
    CruxKind.FORECAST: "What would each side expect to see next, and by when would one know?",
}


def plan(minutes: int) -> tuple[Step, ...]:
    """Give the steps of a lesson of so many minutes, one of `LENGTHS`, which their minutes add up to."""
    return tuple(Step(*step) for step in _PLANS[minutes])


def prompts(edition: TopicEdition) -> tuple[Prompt, ...]:
    """Give what to ask about each crux: of each side alike, what its editors ask, and by the kind of question it is."""
    return tuple(
        Prompt(
            crux,
            (
                "What does each side answer? Say it so that somebody of that side would agree.",
                "Which claim and which source does each side rest on here?",
                *crux.prompts,
                _BY_KIND[crux.kind],
            ),
        )
        for crux in edition.cruxes
    )
