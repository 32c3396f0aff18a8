"""Sources at the desk: the list, one record with its uses and its history, and its states."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.sources import source_records as actions
from perspectives.clients.intake import unpaywall
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.models import LogEntry, Source
from perspectives.policy import Permission, can, require
from perspectives.queries.publication import bundles
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.vocab import EventCode, MetadataState, SourceCategory, SourceState
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.sources.source_form import (
    LABELS,
    NewForm,
    RecordForm,
    differences,
    fields_of,
    note_in,
)
from perspectives.web.http.form_fields import NoteField, refusals_in
from perspectives.web.http.view_decorators import READING, SENDING
from perspectives.web.sources import source_pages

PAGE: Final = 50
"""Sources on a page of the list."""
NEWEST: Final = 50
"""Actions on a source that its page lists."""
_UNDOABLE: Final = {EventCode.SOURCE_CHANGED, EventCode.SOURCE_REVERTED, EventCode.SOURCE_MERGED}


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    words = forms.CharField(
        label="Words", required=False, max_length=100, help_text="Of the key, the title, the authors or the DOI."
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *SourceState.choices])
    category = forms.ChoiceField(required=False, choices=[("", "Any category"), *SourceCategory.choices])
    metadata = forms.ChoiceField(label="Record", required=False, choices=[("", "Any"), *MetadataState.choices])
    lacks = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Nothing in particular"),
            ("doi", "DOI"),
            ("url", "Address"),
            ("address", "DOI and address"),
            ("identifier", "DOI, ISBN and address"),
        ],
    )
    is_uncited = forms.BooleanField(label="Cited by no draft", required=False)

    def filters(self) -> source_catalogue.Filters:
        """Give what was chosen; what cannot be read narrows nothing and is told beside its field."""
        self.full_clean()
        return source_catalogue.Filters(**{name: value for name, value in self.cleaned_data.items() if value})


class ReasonForm(forms.Form):
    """Why a source is not to be cited any more, or may be again."""

    reason = NoteField(
        widget=forms.TextInput, help_text="Others will ask. For instance: The journal retracted it in May 2021."
    )


@desk_page(methods=READING)
def source_list(request: HttpRequest) -> HttpResponse:
    """List sources, narrowed as asked, fifty a page."""
    form = FilterForm(request.GET)
    shown = Paginator(source_catalogue.listed(form.filters()), PAGE).get_page(request.GET.get("page"))
    rows = [(one, source_pages.listed(one.key, one.record), SourceState.of(one.state)) for one in shown]
    context = {"form": form, "shown": shown, "rows": rows, **_rights(request)}
    return show(request, "sources/list.html", context)


@desk_page(Permission.SOURCE_CHANGE)
def source_new(request: HttpRequest) -> HttpResponse:
    """Take a new source in by hand."""
    form = NewForm(request.POST if request.method in SENDING else None, initial={"language": "en"})
    if form.is_asked_for_rows:
        form.show_as_typed()
        return show(request, "sources/new.html", {"form": form})
    if request.method in SENDING and form.is_complete(key=form.data.get("key", "")):
        given = form.cleaned_data
        with refusals_in(form):
            source = actions.add(key=given["key"], record=form.record(), by=person(request), note=given["note"])
            messages.success(request, f"“{source.key}” is there and can be cited.")
            return redirect("desk-source", source.key)
    return show(request, "sources/new.html", {"form": form}, status=_status(form))


@desk_page()
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source with its uses and its history; a form that is sent corrects its record."""
    found = source_catalogue.source(key)
    if request.method not in SENDING:
        form = RecordForm(initial={**fields_of(found.record), "version": parts.version(found.record)})
        return _record_page(request, found, form)
    require(person(request), Permission.SOURCE_CHANGE)
    return _correct(request, found, RecordForm(request.POST))


