"""What the desk's resources of sources take and give."""

from typing import Annotated

from pydantic import Field

from perspectives.api.desk.shapes import Page, Record, SourceKey
from perspectives.rules.documents.fields import CiteKey, Line, Part, Slug, WebAddress
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import Relation, SourceCategory, SourceState

Version = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class ListedSource(Record):
    """A source in the list; `uses` counts the places in drafts that name it."""

    key: CiteKey
    state: SourceState
    superseded_by: SourceKey | None = None
    title: str
    category: SourceCategory
    year: int | None = None
    uses: int
    version: Version


class ListedSources(Page[ListedSource]):
    """Sources by citekey."""


class SourceUse(Record):
    """One use of a source in a draft: in which, as what, for which text, and how."""

    topic: Slug | None = None
    article: Slug | None = None
    kind: str
    text: str
    relation: Relation | None = None
    locator: str | None = None
    quote: str | None = None


class SourceStanding(Record):
    """Whether a source may be cited, what stands in its place if not, why, and which drafts use it."""

    key: CiteKey
    state: SourceState
    reason: str | None = None
    superseded_by: SourceKey | None = None
    likely_duplicates: tuple[SourceKey, ...]
    uses: tuple[SourceUse, ...]


class OpenCopy(Record):
    """A copy of a work that anyone may read, as Unpaywall names it: which version, who hosts it, the licence."""

    address: str
    version: str | None = None
    host_type: str | None = None
    license: str | None = None


class AcceptedCopy(Part):
    """The address of the copy that an editor takes into the record."""

    address: WebAddress


class Reason(Part):
    """Why a source is not to be cited any more."""

    reason: Line


class Merge(Part):
    """Into which source, with which record, and the versions of both records as they were compared, by citekey."""

    into: CiteKey
    record: SourceRecord
    versions: dict[CiteKey, Version]
    note: Line | None = None
