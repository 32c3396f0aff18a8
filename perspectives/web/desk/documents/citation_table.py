"""All citations of a draft in one table: their sources and the places in them, changed together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, ConflictError
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import consistency, parts
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.documents.problems import Problem, written
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.documents.draft_view import LEADS
from perspectives.web.desk.documents.part_table import name
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import Mistake, NoteField
from perspectives.web.http.view_decorators import SENDING

_CITES: Final = "cites"
_COLUMNS: Final = ("source", "locator")
_SHORT: Final = 160


class NoteForm(forms.Form):
    """Why the citations are changed."""

    note = NoteField(label="Why (for the history)", widget=forms.TextInput, required=False)


@dataclass(frozen=True)
class Row:
    """A citation: the part that cites, and what stands, or was typed, in each column."""

    path: str
    place: int
    lead: str
    source: str
    """The source as the draft has it, whatever was typed."""
    quote: str
    values: Mapping[str, str]

    @property
    def part(self) -> str:
        """What the part is called."""
        return name(self.path)

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """The columns: name of the field, what it is called, and its value."""
        labels = {"source": "Source", "locator": "Where in it"}
        return [(self.field(column), labels[column], self.values[column]) for column in _COLUMNS]

    def field(self, column: str) -> str:
        """Name the field of a column."""
        return f"{self.path.replace('/', '_')}-{self.place}-{column}"


@desk_page(Permission.TOPIC_CHANGE)
def citations(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all citations of a draft, and change those that were sent otherwise, all at once or none."""
    topic = drafts.topic(slug)
    draft = plain(draft_documents.topic_document(topic.pk))
    sent = request.POST if request.method in SENDING else {}
    form = NoteForm(request.POST if request.method in SENDING else None)
    mistakes: list[Mistake] = []
    status = 200
    if request.method in SENDING and form.is_valid():
        changes = list(_changes(draft, sent))
        note = form.cleaned_data["note"]
        try:
            drafting.change(
                topic_id=topic.pk, changes=changes, version=sent.get("version", ""), by=person(request), note=note
            )
        except BrokenRulesError as error:
            mistakes, status = list(_mistakes(draft, changes, error.problems)), 422
        except ConflictError as error:
            words = f"{error.message} Below stands what you typed; look whether it still fits, and save again."
            mistakes, status = [Mistake("", "", words)], 409
        else:
            messages.success(request, f"Saved: {len(changes)} part{'' if len(changes) == 1 else 's'} changed.")
            return redirect("desk-topic-citations", slug)
    rows = list(_rows(draft, sent))
    context = {
        "topic": topic,
        "rows": rows,
        "version": parts.version(draft),
        "mistakes": mistakes or [Mistake("", "", str(words)) for words in form.errors.get("note", ())],
        "form": form,
        "sources": drafts.source_titles({key for _, key in consistency.topic_source_keys(draft)}, []),
    }
    return show(request, "drafting/citation_table.html", context, status=status)


def _rows(draft: Plain, sent: Mapping[str, str]) -> Iterator[Row]:
    """Give each citation, with what was typed where it was sent."""
    for path, part in parts.parts(draft):
        for place, cite in enumerate(part.get(_CITES, ())):
            values = {column: str(cite.get(column, "")) for column in _COLUMNS}
            lead = next((str(part[one]) for one in LEADS if one in part), "")
            row = Row(path, place, Truncator(lead).chars(_SHORT), cite["source"], str(cite.get("quote", "")), values)
            typed = {column: " ".join(sent.get(row.field(column), values[column]).split()) for column in _COLUMNS}
            yield replace(row, values=typed)


def _changes(draft: Plain, sent: Mapping[str, str]) -> Iterator[Change]:
    """Give a change for each part of which a citation was sent otherwise."""
    typed: dict[str, list[Row]] = {}
    for row in _rows(draft, sent):
        typed.setdefault(row.path, []).append(row)
    for path, rows in typed.items():
        part = parts.find(draft, path)
        after = {**part, _CITES: [_cite(part[_CITES][row.place], row.values) for row in rows]}
        if after != part:
            yield Change(path, part, after)


def _cite(cite: Mapping[str, Any], values: Mapping[str, str]) -> Plain:
    kept = {name: value for name, value in cite.items() if name not in _COLUMNS}
    return {**kept, **{name: value for name, value in values.items() if value}}


def _mistakes(draft: Plain, changes: list[Change], problems: tuple[object, ...]) -> Iterator[Mistake]:
    """Say what is wrong, each beside the field that it is about."""
    places = {written(parts.location(draft, change.path)): change.path for change in changes}
    for problem in problems:
        where = problem.path if isinstance(problem, Problem) else ""
        start = next((one for one in places if where.startswith(f"{one}.{_CITES}[")), None)
        if start is None or not isinstance(problem, Problem):
            yield Mistake("", "", str(problem))
            continue
        number, _, column = where.removeprefix(f"{start}.{_CITES}[").partition("]")
        column = column.lstrip(".") if column.lstrip(".") in _COLUMNS else _COLUMNS[0]
        row = Row(places[start], int(number), "", "", "", {})
        yield Mistake(f"id_{row.field(column)}", f"{row.part}, citation {int(number) + 1}", problem.message)
