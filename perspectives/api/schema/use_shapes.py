"""The shapes of the uses of a source: in what place of an edition it is cited, for what, and in what words."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from perspectives.rules.documents.fields import ClaimRef, Heading, Line, Part, Slug
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import Stance


class _Use(Part):
    model_config = ConfigDict(populate_by_name=True)

    place: Annotated[str, Field(alias="in")]


class _TopicUse(_Use):
    topic: Slug
    title: Heading
    text: Line


class ClaimUse(_Use):
    """A citation of a claim."""

    place: Annotated[Literal["claim"], Field(alias="in")]
    topic: Slug
    title: Heading
    claim: ClaimRef
    stance: Stance
    text: Line
    cite: Cite


class CitationRecord(Part):
    """A citation of a claim of a current edition, with the record of the source; `year` is that of the source."""

    topic: Slug
    topic_title: Heading
    stance: Stance
    claim: ClaimRef
    text: Line
    cite: Cite
    year: int | None = Field(None, description="The year of the source, if it is known.")
    record: SourceRecord


class AgreementUse(_TopicUse):
    """A citation of a fact that all sides accept."""

    place: Annotated[Literal["agreement"], Field(alias="in")]
    cite: Cite


class EventUse(_TopicUse):
    """A citation of an event."""

    place: Annotated[Literal["event"], Field(alias="in")]
    cite: Cite


class BibliographyUse(_TopicUse):
    """An entry of a topic's bibliography; `text` is what the work says that matters there."""

    place: Annotated[Literal["bibliography"], Field(alias="in")]


class ArticleUse(_Use):
    """The source is the article itself."""

    place: Annotated[Literal["article"], Field(alias="in")]
    article: Slug
    title: Heading


class FindingUse(_Use):
    """A citation of a finding about a passage."""

    place: Annotated[Literal["finding"], Field(alias="in")]
    article: Slug
    passage: Slug
    topic: Slug
    text: Line
    cite: Cite


Use = Annotated[
    ClaimUse | AgreementUse | EventUse | BibliographyUse | ArticleUse | FindingUse,
    Field(discriminator="place"),
]
