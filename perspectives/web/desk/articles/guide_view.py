"""The draft of a guide as the desk shows it: every part with what it says, its address, and whether it can move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import consistency, parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.parts import FINDINGS, GUIDE_LISTS, HEAD, PASSAGES, Plain
from perspectives.rules.publication import balance
from perspectives.rules.publication.balance import Breach
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.articles.article_kinds import KINDS, kind_of, name
from perspectives.web.desk.documents.draft_view import Fact, cited, written_value
from perspectives.web.desk.documents.part_table import Kind, anchor

_LEAD: Mapping[str, str] = {HEAD: "title", "outline": "section", PASSAGES: "quote", FINDINGS: "note", "links": "label"}
"""The field that says what a part is."""


@dataclass(frozen=True)
class Row:
    """A part of a guide; a passage has its findings in it."""

    path: str
    name: str
    kind: Kind
    lead: str
    facts: tuple[Fact, ...]
    cites: tuple[str, ...]
    version: str
    is_first: bool = True
    is_last: bool = True
    findings: tuple["Row", ...] = ()
    has_topics: bool = False
    """Whether a topic takes the passage up, so that something can be found on it."""

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.path)

    @property
    def id(self) -> str:
        """Its id in its list, or its place there."""
        return self.path.rpartition("/")[2]

    @property
    def findings_path(self) -> str:
        """Where findings on a passage stand."""
        return f"{self.path}/{FINDINGS}"


@dataclass(frozen=True)
class Section:
    """A list of parts."""

    path: str
    kind: Kind
    rows: tuple[Row, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.path)


class GuideView:
    """The whole draft of a guide in reading order, and what it needs before it may be published."""

    def __init__(self, document: ArticleDocument) -> None:
        self.document = document
        self.draft = plain(document)
        self.head = self._row(HEAD, parts.find(self.draft, HEAD))
        self.sections = tuple(
            Section(path, KINDS[path], self._rows(path, self.draft.get(path, ()))) for path in GUIDE_LISTS
        )

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Where the rules of publication are broken."""
        sources = draft_documents.source_records(consistency.all_source_keys([self.document]))
        return balance.broken_in_guide(self.document, sources)

    def rows(self) -> Iterator[Row]:
        """Walk all parts but the head."""
        for section in self.sections:
            for row in section.rows:
                yield row
                yield from row.findings

    def _rows(self, path: str, items: Sequence[Plain]) -> tuple[Row, ...]:
        last = len(items) - 1
        return tuple(
            self._row(f"{path}/{item.get('id', place)}", item, is_first=place == 0, is_last=place == last)
            for place, item in enumerate(items)
        )

    def _row(self, path: str, item: Plain, **ends: bool) -> Row:
        kind = kind_of(path)
        lead = _LEAD[kind.list_name or HEAD]
        return Row(
            path=path,
            name=name(path),
            kind=kind,
            lead=f"“{item[lead]}”" if kind is KINDS[PASSAGES] else item[lead],
            facts=tuple(_facts(kind, item, without=lead)),
            cites=tuple(cited(cite) for cite in item.get("cites", ())),
            version=parts.version(parts.find(self.draft, path)),
            findings=self._rows(f"{path}/{FINDINGS}", item.get(FINDINGS, ())),
            has_topics=bool(item.get("topics")),
            **ends,
        )


def _facts(kind: Kind, item: Plain, *, without: str) -> Iterator[Fact]:
    if kind is KINDS[PASSAGES]:
        yield Fact("Place", f"characters {item['start']} to {item['end']}")
    for asked in kind.fields:
        if asked.name != without and (text := written_value(asked, item)):
            yield Fact(asked.label, text)
