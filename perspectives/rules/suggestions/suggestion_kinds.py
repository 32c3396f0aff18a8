"""What suggestions have to give, by kind: flat fields, each named as in the form and in the API.

A payload names the work that it rests on by its citekey (`source`) where the work is among the sources, and otherwise
describes it. What is left out is unknown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.fields import (
    LONGEST_NOTE,
    CiteKey,
    Doi,
    Heading,
    Isbn,
    LanguageTag,
    Line,
    Number,
    Paragraphs,
    Part,
    PartialDate,
    Quote,
    Slug,
    WebAddress,
    refusal,
)
from perspectives.rules.documents.problems import problems_of
from perspectives.vocab import (
    ClaimKind,
    CslType,
    FindingKind,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
    SuggestionKind,
)

Plain = dict[str, Any]
LONGEST_WORDS = LONGEST_NOTE
"""How many characters the reason that goes with a suggestion, a question or an answer may have."""
MOST_WORDINGS = 20
_BEFORE_DOI = re.compile(r"\A(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)(?=10\.)", re.IGNORECASE)
_SPACES = re.compile(r"[\W_]+")


def _bare_doi(value: object) -> object:
    """Take a DOI as people copy it: with the address of the resolver or with `doi:` before it."""
    return _BEFORE_DOI.sub("", value.strip()) if isinstance(value, str) else value


class Work(Part):
    """A work that is not among the sources yet, as far as somebody knows it."""

    title: Line | None = None
    authors: Annotated[tuple[Heading, ...], Field(max_length=30)] = ()
    """`Family, Given`, or an organisation's name without a comma."""
    issued: PartialDate | None = None
    container_title: Line | None = None
    publisher: Line | None = None
    DOI: Annotated[Doi | None, BeforeValidator(_bare_doi)] = None
    ISBN: Isbn | None = None
    URL: WebAddress | None = None
    type: CslType | None = None
    category: SourceCategory | None = None
    language: LanguageTag | None = None

    @property
    def is_described(self) -> bool:
        """Whether there is enough to find the work by."""
        return any((self.DOI, self.ISBN, self.URL, self.title))


class NewSource(Work):
    """A work that ought to be among the sources."""

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not self.is_described:
            raise refusal("describes no work; give its DOI, its ISBN, its web address or its title")
        return self


class _Quoting(Part):
    """Words from a work, and where they stand in it."""

    locator: Heading | None = None
    quote: Quote | None = None
    quote_language: LanguageTag | None = None
    translation: Line | None = None
    translator: Heading | None = None

    @model_validator(mode="after")
    def _words_travel_together(self) -> Self:
        if self.quote is None and (self.quote_language or self.translation):
            raise refusal("gives a language or a translation but no quotation; add the quotation or remove them")
        if (self.translation is None) != (self.translator is None):
            raise refusal("needs the translation and the translator together; say who translated")
        return self


class Citation(_Quoting, Work):
    """A source that bears on a claim: one that is known, or a work described here."""

    source: CiteKey | None = None
    relation: Relation

    @model_validator(mode="after")
    def _one_work(self) -> Self:
        if (self.source is not None) == self.is_described:
            raise refusal("needs one work; choose a source that is known here, or describe another")
        return self


class Quotation(_Quoting):
    """Better words from a work that is cited, or the exact place in it; `cite` counts the citations from 0."""

    cite: Annotated[Number, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.locator is None and self.quote is None:
            raise refusal("gives neither a quotation nor a place; give at least one of them")
        return self


class GapAnswer(Citation):
    """A claim with its source that fills a gap, and how it answers the claim that had none."""

    text: Line
    kind: ClaimKind
    response: ResponseType
    note: Line
    perspective: Slug | None = None
    """Whose claim it is, where a stance has several perspectives; otherwise the first of the stance."""
    claim: Slug | None = None
    """The id of the new claim; otherwise the next of its perspective."""


class Correction(Part):
    """How fields should read, by their names; nothing where only the suggestion's own words say what is wrong."""

    wording: Annotated[dict[Heading, Paragraphs], Field(max_length=MOST_WORDINGS)] = {}


class Dispute(Part):
    """What a finding ought to be, and what bears it out."""

    finding: FindingKind | None = None
    sources: Paragraphs


class BrokenLink(Part):
    """An address that does not lead where it should, and one that does, if known."""

    url: WebAddress
    replacement: WebAddress | None = None


class MissingView(Part):
    """A position that nobody speaks for, and who holds it where."""

    stance: Stance
    label: Heading
    summary: Line
    sources: Paragraphs

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if self.stance is Stance.AUTHOR:
            raise refusal("is of the article's author, whose position is there; choose opposing or neutral")
        return self


Payload = NewSource | Citation | Quotation | GapAnswer | Correction | Dispute | BrokenLink | MissingView
_SHAPES: Mapping[SuggestionKind, type[Payload]] = {
    SuggestionKind.NEW_SOURCE: NewSource,
    SuggestionKind.CITATION: Citation,
    SuggestionKind.QUOTATION: Quotation,
    SuggestionKind.GAP_ANSWER: GapAnswer,
    SuggestionKind.CORRECTION: Correction,
    SuggestionKind.DISPUTE: Dispute,
    SuggestionKind.BROKEN_LINK: BrokenLink,
    SuggestionKind.MISSING_VIEW: MissingView,
}


def checked(kind: SuggestionKind, data: Mapping[str, Any]) -> Payload:
    """Validate what a suggestion of a kind gives. Raises BrokenRulesError with every problem, by field."""
    shape = _SHAPES[kind]
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise BrokenRulesError("The suggestion cannot be taken like this.", problems_of(error, shape)) from error


def checked_words(words: str, *, name: str = "words") -> str:
    """Read free words that go with an action: paragraphs, nothing invisible. Raises BrokenRulesError."""
    text = "\n\n".join(
        " ".join(part.split()) for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if part.strip()
    )
    if not text:
        return ""
    try:
        _Words.model_validate({"words": text})
    except ValidationError as error:
        problems = problems_of(error, _Words, path=name)
        raise BrokenRulesError("The words cannot be taken like this.", problems) from error
    return text


class _Words(Part):
    words: Annotated[Paragraphs, Field(max_length=LONGEST_WORDS)]


def texts(value: Any) -> Iterator[str]:
    """Walk all texts of plain data, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)


def comparable(value: str) -> str:
    """Write a text so that the same words are the same text: small letters, single spaces, no punctuation."""
    return _SPACES.sub(" ", value.casefold()).strip()


def work_of(data: Mapping[str, Any]) -> str:
    """Name the work that a payload describes so that the same work has the same name; empty where it names none."""
    if doi := data.get("DOI"):
        return f"doi:{str(doi).lower()}"
    if isbn := data.get("ISBN"):
        return f"isbn:{str(isbn).replace('-', '')}"
    if url := data.get("URL"):
        return "url:" + re.sub(r"^https?://(www\.)?", "", str(url).partition("#")[0]).rstrip("/")
    return ""
