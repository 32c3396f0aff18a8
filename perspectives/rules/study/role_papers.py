"""Print packs of the roles of a lesson, two pages each, and the teacher's key to them."""

from collections.abc import Collection, Iterator

from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.rules.formats.pandoc_tree import (
    Node,
    Nodes,
    bullets,
    division,
    emphasis,
    heading,
    new_page,
    paragraph,
    strong,
    text,
)
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.handout_rows import side_mark, side_name
from perspectives.rules.study.paper_parts import cite_line, citing, for_teachers, head, point_evidence
from perspectives.rules.study.roles import Heard, Role, answer_of, roles
from perspectives.rules.topics.alignment import Voice
from perspectives.vocab import Stance

_CARD = (
    "You speak for this side so that somebody who holds it would say: yes, that is what I mean.",
    "Say which claim you make, and name its evidence. Use no other claim of this side than those below.",
    "You may grant what another side shows. Say so, and say what you still hold.",
)


def packs(edition: TopicEdition, imprint: Imprint, *, stances: Collection[Stance]) -> Iterator[Nodes]:
    """Give the packs of some roles, each a sheet."""
    for role in roles(edition):
        if role.stance in stances:
            yield list(_pack(edition, imprint, role))


def _pack(edition: TopicEdition, imprint: Imprint, role: Role) -> Iterator[Node]:
    yield from head(f"Role pack · {edition.title}", edition.question)
    yield paragraph(*text("You speak for: "), side_mark(role.stance, role.name))
    for side in role.positions:
        yield paragraph(strong(f"{side.label}."), *text(f" {side.plain or side.summary}"))
    yield division("card", [bullets([paragraph(*text(words))] for words in _CARD)])
    yield heading(2, "What you can say")
    for number, point in enumerate(role.points, start=1):
        words = [strong(f"{number}."), *text(f" {point.voice.claim.text}")]
        yield division("point", [paragraph(*words), *point_evidence(point, imprint)])
    yield new_page()
    yield heading(2, "What you will hear")
    for heard in role.heard:
        yield division("point", list(_heard(edition, heard)))
    yield heading(2, "Where the sides part")
    for parting in role.partings:
        asked = paragraph(emphasis(text(parting.crux.question)))
        yield division("point", [asked, paragraph(strong("Your side answers:"), *text(f" {parting.answer}"))])
    yield heading(2, "Your notes")
    yield division("answerlines", [])
    yield citing(edition, imprint)


def _heard(edition: TopicEdition, heard: Heard) -> Iterator[Node]:
    stance = heard.voice.stance
    yield paragraph(side_mark(stance, side_name(edition, stance)), *text(f": {heard.voice.claim.text}"))
    if heard.answer:
        yield division("note", [paragraph(strong("Your side:"), *text(f" {heard.answer}"))])
    else:
        yield division("note", [paragraph(*text("Your side has no recorded answer. Yours:"))])
        yield division("oneline", [])


def key(edition: TopicEdition, imprint: Imprint) -> Iterator[Nodes]:
    """Give the teacher's key: what every claim of the packs rests on, what answers it, and where the sides part."""
    yield list(_key(edition, imprint))


def _key(edition: TopicEdition, imprint: Imprint) -> Iterator[Node]:
    yield from head(f"Teacher’s key to the role packs · {edition.title}", edition.question)
    yield from for_teachers(edition)
    for role in roles(edition):
        yield paragraph(side_mark(role.stance, role.name))
        for point in role.points:
            yield division("point", list(claim_in_full(edition, imprint, point.voice)))
    if edition.common_ground:
        yield heading(2, "What all sides accept")
        yield bullets([paragraph(*text(one.text))] for one in edition.common_ground)
    if edition.cruxes:
        yield heading(2, "Where the sides part")
    for crux in edition.cruxes:
        answers = [
            paragraph(side_mark(stance, side_name(edition, stance)), *text(f": {answer_of(crux, stance)}"))
            for stance in Stance
        ]
        settled = paragraph(strong("What would settle it:"), *text(f" {crux.would_settle}"))
        asked = [bullets([paragraph(*text(one))] for one in crux.prompts)] if crux.prompts else []
        yield division("point", [paragraph(strong(crux.question)), *answers, settled, *asked])
    yield citing(edition, imprint)


def claim_in_full(edition: TopicEdition, imprint: Imprint, voice: Voice) -> Iterator[Node]:
    """Write a claim with all its citations and the answers that it gets."""
    yield paragraph(strong(voice.claim.id), *text(f" {voice.claim.text}"))
    cites: tuple[Cite, ...] = voice.claim.cites
    yield from (division("sources", [paragraph(*cite_line(edition, cite, imprint))]) for cite in cites)
    for link in edition.responses:
        if link.to_claim == voice.claim.id:
            words = [strong(link.from_claim), *text(f" {link.type.label} it: {link.note}")]
            yield division("note", [paragraph(*words)])
