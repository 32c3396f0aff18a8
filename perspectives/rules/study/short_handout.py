"""The two-page edition of a handout, for those who will not read the full one."""

from collections.abc import Iterator
from typing import Final

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.pandoc_tree import Node, Nodes, bullets, division, heading, paragraph, strong, text
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.handout_rows import side_mark, side_name
from perspectives.rules.study.paper_parts import citing, head, point_evidence
from perspectives.rules.study.roles import Role, answer_of, roles
from perspectives.rules.topics.brief import MOST_ACCEPTED
from perspectives.vocab import Stance

MOST_CLAIMS: Final = 4
"""How many claims each side has."""
MOST_CRUXES: Final = 2
"""On how many questions the sides part, with their answers."""


def sheets(edition: TopicEdition, imprint: Imprint) -> Iterator[Nodes]:
    """Give the handout as one sheet."""
    yield [division("short", list(_sheet(edition, imprint)))]


def _sheet(edition: TopicEdition, imprint: Imprint) -> Iterator[Node]:
    yield from head(f"Handout · {edition.title}", edition.question)
    if edition.common_ground:
        yield heading(2, "What all sides accept")
        yield bullets([paragraph(*text(one.text))] for one in edition.common_ground[:MOST_ACCEPTED])
    for role in roles(edition):
        yield from _side(role, imprint)
    if edition.cruxes:
        yield heading(2, "Where they part")
    for crux in edition.cruxes[:MOST_CRUXES]:
        yield paragraph(strong(crux.question))
        for stance in Stance:
            yield paragraph(side_mark(stance, side_name(edition, stance)), *text(f": {answer_of(crux, stance)}"))
        yield paragraph(strong("What would settle it:"), *text(f" {crux.would_settle}"))
    yield citing(edition, imprint)


def _side(role: Role, imprint: Imprint) -> Iterator[Node]:
    yield division("saying", [paragraph(side_mark(role.stance, role.name))])
    for side in role.positions:
        yield paragraph(strong(f"{side.label}."), *text(f" {side.plain or side.summary}"))
    for point in role.points[:MOST_CLAIMS]:
        yield division("point", [paragraph(*text(f"– {point.voice.claim.text}")), *point_evidence(point, imprint)])
