"""The shape of a lesson on a topic."""

from typing import Annotated

from pydantic import Field

from perspectives.api.schema.extract_shapes import Extract
from perspectives.api.schema.fields import Address, Count
from perspectives.rules.documents.fields import ClaimRef, Heading, Line, Part, Quote, Slug, TeacherNote
from perspectives.rules.documents.topic_document import Term
from perspectives.vocab import CruxKind, QuoteStatus, ResponseType, Stance


class LessonStep(Part):
    """A part of a lesson; `material` names one of the links, `roles` or `prompts`."""

    minutes: Count
    title: str
    words: str
    material: str


class LessonPlan(Part):
    """The steps of a lesson, whose minutes add up to its own."""

    minutes: Annotated[int, Field(ge=1)]
    steps: tuple[LessonStep, ...]


class LessonPrompt(Part):
    """What to ask about a question on which the sides part."""

    question: Line
    kind: CruxKind
    ask: tuple[str, ...]
    would_settle: Line


class RolePosition(Part):
    """What a perspective of the role's side holds, in plain words where there are any."""

    perspective: Slug
    label: Heading
    words: str


class RoleClaim(Part):
    """A claim that the role may make; `evidence` names the work and the place in it ('' where none is cited)."""

    claim: ClaimRef
    text: Line
    evidence: str
    quote: Quote | None = None
    quote_status: QuoteStatus | None = None


class RoleHeard(Part):
    """A claim that the role will hear, and what its own side answers where that is recorded."""

    claim: ClaimRef
    stance: Stance
    text: Line
    type: ResponseType | None = None
    answer: Line | None = None


class RoleCrux(Part):
    """What the role's side answers to a question on which the sides part."""

    question: Line
    answer: Line


class LessonRole(Part):
    """The role of a pupil who speaks for a side."""

    stance: Stance
    name: str
    positions: tuple[RolePosition, ...]
    claims: tuple[RoleClaim, ...]
    will_hear: tuple[RoleHeard, ...]
    cruxes: tuple[RoleCrux, ...]


class LessonPaper(Part):
    """A PDF to print; a key is for the teacher alone."""

    name: Slug
    title: str
    about: str
    is_key: bool
    url: Address


class LessonLink(Part):
    """A page, or a file for a learning platform."""

    name: Slug
    title: str
    url: Address


class LessonEmbed(Part):
    """The code by which another site shows something in a frame."""

    title: str
    html: str


class Teaching(Extract):
    """A lesson on a topic: what its editors tell teachers, plans, prompts, roles, papers, links and files."""

    url: Address
    title: Heading
    aim: Heading | None = None
    note: TeacherNote | None = None
    terms: tuple[Term, ...]
    plans: tuple[LessonPlan, ...]
    prompts: tuple[LessonPrompt, ...]
    roles: tuple[LessonRole, ...]
    papers: tuple[LessonPaper, ...]
    links: tuple[LessonLink, ...]
    files: tuple[LessonLink, ...]
    embeds: tuple[LessonEmbed, ...]
