"""The form of a part of a draft: its fields, its citations, and why it is changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, Protocol

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.datastructures import MultiValueDict

from perspectives.errors import DomainError
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import CLAIMS, SIDES, Change, Plain
from perspectives.rules.documents.problems import Problem, written
from perspectives.vocab import Stance
from perspectives.web.desk.documents.part_table import CITATION, Kind
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldKind, group
from perspectives.web.http.form_fields import Choices, Mistake, NoteField, SpecForm

MOST_ROWS: Final = 100
"""How many citations a form takes; with more, Django would refuse the request for its number of fields."""
_CITES, _COUNT, _NOTE, _MORE, _DROP, _REDRAW = "cites", "cites-count", "note-on-change", "more", "drop", "redraw"
_CITE = re.compile(r"cites\[(\d+)\]\.?(.*)")
_SHOWN = 90
_NUMBERED = re.compile(r"([a-z-]*)(\d+)")

Sent = MultiValueDict[str, str]


class Offered(Protocol):
    """What the fields of a form offer to choose from."""

    def by_kind(self) -> Choices:
        """Give it by the kind of field."""


@dataclass(frozen=True)
class Claims:
    """The claims of a draft as the choices of a form."""

    draft: Mapping[str, Any]

    def choices(self, *stances: Stance) -> list[Any]:
        """Give the claims of perspectives of these stances, grouped by perspective."""
        return [
            (side["label"], [(one["id"], f"{one['id']} · {_short(one['text'])}") for one in side[CLAIMS]])
            for side in self.draft.get(SIDES, ())
            if side["stance"] in stances and side.get(CLAIMS)
        ]

    def by_kind(self) -> Choices:
        """Give what there is to choose from by the kind of field."""
        return {FieldKind.CLAIM: self.choices(*Stance), FieldKind.AUTHORS_CLAIM: self.choices(Stance.AUTHOR)}

    def free_ids(self, side: str) -> Iterator[str]:
        """Give ids for new claims of a perspective, after its last one: s4 after s3. None where that has no number."""
        sides = self.draft[SIDES]
        taken = {claim["id"] for one in sides for claim in one[CLAIMS]}
        own = [claim["id"] for one in sides if one["id"] == side for claim in one[CLAIMS]]
        numbered = _NUMBERED.fullmatch(own[-1]) if own else None
        if numbered:
            ids = (f"{numbered[1]}{number}" for number in count(int(numbered[2]) + 1))
            yield from (one for one in ids if one not in taken)


def place_of(draft: Plain, change: Change) -> str:
    """Say where a changed part stands in the document as problems of the document name it; '' where nowhere."""
    try:
        return written(parts.location(parts.applied(draft, [change]), change.path))
    except DomainError:
        return ""


class CitationForm(SpecForm):
    """A row of the citations; a row without words is passed over."""

    asked = (group("", *CITATION),)

    def has_changed(self) -> bool:
        """Say whether anything was typed; choices alone make no citation."""
        typed = (spec.name for spec in CITATION if spec.kind is not FieldKind.CHOICE)
        return any(str(self[name].value() or "").strip() for name in typed)


_CitationFormSet: Final = formset_factory(CitationForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class PartForm(SpecForm):
    """Asks for the fields of a part, for its citations, and why it is changed."""

    def __init__(
        self, kind: Kind, offered: Offered, *, part: Mapping[str, Any], sent: Sent | None = None, is_new: bool = False
    ) -> None:
        self.kind, self.part, self.sent = kind, part, sent
        self.fields_asked = tuple(one for one in kind.fields if is_new or not one.is_for_new_only)
        self.asked = (group("", *self.fields_asked),)
        initial = form_fields.written(kind.fields, part)
        super().__init__(sent, initial=initial, use_required_attribute=False, choices=offered.by_kind())
        self.fields[_NOTE] = NoteField(
            label="Why (for the history)",
            widget=forms.TextInput,
            required=False,
            help_text="If it is not plain, such as The survey has appeared.",
        )
        self.rows = self._citations(is_new=is_new).forms if kind.has_citations else []

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The part's own fields."""
        return [self[one.name] for one in self.fields_asked]

    @property
    def note_field(self) -> forms.BoundField:
        """The reason for the change."""
        return self[_NOTE]

    @property
    def has_row_errors(self) -> bool:
        """Whether there is something to mend in a citation."""
        return any(row.errors for row in self.rows)

    @property
    def is_to_be_redrawn(self) -> bool:
        """Whether a row is to be added or removed, or unsent text to be shown again; then nothing is saved."""
        return self.sent is not None and any(name in self.sent for name in (_MORE, _DROP, _REDRAW))

    def redrawn(self) -> "PartForm":
        """Give the form with what was typed, without a word about it."""
        for form in (self, *self.rows):
            form.show_as_typed()
        return self

    def is_valid(self) -> bool:
        """Say whether all fields and rows are filled in well enough to ask the document."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def note(self) -> str:
        """Why the part was changed."""
        return str(self.cleaned_data[_NOTE])

    def made(self) -> Plain:
        """Give the part as it was typed; fields that the form does not ask for stay as they were."""
        known = {one.name.partition(".")[0] for one in self.fields_asked} | {_CITES}
        part: Plain = {name: value for name, value in self.part.items() if name not in known}
        part |= form_fields.read(self.fields_asked, self.cleaned_data)
        if cites := [form_fields.read(CITATION, row.cleaned_data) for row in self._filled()]:
            part[_CITES] = cites
        return part

    def take_further(self, problems: Iterable[object], place: str) -> None:
        """Show the broken rules of this part beside fields of which nothing is said yet."""
        for problem in problems:
            if not place or not isinstance(problem, Problem) or not problem.path.startswith(place):
                continue
            inside = problem.path.removeprefix(place).lstrip(".")
            row = _CITE.match(inside)
            form, path = (self._filled()[int(row[1])], row[2]) if row else (self, inside)
            form.add_further_problems([replace(problem, path=path)])

    def _mistakes(self) -> Iterator[Mistake]:
        yield from super()._mistakes()
        for number, row in enumerate(self.rows, start=1):
            for one in row.mistakes_told:
                yield replace(one, label=f"Citation {number}: {one.label}")

    def take(self, problems: Iterable[object], place: str) -> None:
        """Put each problem beside the field that it names; `place` is where the part stands in the document."""
        for problem in problems:
            path, message = (problem.path, problem.message) if isinstance(problem, Problem) else ("", str(problem))
            inside = path.removeprefix(place).lstrip(".") if path.startswith(place) else ""
            if row := _CITE.match(inside):
                self._filled()[int(row[1])].add_problem(row[2], message)
            else:
                self.add_problem(inside or path, message)

    def _filled(self) -> list[CitationForm]:
        return [row for row in self.rows if row.has_changed()]

    def _citations(self, *, is_new: bool) -> "BaseFormSet[CitationForm]":
        """Make the rows: as the part has them, as they were sent, or with one more or less, as a button said."""
        if self.sent is None:
            given = [form_fields.written(CITATION, cite) for cite in self.part.get(_CITES, ())] or [{}] * is_new
            return _CitationFormSet(initial=given, prefix=_CITES)
        rows = min(_number(self.sent.get(_COUNT)), MOST_ROWS)
        if not self.is_to_be_redrawn:
            management = {f"{_CITES}-TOTAL_FORMS": str(rows), f"{_CITES}-INITIAL_FORMS": "0"}
            return _CitationFormSet({**self.sent.dict(), **management}, prefix=_CITES)
        gone = _number(self.sent.get(_DROP), -1)
        typed = [self._typed(place) for place in range(rows) if place != gone] + [{}] * (_MORE in self.sent)
        return _CitationFormSet(initial=typed[:MOST_ROWS], prefix=_CITES)

    def _typed(self, place: int) -> dict[str, str]:
        names = (spec.name for spec in CITATION)
        return {name: self.sent.get(f"{_CITES}-{place}-{name}") or "" for name in names} if self.sent else {}


def _number(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,4}", value, re.ASCII) else otherwise


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
