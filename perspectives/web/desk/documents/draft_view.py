"""A draft as the desk shows it: every part with what it says, its address, and whether it can move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import CLAIMS, HEAD, LISTS, SIDES
from perspectives.web.desk.documents.part_table import KINDS, Kind, anchor, name
from perspectives.web.http.field_specs import FieldKind, FieldSpec
from perspectives.web.http.form_fields import LISTED, value_at, written_holder

LEADS = ("text", "question", "label", "title", "note", "argues", "term")
"""The fields that say what a part is, the first that a kind has."""


@dataclass(frozen=True)
class Fact:
    """A value with its label."""

    label: str
    text: str
    is_long: bool = False


@dataclass(frozen=True)
class Row:
    """A part of a draft."""

    path: str
    name: str
    lead: str
    facts: tuple[Fact, ...]
    cites: tuple[str, ...]
    version: str
    is_first: bool = True
    is_last: bool = True
    has_citations: bool = False
    claims: "Section | None" = None
    stance: str = ""

    @property
    def id(self) -> str:
        """The last step of its path: its id, or its place."""
        return self.path.rpartition("/")[2]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.path)


@dataclass(frozen=True)
class Section:
    """A list of parts."""

    path: str
    kind: Kind
    rows: tuple[Row, ...] = field(default=())

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.path)


class DraftView:
    """The whole draft in reading order."""

    def __init__(self, draft: Mapping[str, Any]) -> None:
        self.draft = draft
        self._claims = {one["id"]: one for side in draft.get(SIDES, ()) for one in side[CLAIMS]}

    @property
    def head(self) -> Row:
        """The question and what stands around it."""
        return self._row(HEAD, KINDS[HEAD], parts.find(self.draft, HEAD))

    @property
    def sections(self) -> Iterator[Section]:
        """The lists of the draft."""
        for one in LISTS:
            yield self._section(one, KINDS[one], self.draft.get(one, ()))

    def rows(self) -> Iterator[Row]:
        """Walk all parts but the head."""
        for section in self.sections:
            for row in section.rows:
                yield row
                yield from row.claims.rows if row.claims else ()

    def _section(self, path: str, kind: Kind, items: Sequence[Mapping[str, Any]]) -> Section:
        last = len(items) - 1
        rows = [
            self._row(f"{path}/{item.get('id', place)}", kind, item, is_first=place == 0, is_last=place == last)
            for place, item in enumerate(items)
        ]
        return Section(path, kind, tuple(rows))

    def _row(self, path: str, kind: Kind, item: Mapping[str, Any], **ends: bool) -> Row:
        lead = next(one for one in LEADS if any(asked.name == one for asked in kind.fields))
        claims = self._section(f"{path}/{CLAIMS}", KINDS[CLAIMS], item[CLAIMS]) if CLAIMS in item else None
        return Row(
            path=path,
            name=name(path),
            lead=item[lead],
            facts=tuple(self._facts(kind, item, without=lead)),
            cites=tuple(cited(cite) for cite in item.get("cites", ())),
            version=parts.version(parts.find(self.draft, path)),
            has_citations=kind.has_citations,
            claims=claims,
            stance=str(item.get("stance", "")) if kind.list_name == SIDES else "",
            **ends,
        )

    def _facts(self, kind: Kind, item: Mapping[str, Any], *, without: str) -> Iterator[Fact]:
        for asked in kind.fields:
            text = written_value(asked, item)
            if text and asked.name not in {without, "id"}:
                if asked.kind in (FieldKind.CLAIM, FieldKind.AUTHORS_CLAIM):
                    text = f"{text} · {self._claims[text]['text']}"
                yield Fact(asked.label, text, asked.kind is FieldKind.PARAGRAPHS)


def written_value(asked: FieldSpec, part: Mapping[str, Any]) -> str:
    """Write the value of a field for people, empty where there is none."""
    value = value_at(part, asked.place)
    if asked.kind is FieldKind.CHOICE:
        return next((str(term.label) for term in asked.terms if term.value == value), "")
    if asked.kind in LISTED:
        return ", ".join(value or ())
    if asked.kind is FieldKind.HOLDERS:
        return "; ".join(written_holder(one) for one in value or ())
    return "" if value is None else str(value)


def cited(cite: Mapping[str, Any]) -> str:
    """Write a citation in a line."""
    relation = cite["relation"]
    said = [f"{cite['source']} {relation if relation == 'context' else relation + ' it'}"]
    said += [str(cite[one]) for one in ("locator",) if one in cite]
    if "quote" in cite:
        language = f" ({cite['quote_language']})" if "quote_language" in cite else ""
        seen = [str(cite[one]) for one in ("quote_status", "quote_seen_in", "quote_seen_on") if one in cite]
        said.append(f"“{cite['quote']}”{language}, {', '.join(seen)}")
    if "translation" in cite:
        said.append(f"“{cite['translation']}” (translated by {cite.get('translator', '?')})")
    return "; ".join(said)
