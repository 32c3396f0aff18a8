"""The shape of what an answer to a question holds."""

from typing import Annotated

from pydantic import Field

from perspectives.api.schema.dataset_shapes import Licence
from perspectives.api.schema.fields import Address, EditionNumber
from perspectives.api.schema.shapes import MissingAnswer
from perspectives.api.schema.source_shapes import FoundRecord
from perspectives.rules.documents.fields import CiteKey, ClaimRef, Heading, LanguageTag, Line, Part, Slug
from perspectives.vocab import QuoteStatus, ResponseType, Stance


class AnsweringTopic(Part):
    """A topic that answers the question."""

    slug: Slug
    title: Heading
    question: Line
    url: Address


class Reply(Part):
    """What answers a claim, from another stance; a small budget leaves out its words."""

    claim: ClaimRef
    stance: Stance
    type: ResponseType
    text: Line | None = None


class AnswerRow(Part):
    """A claim, who states it, what answers it, and one of its citations; `quotation` is in the work's own words."""

    claim: ClaimRef
    stance: Stance
    perspective: Heading
    text: Line
    stated_by: tuple[str, ...]
    reply: Reply | None = None
    gaps: tuple[MissingAnswer, ...] = ()
    edition: EditionNumber
    url: Address
    quotation: Line | None = None
    quotation_state: QuoteStatus | None = None
    quotation_language: LanguageTag | None = None
    quotation_check: FoundRecord | None = None
    translation: Line | None = None
    locator: Heading | None = None
    source: CiteKey | None = None
    citation: str | None = None
    source_notice: FoundRecord | None = None


class AnswerRecord(Part):
    """What is known of a question: the topics that answer it, and claims of every stance of the first of them.

    Where nothing fits, `covered` is false and `why` says so. `missing_stances` names the stances of which the topic has
    no claim at all.
    """

    covered: bool
    why: str | None = None
    topics: tuple[AnsweringTopic, ...]
    rows: tuple[AnswerRow, ...]
    missing_stances: tuple[Stance, ...]
    not_found: Annotated[tuple[str, ...], Field(description="Words of the question that nothing published has.")]
    licence: Licence
