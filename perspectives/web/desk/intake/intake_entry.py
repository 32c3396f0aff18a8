"""One entry of an intake: completing its record, and deciding on it."""

import json
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.intake import intake_batches as actions
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.models import IntakeEntry, Source
from perspectives.policy import Permission, can
from perspectives.queries.intake import intake_batches
from perspectives.rules.documents import parts
from perspectives.rules.documents.problems import shown
from perspectives.rules.intake import bare_record, intake_record
from perspectives.rules.sources import duplicates
from perspectives.vocab import IntakeKind, IntakeState
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.sources.source_form import SPECS
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import group
from perspectives.web.http.form_fields import SpecForm
from perspectives.web.http.view_decorators import SENDING

_MOST_RAW: Final = 20_000
_MERGED: Final = "use"


_NAMED: Final = ("type", "title", "author", "editor", "category", "language", "issued", "DOI", "ISBN", "URL")
_SPECS: Final = tuple(spec for spec in SPECS if spec.name in _NAMED)
_HELP: Final = {"category": "Where one is chosen already, it is guessed from the type: look whether it is right."}


class RecordForm(SpecForm):
    """What a person says of a work; `rest` holds all other fields as JSON."""

    asked = (group("", *(replace(spec, help=_HELP.get(spec.name, spec.help)) for spec in _SPECS)),)
    field_order = _NAMED
    rest = forms.JSONField(
        required=False,
        label="All other fields",
        help_text='As CSL-JSON, such as {"volume": "7", "container-title": "International Affairs"}.',
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    key = forms.CharField(
        required=False, max_length=80, label="Key", help_text="Empty: it is made of author, year and title."
    )
    is_another = forms.BooleanField(required=False, label="It is another work than the one that it looks like.")

    def record(self) -> dict[str, Any]:
        """Put the record together; what is empty is left out."""
        rest = self.cleaned_data["rest"]
        return {**(rest if isinstance(rest, dict) else {}), **form_fields.read(self.specs(), self.cleaned_data)}


@desk_page(Permission.INTAKE_START)
def entry(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Show an entry with its record and what it looks like; the form that is sent adds it as a source."""
    one = intake_batches.entry(number, entry)
    if request.method not in SENDING:
        return _shown(request, one, RecordForm(initial=_initial(one)))
    form = RecordForm(request.POST)
    if form.is_asked_for_rows:
        form.show_as_typed()
        return _shown(request, one, form)
    status = 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            source = actions.add(
                entry_id=one.pk,
                by=person(request),
                record=form.record(),
                key=given["key"],
                is_another=given["is_another"],
            )
        except BrokenRulesError as error:
            form.add_problems(error.problems)
        except (ConflictError, NotPossibleError) as error:
            form.add_error(None, error.message)
            status = 409
        else:
            messages.success(request, f"Entry {entry} is the source “{source.key}” now.")
            return redirect("desk-intake-batch", number)
    return _shown(request, one, form, status=status)


@desk_page(Permission.INTAKE_DECIDE, methods=SENDING)
def merge(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Put the chosen fields of an entry into the source that it looks like."""
    one = intake_batches.entry(number, entry)
    if one.match is None:
        raise NotPossibleError("The entry looks like no source.")
    choices = [
        name.removeprefix("field-") for name, value in request.POST.items() if value == _MERGED and name[:6] == "field-"
    ]
    version = request.POST.get("version", "")
    try:
        source = actions.merge_into(
            entry_id=one.pk, source_id=one.match.pk, choices=choices, version=version, by=person(request)
        )
    except BrokenRulesError as error:
        raise NotPossibleError(f"{error.message} {' '.join(map(str, error.problems))}") from error
    messages.success(request, f"Entry {entry} is merged into the source “{source.key}”.")
    return redirect("desk-intake-batch", number)


@desk_page(Permission.INTAKE_DECIDE, methods=SENDING)
def dismiss(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Put an entry aside."""
    actions.dismiss(entry_id=intake_batches.entry(number, entry).pk, by=person(request))
    messages.success(request, f"Entry {entry} is put aside; it can be taken up again.")
    return redirect("desk-intake-batch", number)


@desk_page(Permission.INTAKE_DECIDE, methods=SENDING)
def retry(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Have an entry read again."""
    actions.retry(entry_id=intake_batches.entry(number, entry).pk, by=person(request))
    messages.success(request, f"Entry {entry} will be read again.")
    return redirect("desk-intake-entry", number, entry)


def _initial(one: IntakeEntry) -> dict[str, Any]:
    record = one.record or bare_record.begun(IntakeKind.of(one.kind), one.identifier)
    rest = {name: value for name, value in record.items() if name not in _NAMED}
    category = intake_record.likely_category(record)
    guess = {"category": category.value} if category else {}
    return {**form_fields.written(_SPECS, {**guess, **record}), "rest": rest}


def _shown(request: HttpRequest, one: IntakeEntry, form: RecordForm, *, status: int = 200) -> HttpResponse:
    state = IntakeState.of(one.state)
    is_open = state in {IntakeState.READY, IntakeState.DUPLICATE, IntakeState.FAILED}
    context = {
        "entry": one,
        "state": state,
        "form": form,
        "may_decide": can(person(request), Permission.INTAKE_DECIDE),
        "is_open": is_open,
        "can_dismiss": is_open or state is IntakeState.WAITING,
        "can_retry": is_open or state is IntakeState.DISMISSED,
        "missing": intake_record.missing(one.record) if one.record is not None else [],
        "raw": _visible(one.raw[:_MOST_RAW]),
        "is_cut": len(one.raw) > _MOST_RAW,
        "fields": _fields(one.match, one) if one.match and one.record else [],
        "version": parts.version(one.match.record) if one.match else "",
    }
    return show(request, "intake/entry.html", context, status=status)


def _fields(source: Source, one: IntakeEntry) -> list[tuple[str, str, str]]:
    """Put the fields that differ side by side, as texts."""
    differing = duplicates.differences(source.record, one.record or {})
    return [(row.field, _text(row.ours), _text(row.theirs)) for row in differing]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(map(str, name.values())) if isinstance(name, dict) else str(name) for name in value)
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _visible(text: str) -> str:
    """Write characters that hide or turn others so that they are seen."""
    return "\n".join(shown(line.replace("\t", "    "), len(text) + 1) for line in text.splitlines())
