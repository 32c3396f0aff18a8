"""What several papers of a lesson have: heads, evidence in a line, and how a topic is cited."""

from collections.abc import Iterator

from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.pandoc_tree import (
    Node,
    bullets,
    division,
    emphasis,
    heading,
    link,
    paragraph,
    strong,
    text,
)
from perspectives.rules.sources.short_reference import names_and_year
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.roles import Point


def head(over: str, title: str) -> Iterator[Node]:
    """Begin a sheet: what it is, and the question."""
    yield division("over", [paragraph(*text(over))])
    yield heading(1, title)


def for_teachers(edition: TopicEdition) -> Iterator[Node]:
    """Give what editors tell teachers of this topic, and the words to know; nothing where there is neither."""
    if edition.teaching:
        yield paragraph(strong("Aim:"), *text(f" {edition.teaching.aim}"))
        for one in (edition.teaching.note or "").split("\n\n"):
            yield paragraph(*text(one))
    if edition.terms:
        yield heading(2, "Words to know")
        yield bullets([paragraph(strong(f"{one.term}:"), *text(f" {one.gloss}"))] for one in edition.terms)


def point_evidence(point: Point, imprint: Imprint) -> Iterator[Node]:
    """Give the evidence of a claim in a line, with a warning where the work was retracted."""
    if point.quotation:
        quoted = point.quotation
        in_english = f" (“{quoted.translation}”, translated by {quoted.translator})" if quoted.translation else ""
        words = f"“{quoted.words}”{in_english} {point.source}. {quoted.status.label}."
        yield division("sources", [paragraph(*text(words + _warning(quoted.source, imprint)))])
    elif point.source:
        yield division("sources", [paragraph(*text(f"Evidence: {point.source}."))])


def cite_line(edition: TopicEdition, cite: Cite, imprint: Imprint) -> list[Node]:
    """Give a citation in full but in a line: how it bears, who, when, title, place, words and how they were seen."""
    work = edition.sources[cite.source]
    place = f", {cite.locator}" if cite.locator else ""
    words = f" “{cite.quote}” ({cite.quote_status.label})" if cite.quote and cite.quote_status else ""
    start = [emphasis(text(cite.relation.label)), *text(f" {names_and_year(work)}, ")]
    return [*start, emphasis(text(work.title)), *text(f"{place}.{words}{_warning(cite.source, imprint)}")]


def citing(edition: TopicEdition, imprint: Imprint) -> Node:
    """Say what to cite: the edition and its address."""
    address = addresses.topic_edition(imprint.site, edition.topic, edition.edition)
    day = imprint.published_at.date().isoformat()
    words = f"Debate KB. “{edition.title}”. Edition {edition.edition}, {day}. "
    return division("over", [paragraph(*text(words), link(text(address), address), *text(" CC BY 4.0."))])


def _warning(source: str, imprint: Imprint) -> str:
    notice = imprint.notices.get(source, "")
    return f" {notice}" if notice else ""
