"""The shape of what a search answers."""

from typing import Annotated, Literal

from drf_spectacular.utils import extend_schema_serializer
from pydantic import Field, WithJsonSchema

from perspectives.api.schema.fields import Address, Count
from perspectives.api.schema.shapes import ClaimRecord
from perspectives.rules.documents.fields import CiteKey, Heading, Line, Part, Slug
from perspectives.vocab import Stance

MatchedPart = Literal["claim", "perspective", "sources", "notes"]
_Page = Annotated[str | None, WithJsonSchema({"type": ["string", "null"], "format": "uri"})]


class Number(Part):
    """How many; `is_at_least` says that not all were counted."""

    value: Count
    is_at_least: bool


class Run(Part):
    """A piece of a text as it is written, and whether it is a word that matched."""

    text: str
    is_match: bool


class Highlight(Part):
    """A line of the claim in which something matched, in runs; `part` says what the line is."""

    part: MatchedPart
    runs: tuple[Run, ...]


class Hit(ClaimRecord):
    """A claim that was found; `why` names the parts that matched. Ranks compare within one answer only.

    `stand_in` marks a claim of the best topic that did not match: it stands in for a stance that has no match.
    """

    url: Address
    rank: Annotated[float, Field(ge=0)]
    stand_in: bool
    why: tuple[MatchedPart, ...]
    highlights: tuple[Highlight, ...]


class FacetValue(Part):
    """How many of the claims found have this value."""

    value: str
    claims: Number


class Facets(Part):
    """By what the claims found can be narrowed; `topic` lists the twenty most frequent."""

    stance: tuple[FacetValue, ...]
    kind: tuple[FacetValue, ...]
    topic: tuple[FacetValue, ...]
    category: tuple[FacetValue, ...]
    year: tuple[FacetValue, ...]


class TopicFound(Part):
    """A topic that answers the question, the best first."""

    topic: Slug
    title: Heading
    question: Line
    url: Address


class SourceFound(Part):
    """A source whose title or authors match."""

    key: CiteKey
    title: Line
    url: Address


class PersonFound(Part):
    """Somebody whose name matches."""

    person: Slug
    name: Heading
    url: Address


@extend_schema_serializer(many=False)
class SearchAnswer(Part):
    """One page of claims, and what was found beside them; `note` says why nothing can be found, if so.

    `covered` says whether a topic answers the question.
    """

    next: Annotated[_Page, Field(description="The next page; null on the last.")]
    previous: Annotated[_Page, Field(description="The page before; null on the first.")]
    results: tuple[Hit, ...]
    total: Number
    covered: bool
    relaxed: Literal["most", "some"] | None = Field(
        None, description="`most` or `some`: the claims found have not all words. Left out where they have."
    )
    not_found: tuple[str, ...] = Field(description="Words of the question that nothing published has.")
    missing_stances: tuple[Stance, ...] = Field(description="Stances without a claim here, even one that stands in.")
    facets: Facets
    topics: tuple[TopicFound, ...]
    sources: tuple[SourceFound, ...]
    people: tuple[PersonFound, ...]
    note: str | None = None
    did_you_mean: str | None = None
