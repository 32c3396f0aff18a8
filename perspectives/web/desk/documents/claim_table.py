"""Several claims of a perspective on one page: typed in rows, or read from a table that is pasted."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, ConflictError, DomainError
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import CLAIMS, SIDES, Change, Plain
from perspectives.rules.documents.problems import Problem, shown, written
from perspectives.rules.formats import pasted_table
from perspectives.rules.formats.pasted_table import Column, PastedTable
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.documents import source_picking
from perspectives.web.desk.documents.part_form import Claims
from perspectives.web.desk.documents.part_table import CITATION, KINDS, anchor
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldKind, FieldSpec, group, optional
from perspectives.web.http.form_fields import Mistake, NoteField, SpecForm
from perspectives.web.http.view_decorators import SENDING

MOST_ROWS: Final = 50
"""Claims on the page; with more, Django would refuse the request for its number of fields."""
_FIRST_ROWS: Final = 3
_ROWS, _COUNT, _MORE, _DROP, _READ, _TABLE = "claims", "claims-count", "more", "drop", "read", "table"
_ID = replace(optional(KINDS[CLAIMS].fields[0])[0], help="Empty: the next one, such as s4.", is_for_new_only=False)
_CITES = "cites[0]"
_FIELDS: Final = (_ID, *KINDS[CLAIMS].fields[1:])
_CITED: Final = optional(*CITATION)
_SPECS: Final[tuple[FieldSpec, ...]] = (*_FIELDS, *_CITED)
COLUMNS: Final = tuple(
    Column(spec.name, spec.label, {str(one.value): str(one.label) for one in spec.terms}) for spec in _SPECS
)
_MOST_TEXT: Final = 200_000


class ClaimRow(SpecForm):
    """A claim with at most one citation; more are added on the claim's own page. One without words is passed over."""

    asked = (group("", *_SPECS),)

    def __init__(self, place: int, typed: Mapping[str, str], *, is_new: bool = False) -> None:
        prefix = f"{_ROWS}-{place}"
        sent = {f"{prefix}-{name}": value for name, value in typed.items()}
        super().__init__(None if is_new else sent, prefix=prefix, use_required_attribute=False)
        self.number = place + 1

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed; choices alone make no claim."""
        typed = (spec.name for spec in _SPECS if spec.kind is not FieldKind.CHOICE)
        return any(str(self[name].value() or "").strip() for name in typed)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The claim's own fields."""
        return [self[spec.name] for spec in _FIELDS]

    @property
    def cite_fields(self) -> list[forms.BoundField]:
        """The fields of its citation."""
        return [self[spec.name] for spec in _CITED]

    def made(self, label: str) -> Plain:
        """Give the claim as it was typed, with `label` where it has no id."""
        given = {spec.name: self.cleaned_data.get(spec.name, "") for spec in _SPECS}
        claim: Plain = {"id": label, **form_fields.read(_FIELDS, given)}
        cite = form_fields.read(_CITED, given)
        return {**claim, "cites": [cite]} if cite else claim


class NoteForm(forms.Form):
    """Why the claims are added."""

    note = NoteField(label="Why (for the history)", widget=forms.TextInput, required=False)


@desk_page(Permission.TOPIC_CHANGE)
def several(request: HttpRequest, slug: str, side: str) -> HttpResponse:
    """Ask for several claims of a perspective, read a table that is pasted, and add all of them at once."""
    topic = drafts.topic(slug)
    page = _Page(request, topic.pk, slug, side, plain(draft_documents.topic_document(topic.pk)))
    label = parts.find(page.draft, f"{SIDES}/{side}")["label"]
    if request.method in SENDING and (answer := page.answer()):
        return answer
    context = {
        "topic": topic,
        "side": side,
        "label": label,
        "back": page.back,
        "rows": page.rows,
        "mistakes": page.mistakes(),
        "note_form": page.note_form,
        "table": page.table,
        "columns": [column.label for column in COLUMNS],
        "most": MOST_ROWS,
        "picking": page.picking,
        "sources": drafts.source_titles([], page.typed_sources()),
    }
    return show(request, "drafting/claims.html", context, status=422 if page.mistakes() else 200)


