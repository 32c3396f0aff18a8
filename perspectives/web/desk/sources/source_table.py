"""Records of many sources in one table, narrowed as the list is: corrected together, all or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, ConflictError
from perspectives.models import Source
from perspectives.policy import Permission
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.rules.documents.problems import Problem
from perspectives.vocab import SourceState
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.sources.source_form import LABELS
from perspectives.web.desk.sources.sources import FilterForm
from perspectives.web.http.form_fields import Mistake, NoteField
from perspectives.web.http.view_decorators import SENDING

PER_PAGE: Final = 50
COLUMNS: Final = ("title", "issued", "container-title", "volume", "issue", "page", "publisher", "DOI", "URL")
"""Fields that the table asks for; all others stay as they are."""


class NoteForm(forms.Form):
    """Why the records are corrected."""

    note = NoteField(label="Why", widget=forms.TextInput, required=False)


@dataclass(frozen=True)
class Row:
    """A source: its record's version as the edit began, and what stands, or was typed, in each column."""

    source: Source
    version: str
    values: Mapping[str, str]

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """The columns: name of the field, what it is called, and its value."""
        return [(f"{self.source.key}-{column}", LABELS[column], self.values[column]) for column in COLUMNS]

    def record(self) -> dict[str, Any]:
        """Give the record with what was typed; what is empty is left out."""
        kept = {name: value for name, value in self.source.record.items() if name not in COLUMNS}
        return {**kept, **{name: value for name, value in self.values.items() if value}}


@desk_page(Permission.SOURCE_CHANGE)
def source_table(request: HttpRequest) -> HttpResponse:
    """Show records of sources in a table, and correct those that were sent otherwise, all at once or none."""
    filters = FilterForm(request.GET)
    found = source_catalogue.listed(filters.filters()).exclude(state=SourceState.SUPERSEDED)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    sent = request.POST if request.method in SENDING else {}
    rows = list(_rows(shown, sent))
    note_form = NoteForm(request.POST if request.method in SENDING else None)
    mistakes: list[Mistake] = []
    status = 200
    if request.method in SENDING and note_form.is_valid():
        changed = [row for row in rows if row.record() != row.source.record]
        try:
            source_records.change_all(
                records={row.source.key: row.record() for row in changed},
                versions={row.source.key: row.version for row in changed},
                by=person(request),
                note=note_form.cleaned_data["note"],
            )
        except BrokenRulesError as error:
            mistakes, status = list(_mistakes(error.problems)), 422
        except ConflictError as error:
            rows = [_as_it_is_now(row) for row in rows]
            words = f"{error.message} Below stands what you typed; look at that record, and save again."
            mistakes, status = [Mistake(f"id_{error.path}-{COLUMNS[0]}", error.path, words)], 409
        else:
            messages.success(request, f"Saved: {len(changed)} record{'' if len(changed) == 1 else 's'} corrected.")
            return redirect(request.get_full_path())
    context = {
        "form": filters,
        "shown": shown,
        "rows": rows,
        "columns": [LABELS[column] for column in COLUMNS],
        "mistakes": mistakes,
        "note_form": note_form,
    }
    return show(request, "sources/table.html", context, status=status)


def _rows(shown: Any, sent: Mapping[str, str]) -> Iterator[Row]:
    for source in shown:
        version = sent.get(f"{source.key}-version") or parts.version(source.record)
        standing = {column: str(source.record.get(column, "")) for column in COLUMNS}
        yield Row(source, version, {name: sent.get(f"{source.key}-{name}", value) for name, value in standing.items()})


def _as_it_is_now(row: Row) -> Row:
    return Row(row.source, parts.version(row.source.record), row.values)


def _mistakes(problems: tuple[object, ...]) -> Iterator[Mistake]:
    for problem in problems:
        if isinstance(problem, Problem) and problem.path in COLUMNS:
            label = f"{problem.file}, {LABELS[problem.path]}"
            yield Mistake(f"id_{problem.file}-{problem.path}", label, problem.message)
        else:
            yield Mistake("", "", str(problem))
