"""What forms ask for, as data: one vocabulary of fields for suggestions, parts of drafts and records of sources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Final

from django.db.models import TextChoices

LONGEST: Final = 5000
"""Characters that a field may take; the rules of documents and records allow no more."""


class FieldKind(Enum):
    """How a value is written."""

    LINE = auto()
    SENTENCES = auto()
    PARAGRAPHS = auto()
    LIST = auto()
    """One value a line."""
    NUMBER = auto()
    CHOICE = auto()
    VERBATIM = auto()
    """A line that is not tidied, so that what is wrong with it can be told."""
    NAMES = auto()
    """One name a line."""
    HOLDERS = auto()
    """One person a line, a role after a bar."""
    SOURCE = auto()
    CLAIM = auto()
    AUTHORS_CLAIM = auto()
    CITATION = auto()
    """The place of a citation among those of a part."""
    PERSPECTIVE = auto()
    SECTION = auto()
    """A section of an article guide."""
    TOPIC = auto()
    TOPICS = auto()
    """Several topics."""
    CLAIMS = auto()
    """Several claims, by their public ids."""


@dataclass(frozen=True)
class FieldSpec:
    """A field: its name, what a person reads, and how its value is written; `path` is where a document has it."""

    name: str
    label: str
    help: str = ""
    kind: FieldKind = FieldKind.SENTENCES
    terms: tuple[TextChoices, ...] = ()
    is_required: bool = True
    is_for_new_only: bool = False
    rows: int = 3
    longest: int = LONGEST
    path: str = ""
    nothing: str = ""
    """What choosing nothing is called."""

    @property
    def place(self) -> str:
        """Where the value stands in the document, as problems name it."""
        return self.path or self.name


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together, under a heading or none; a closed group is shown when it is asked for."""

    title: str
    specs: tuple[FieldSpec, ...]
    is_closed: bool = False


def choice(name: str, label: str, terms: Iterable[TextChoices], help_text: str = "", **more: Any) -> FieldSpec:
    """Describe a choice among words of the vocabulary."""
    return FieldSpec(name, label, help_text, FieldKind.CHOICE, tuple(terms), **more)


def line(name: str, label: str, help_text: str = "", **more: Any) -> FieldSpec:
    """Describe a value of one line."""
    return FieldSpec(name, label, help_text, FieldKind.LINE, **more)


def paragraphs(name: str, label: str, help_text: str = "", **more: Any) -> FieldSpec:
    """Describe a text of several paragraphs."""
    return FieldSpec(name, label, help_text, FieldKind.PARAGRAPHS, **more)


def optional(*specs: FieldSpec) -> tuple[FieldSpec, ...]:
    """Let fields stay empty."""
    return tuple(replace(spec, is_required=False) for spec in specs)


def group(title: str, *specs: FieldSpec, is_closed: bool = False) -> FieldGroup:
    """Put fields together under a heading."""
    return FieldGroup(title, specs, is_closed)


QUOTED: Final = optional(
    line("locator", "Where in it", "Such as pp. 20-21, ch. 3 or para. 5."),
    FieldSpec("quote", "Quotation", "Its exact words, at most 40, in their own language; nothing rather than a guess."),
)
TRANSLATED: Final = optional(
    line("quote_language", "Language of the quotation", "If it is not English: a tag such as de."),
    FieldSpec("translation", "Translation", "The quotation in English."),
    line("translator", "Translated by", "Such as the editors."),
)
"""The fields of every citation, in drafts and in suggestions."""