class _Page:
    """The rows of one request, what is wrong with them, and what is left in the box for a table."""

    def __init__(self, request: HttpRequest, topic_id: int, slug: str, side: str, draft: Plain) -> None:
        self.request, self.topic_id, self.slug, self.side, self.draft = request, topic_id, slug, side, draft
        self.path = f"{SIDES}/{side}/{CLAIMS}"
        self.back = f"{reverse('desk-topic', args=[slug])}#{anchor(self.path)}"
        self.rows = [ClaimRow(place, {}, is_new=True) for place in range(_FIRST_ROWS)]
        self.table = ""
        self.told: list[str] = []
        self.note_form = NoteForm(request.POST if request.method in SENDING else None)
        self.picking = source_picking.standing(request)

    def answer(self) -> HttpResponse | None:
        """Do what was asked for; None where the page is shown again."""
        sent = self.request.POST
        self.table = sent.get(_TABLE, "")[:_MOST_TEXT]
        if source_picking.is_asked(self.request):
            self.picking = source_picking.picked(self.request)
            self._redraw(_typed(self.picking.sent))
            return None
        typed = _typed(sent)
        if _MORE in sent:
            self._redraw([*typed, {}])
        elif _DROP in sent:
            self._redraw([one for place, one in enumerate(typed) if str(place) != sent[_DROP]])
        elif _READ in sent:
            self._paste([one for one in typed if any(one.values())])
        else:
            self.rows = [ClaimRow(place, one) for place, one in enumerate(typed)] or self.rows
            return self._saved()
        return None

    def mistakes(self) -> list[Mistake]:
        """Give all that is to be mended, row by row."""
        found = [Mistake("", "", words) for words in self.told]
        for row in self.rows:
            if row.is_bound:
                named = f"Claim {row.number}"
                found += [
                    replace(one, label=f"{named}: {one.label}" if one.label else named) for one in row.mistakes_told
                ]
        return found

    def typed_sources(self) -> list[str]:
        """Give what stands in the fields for sources."""
        words = (str(row["source"].value() or "").strip() for row in self.rows)
        return [one for one in words if one.isprintable() and len(one) <= drafts.LONGEST_WORDS]

    def _redraw(self, typed: Iterable[Mapping[str, str]]) -> None:
        self.rows = [ClaimRow(place, one) for place, one in enumerate(list(typed)[:MOST_ROWS])]
        for row in self.rows:
            row.show_as_typed()

    def _paste(self, typed: list[Mapping[str, str]]) -> None:
        """Put the rows of the table below those that are typed, and say at once what is wrong with each."""
        found: PastedTable = pasted_table.read(self.table, COLUMNS, most=MOST_ROWS - len(typed))
        if not found.rows and not found.mistakes:
            self.told = ["Paste a table first."]
        self.table, self.told = found.rest, [*self.told, *found.mistakes]
        self.rows = [ClaimRow(place, one) for place, one in enumerate([*typed, *(one.values for one in found.rows)])]
        self._check()
        for row, pasted in zip(self.rows[len(typed) :], found.rows, strict=True):
            for name, words in pasted.mistakes:
                row.add_error(name or None, words)

    def _changes(self) -> list[tuple[ClaimRow, Change]]:
        """Give the change that each filled row asks for."""
        filled = [row for row in self.rows if row.is_filled]
        ids = {str(row["id"].value() or "").strip() for row in filled}
        free = (one for one in Claims(self.draft).free_ids(self.side) if one not in ids)
        made = []
        for row in filled:
            claim = row.made(str(row["id"].value() or "").strip() or next(free, ""))
            made.append((row, Change(f"{self.path}/{claim['id']}", None, claim)))
        return made

    def _check(self) -> list[Change]:
        """Say of each row what is wrong, by itself and in the draft; give the changes where nothing is."""
        wrong = [row.number for row in self.rows if row.is_filled and not row.is_valid()]
        changes = self._changes()
        try:
            draft_documents.checked_topic(parts.applied(self.draft, [one for _, one in changes]))
        except BrokenRulesError as error:
            self._take(error.problems, changes)
            return []
        except DomainError as error:
            self.told.append(shown(error.message, len(error.message)))
            return []
        return [] if wrong else [one for _, one in changes]

    def _saved(self) -> HttpResponse | None:
        for row in self.rows:
            if not row.is_filled:
                row.show_as_typed()
        if not any(row.is_filled for row in self.rows):
            self.told.append("Type or paste at least one claim.")
            return None
        changes = self._check()
        if not changes or not self.note_form.is_valid():
            return None
        note = self.note_form.cleaned_data["note"]
        try:
            drafting.change(topic_id=self.topic_id, changes=changes, by=person(self.request), note=note)
        except (BrokenRulesError, ConflictError) as error:
            self.told.append(
                f"{shown(error.message, len(error.message))} Look at the draft, and send the claims again."
            )
            return None
        messages.success(self.request, f"{len(changes)} claim{'s are' if len(changes) > 1 else ' is'} added.")
        return redirect(self.back)

    def _take(self, problems: Iterable[object], changes: list[tuple[ClaimRow, Change]]) -> None:
        after = parts.applied(self.draft, [one for _, one in changes])
        places = {written(parts.location(after, change.path)): row for row, change in changes}
        for problem in problems:
            path = problem.path if isinstance(problem, Problem) else ""
            place = next((one for one in places if path == one or path.startswith((f"{one}.", f"{one}["))), None)
            if place is None or not isinstance(problem, Problem):
                self.told.append(str(problem))
                continue
            inside = path.removeprefix(place).lstrip(".").removeprefix(_CITES).lstrip(".")
            row = places[place]
            if row.field_at(inside):
                row.add_further_problems([replace(problem, path=inside)])
            else:
                row.add_problem(inside, problem.message)


def _typed(sent: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Read the rows that were sent."""
    count = sent.get(_COUNT, "")
    number = min(int(count), MOST_ROWS) if re.fullmatch(r"[0-9]{1,2}", count) else 0
    return [{spec.name: sent.get(f"{_ROWS}-{place}-{spec.name}", "") for spec in _SPECS} for place in range(number)]
