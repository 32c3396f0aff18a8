"""Where the material of a lesson lies, for the page of teachers, the API and the cartridge alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from perspectives.rules.formats.quiz.common_cartridge import Link
from perspectives.rules.study.papers import PAPERS, Paper
from perspectives.rules.study.quiz_questions import KINDS, SIDE
from perspectives.serving.frames import BRIEF_SIZE, MAP_SIZE, TOPIC_SIZE, frame

QUIZ_FILES: Final = {"gift": "Moodle GIFT", "moodle": "Moodle XML", "qti": "QTI 2.1"}
"""In what files a sheet of the quiz can be had, by the ending of its address."""
FIRST_SHEET: Final = 1
"""The sheet of which a lesson has files: a class that takes them in has the same questions."""
_CLASSROOM: Final = "https://classroom.google.com/share"


@dataclass(frozen=True)
class Printed:
    """A paper and its address."""

    name: str
    paper: Paper
    address: str


@dataclass(frozen=True)
class Embed:
    """What another site can show in a frame: its name, and the code to copy."""

    name: str
    code: str


def links(base: str, slug: str) -> list[Link]:
    """List the pages of a lesson; `base` is scheme and host, or '' for addresses on this site."""
    quiz = f"{base}{reverse('quiz')}?{urlencode({'topic': slug, 'sheet': FIRST_SHEET})}"
    return [
        Link("brief", "The brief: each side in plain words", f"{base}{reverse('topic-brief', args=[slug])}"),
        Link("topic", "The whole topic, claim by claim", f"{base}{reverse('topic', args=[slug])}"),
        Link("map", "Argument map", f"{base}{reverse('topic-map', args=[slug])}"),
        Link("worksheet", "Worksheet", f"{base}{reverse('topic-worksheet', args=[slug])}"),
        Link("quiz", "Quiz: who would say this?", quiz),
        Link("rebuttals", "Quiz: which answer rebuts this?", f"{quiz}&ask=rebuttal"),
        Link("handout", "Handout: PDF, Word, EPUB", f"{base}{reverse('handout', args=[slug])}"),
    ]


def printed(base: str, slug: str) -> Iterator[Printed]:
    """List what there is to print."""
    for name, paper in PAPERS.items():
        yield Printed(name, paper, f"{base}{reverse('topic-paper', args=[slug, name])}")


def quiz_files(base: str, slug: str, *, sheet: int = FIRST_SHEET, kinds: tuple[str, ...] = (*KINDS,)) -> Iterator[Link]:
    """List the files of a sheet of the quiz for learning platforms, with answers: each kind in each format."""
    for kind in kinds:
        query = urlencode({"sheet": sheet, **({} if kind == SIDE else {"ask": kind})})
        for suffix, name in QUIZ_FILES.items():
            address = reverse("api:topic-quiz", kwargs={"slug": slug, "format": suffix})
            yield Link(f"{kind}-{suffix}", f"{KINDS[kind]} {name}", f"{base}{address}?{query}")


def cartridge(base: str, slug: str) -> str:
    """Give the address of the cartridge of links."""
    return f"{base}{reverse('api:topic-teach', kwargs={'slug': slug, 'format': 'imscc'})}"


def classroom(address: str, title: str) -> str:
    """Give the link that shares an address in Google Classroom, where the teacher then chooses a class."""
    return f"{_CLASSROOM}?{urlencode({'url': address, 'title': title})}"


def embeds(base: str, slug: str, title: str) -> tuple[Embed, ...]:
    """List what another site can show in a frame."""
    shown = (
        ("The brief", "embed-topic-brief", BRIEF_SIZE),
        ("The question and each side’s answer", "embed-topic", TOPIC_SIZE),
        ("The argument map", "embed-topic-map", MAP_SIZE),
    )
    return tuple(Embed(name, frame(f"{base}{reverse(to, args=[slug])}", title, size)) for name, to, size in shown)
