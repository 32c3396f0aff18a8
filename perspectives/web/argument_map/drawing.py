"""The argument map of a topic: the drawing of `rules.argument_map.drawing` with its words, links and colours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from perspectives.rules.argument_map.arrows import Arrow
from perspectives.rules.argument_map.drawing import LINE_HEIGHT, TEXT_SIZE, WORD_SIZE, drawing
from perspectives.rules.argument_map.map_boxes import BOX_WIDTH, EDGE, Box, column_left
from perspectives.rules.argument_map.map_columns import COLUMNS
from perspectives.rules.argument_map.map_labels import WORD_HEIGHT
from perspectives.rules.argument_map.text_metrics import drawable, lines
from perspectives.rules.documents.topic_document import Response, TopicEdition
from perspectives.rules.topics.outline import outline
from perspectives.vocab import ResponseType, Stance
from perspectives.web.topics.comparison import sides

INKS: Final[Mapping[Stance, str]] = {
    Stance.AUTHOR: "#24479d",
    Stance.OPPOSING: "#97390a",
    Stance.NEUTRAL: "#10625a",
}
"""The light colours of `tokens.css` again, for a drawing that no stylesheet goes with."""
TITLE_SIZE: Final = 30
_TITLE_LINE: Final = 36
_TITLE_TOP: Final = 60
_FOOT: Final = 104
_MOST_TITLE_LINES: Final = 4


@dataclass(frozen=True)
class Look:
    """How a kind of response is drawn, so that colour is not the only sign of anything."""

    dashes: str
    is_open: bool
    """Whether the arrow's head is open: such an answer accepts the claim, wholly or in part."""


LOOKS: Final[Mapping[ResponseType, Look]] = {
    ResponseType.REBUTS: Look("none", is_open=False),
    ResponseType.UNDERCUTS: Look("9 5", is_open=False),
    ResponseType.QUALIFIES: Look("2 4", is_open=True),
    ResponseType.CONCEDES: Look("12 4 2 4", is_open=True),
    ResponseType.CORROBORATES: Look("20 4", is_open=True),
}


@dataclass(frozen=True)
class Head:
    """The name over a column."""

    name: str
    stance: Stance
    ink: str
    x: int
    right: int


@dataclass(frozen=True)
class Node:
    """A claim's box, with where it leads and where each line of its text stands."""

    box: Box
    side_name: str
    ink: str
    href: str
    name: str
    """What a screen reader says: all that the box and its arrows show."""

    @property
    def text(self) -> Iterator[tuple[int, str]]:
        """Give the lines with the heights of their baselines."""
        return ((self.box.y + 46 + number * LINE_HEIGHT, line) for number, line in enumerate(self.box.lines))


@dataclass(frozen=True)
class Tie:
    """A response's arrow."""

    arrow: Arrow
    type: ResponseType
    stance: Stance
    ink: str
    look: Look

    @property
    def word_corner(self) -> tuple[int, int]:
        """The upper left corner of what lies under the word."""
        return round(self.arrow.word.x - self.arrow.word_width / 2), round(self.arrow.word.y - WORD_HEIGHT / 2)


@dataclass(frozen=True)
class Sample:
    """An entry of the legend, and where its line begins in a drawing that stands alone."""

    type: ResponseType
    look: Look
    x: int


class Map:
    """Everything that the drawing and the list beside it show; `page` is the address of the topic's page."""

    text_size = TEXT_SIZE
    word_size = WORD_SIZE
    word_height = WORD_HEIGHT
    title_size = TITLE_SIZE
    edge = EDGE

    def __init__(self, document: TopicEdition, page: str) -> None:
        self.drawing = drawing(document.perspectives, document.responses)
        self.outline = outline(document.perspectives, document.responses)
        self._names = {side.stance: drawable(side.name) for side in sides(document)}
        self._document = document
        self._page = page
        self._texts = {claim.id: claim.text for side in document.perspectives for claim in side.claims}

    @property
    def heads(self) -> Iterator[Head]:
        """Name the columns, an empty one too."""
        for stance in COLUMNS:
            left = column_left(stance)
            yield Head(self._names[stance], stance, INKS[stance], left, left + BOX_WIDTH)

    @property
    def nodes(self) -> Iterator[Node]:
        """Give the boxes column by column, each column from the top."""
        for box in self.drawing.boxes:
            href = f"{self._page}#{box.claim}"
            yield Node(box, self._names[box.stance], INKS[box.stance], href, self._name(box))

    @property
    def ties(self) -> Iterator[Tie]:
        """Give the arrows."""
        stances = {box.claim: box.stance for box in self.drawing.boxes}
        for arrow, response in zip(self.drawing.arrows, self._document.responses, strict=True):
            stance = stances[response.from_claim]
            yield Tie(arrow, response.type, stance, INKS[stance], LOOKS[response.type])

    @property
    def legend(self) -> tuple[Sample, ...]:
        """Explain the kinds of arrows, in the order of the vocabulary."""
        return tuple(Sample(kind, LOOKS[kind], EDGE + number * 170) for number, kind in enumerate(ResponseType))

    @property
    def title(self) -> tuple[tuple[int, str], ...]:
        """Give the question in lines with the heights of their baselines, above the drawing."""
        room = self.drawing.width - 2 * EDGE
        made = lines(self._document.question, width=room, size=TITLE_SIZE, most=_MOST_TITLE_LINES)
        return tuple((number * _TITLE_LINE - len(made) * _TITLE_LINE + 14, line) for number, line in enumerate(made))

    @property
    def kicker(self) -> str:
        """Give the line above the question."""
        return drawable(f"{self._document.title}: argument map")

    @property
    def right(self) -> int:
        """The right end of lines across the drawing."""
        return self.drawing.width - EDGE

    @property
    def top(self) -> int:
        """The upper edge of a drawing that stands alone: above its title."""
        return -(_TITLE_TOP + len(self.title) * _TITLE_LINE)

    @property
    def full_height(self) -> int:
        """How high a drawing is that stands alone, with its title and what is below it."""
        return self.drawing.height - self.top + _FOOT

    @property
    def foot(self) -> int:
        """The height at which the legend of a drawing that stands alone begins."""
        return self.drawing.height + 24

    def _name(self, box: Box) -> str:
        gives = [f"{link.type.label} {link.to_claim}" for link in self._responses if link.from_claim == box.claim]
        takes = [f"{link.from_claim} {link.type.label} it" for link in self._responses if link.to_claim == box.claim]
        said = [f"{self._names[box.stance]} {box.claim}: {drawable(self._texts[box.claim])}"]
        said.append(f"Answers: {', '.join(gives)}." if gives else "Answers no other claim.")
        said.append(f"Answered by {len(takes)}: {', '.join(takes)}." if takes else "Not answered.")
        return " ".join(said)

    @property
    def _responses(self) -> tuple[Response, ...]:
        return self._document.responses