def _correct(request: HttpRequest, found: Source, form: RecordForm) -> HttpResponse:
    if form.is_asked_for_rows:
        form.show_as_typed()
        return _record_page(request, found, form)
    if not form.is_complete(key=found.key):
        return _record_page(request, found, form, status=400)
    record, given = form.record(), form.cleaned_data
    try:
        actions.change(key=found.key, record=record, version=given["version"], by=person(request), note=given["note"])
    except BrokenRulesError as error:
        form.add_problems(error.problems)
        return _record_page(request, found, form, status=400)
    except ConflictError as error:
        now: Any = error.now
        form.data = {**dict(form.data.items()), "version": parts.version(now)}
        conflict = {"message": error.message, "rows": differences(now, record)}
        return _record_page(request, found, form, status=409, conflict=conflict)
    except NotPossibleError as error:
        form.add_error(None, error.message)
        return _record_page(request, found, form, status=409)
    messages.success(request, f"The record of “{found.key}” is saved.")
    return redirect(_onward(found.key))


def _onward(key: str) -> str:
    """Lead to where the correction is carried to readers, where what they see is behind."""
    is_behind = bundles.lagging(source_catalogue.source(key))
    return reverse("desk-source-editions" if is_behind else "desk-source", args=[key])


def _record_page(request: HttpRequest, found: Source, form: RecordForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    entries = [
        (entry, EventCode.of(entry.code), _changed(entry), entry.code in _UNDOABLE and bool(entry.changes))
        for entry in source_catalogue.history(found.pk, most=NEWEST)
    ]
    context = {
        "source": found,
        "listed": source_pages.listed(found.key, found.record),
        "state": SourceState.of(found.state),
        "form": form,
        "uses": source_catalogue.uses(found.pk),
        "has_open_copies": bool(found.record.get("DOI")) and unpaywall.is_set_up(),
        "history": entries,
        **_rights(request),
        **more,
    }
    return show(request, "sources/record.html", context, status=status)


def _changed(entry: LogEntry) -> list[str]:
    labels = {**LABELS, "checked": "Confirmation"}
    return [labels.get(item["path"], item["path"]) for item in entry.changes]


@desk_page(Permission.SOURCE_CHANGE)
def source_deprecate(request: HttpRequest, key: str) -> HttpResponse:
    """Ask why a source is not to be cited any more, and say so when that is sent."""
    found = source_catalogue.source(key)
    form = ReasonForm(request.POST if request.method in SENDING else None)
    if form.is_valid():
        actions.deprecate(key=key, reason=form.cleaned_data["reason"], by=person(request))
        messages.success(request, f"“{key}” is deprecated: no draft can cite it anew.")
        return redirect("desk-source", key)
    context = {"source": found, "form": form, "uses": len(source_catalogue.uses(found.pk))}
    return show(request, "sources/deprecate.html", context, status=_status(form))


@desk_page(Permission.SOURCE_CHANGE)
def source_reinstate(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether a source may be cited again, and let it when that is sent."""
    found = source_catalogue.source(key)
    problems: list[str] = []
    if request.method in SENDING:
        try:
            actions.reinstate(key=key, by=person(request), note=note_in(request.POST))
        except BrokenRulesError as error:
            problems = [*map(str, error.problems)]
        else:
            messages.success(request, f"“{key}” may be cited again.")
            return redirect("desk-source", key)
    context = {"source": found, "state": SourceState.of(found.state), "problems": problems}
    return show(request, "sources/reinstate.html", context, status=400 if problems else 200)


@desk_page(Permission.SOURCE_CHANGE)
def source_undo(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    """Ask whether a correction is to be undone, and undo it when that is sent."""
    found = source_catalogue.source(key)
    action = source_catalogue.action(found.pk, entry)
    if request.method in SENDING:
        actions.revert(entry_id=action.pk, by=person(request))
        messages.success(request, "That correction is undone.")
        return redirect(_onward(found.key))
    rows = [(LABELS.get(item["path"], item["path"]), item.get("after"), item.get("before")) for item in action.changes]
    return show(request, "sources/undo.html", {"source": found, "entry": action, "rows": rows})


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {"may_change": can(person(request), Permission.SOURCE_CHANGE)}


def _status(form: forms.Form) -> int:
    return 400 if form.is_bound and form.errors else 200
