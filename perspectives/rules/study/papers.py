"""The papers of a lesson: what there is to print, and each as a tree that pandoc reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.pandoc_tree import Node, Nodes, document, new_page
from perspectives.rules.study import handout, role_papers, short_handout, worksheet_papers
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.worksheet import ALL
from perspectives.vocab import Stance

FORM: Final = 2
"""The form that papers have: raise it with every change that one can see, and what is cached is made anew."""
Sheets = Callable[[TopicEdition, Imprint], Iterator[Nodes]]


@dataclass(frozen=True)
class Paper:
    """What can be printed: its title, a sentence, for whom it is, and what makes its sheets."""

    title: str
    sentence: str
    is_key: bool
    """Whether it is for the teacher alone."""
    sheets: Sheets


def _role(stance: Stance, name: str) -> Paper:
    words = "Two pages: position, claims with evidence, what the others will say, where the sides part."
    return Paper(f"Role pack: {name}", words, is_key=False, sheets=partial(role_papers.packs, stances=(stance,)))


def _worksheet(side: str, name: str) -> Paper:
    words = "Two pages with lines to write on."
    return Paper(f"Worksheet: {name}", words, is_key=False, sheets=partial(worksheet_papers.sheets, side=side))


_SIDES: Final = {Stance.AUTHOR: "author’s side", Stance.OPPOSING: "opposing side", Stance.NEUTRAL: "neutral side"}
PAPERS: Final[Mapping[str, Paper]] = {
    "roles": Paper(
        "All role packs",
        "Six pages, two a role: printed on both sides, one leaf for each pupil of a group of three.",
        is_key=False,
        sheets=partial(role_papers.packs, stances=tuple(Stance)),
    ),
    **{f"role-{stance.value}": _role(stance, name) for stance, name in _SIDES.items()},
    "roles-key": Paper(
        "Key to the role packs",
        "All evidence of every claim in the packs, what answers it, and what would settle the questions.",
        is_key=True,
        sheets=role_papers.key,
    ),
    **{f"worksheet-{stance.value}": _worksheet(stance.value, name) for stance, name in _SIDES.items()},
    f"worksheet-{ALL}": _worksheet(ALL, "all three sides"),
    "worksheet-key": Paper(
        "Key to the worksheets",
        "What is known to answer each claim of the worksheets, with sources.",
        is_key=True,
        sheets=worksheet_papers.key,
    ),
    "short-handout": Paper(
        "Handout in two pages",
        "What all accept, each side’s answer and best claims, where they part; the full handout is beside it.",
        is_key=False,
        sheets=short_handout.sheets,
    ),
}
"""What there is to print, by the name that addresses have."""


def file_name(slug: str, number: int, name: str) -> str:
    """Name the file of a paper."""
    return f"debatekb-{slug}-{name}-edition-{number}.pdf"


def tree(edition: TopicEdition, imprint: Imprint, *names: str) -> Node:
    """Write papers as one tree; each of their sheets begins on a front page."""
    sheets = (made for name in names for made in PAPERS[name].sheets(edition, imprint))
    return document([block for made in sheets for block in (new_page(is_front=True), *made)], {})


def meta(edition: TopicEdition, imprint: Imprint, name: str) -> dict[str, str]:
    """Describe a paper for its file: what stands in its foot and in its properties."""
    made = handout.meta(edition, imprint)
    return {**made, "title": f"{PAPERS[name].title}: {edition.title}"}
