"""Handing sources in, and what became of them."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from perspectives.actions.intake import handing_in
from perspectives.actions.intake import intake_batches as actions
from perspectives.errors import NotFoundError
from perspectives.policy import Permission, can
from perspectives.queries.intake import intake_batches
from perspectives.rules.documents.problems import shown
from perspectives.rules.intake import splitting as rules
from perspectives.vocab import IntakeState
from perspectives.web.desk.layout import desk_page, person, show, show_part
from perspectives.web.desk.queues.csv_table import as_csv
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import READING, SENDING, query_value

_A_PAGE: Final = 50
_COLUMNS: Final = ("entry", "state", "what", "as handed in")
"""Of the report as a table."""


class HandInForm(forms.Form):
    """What somebody hands in: a text or a file."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Paste them",
        help_text="One a line: DOI, ISBN, “PMID: 123”, “PMC123”, “arXiv:2101.00001”, a web address, or “title: ” and a "
        "title. Or a whole BibTeX, RIS or CSL-JSON file. Or the address of a group or collection at zotero.org, alone.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "intake-text"}),
    )
    file = forms.FileField(
        required=False,
        label="Or choose a file",
        help_text=f"A .bib, .ris or .json, at most {rules.MOST_BYTES:,} bytes and {rules.MOST_ENTRIES:,} entries.",
    )
    zotero_key = forms.CharField(
        required=False,
        max_length=100,
        label="Or an API key of Zotero",
        help_text="Alone for your own library, or with a group's address for one that is not public. It is used once "
        "and not kept. Give it the right to read and nothing else.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        required=False,
        max_length=300,
        label="Note",
        help_text="Where it comes from, such as “Library catalogue, search of 3 May”.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a text, a file or a key; of text and file one."""
        given: dict[str, Any] = super().clean() or {}
        has_text, has_file = bool(given.get("text", "").strip()), given.get("file") is not None
        is_nothing = not (has_text or has_file or given.get("zotero_key"))
        if not self.errors and (is_nothing or (has_text and has_file)):
            self.add_error("text", "Paste something or choose a file; one of the two.")
        return given


class AddReadyForm(forms.Form):
    """What is said once for all entries that are added together."""

    language = forms.CharField(
        required=False,
        max_length=35,
        label="Language of those that do not say theirs",
        help_text="A language tag, such as en or de; empty: these are left for you to complete one by one.",
    )
    category = forms.BooleanField(
        required=False,
        label="I confirm the categories that follow from the types, such as peer-reviewed for journal articles.",
    )


@desk_page(Permission.INTAKE_START)
@sensitive_post_parameters("zotero_key")
@csrf_exempt
def batches(request: HttpRequest) -> HttpResponse:
    """List what was handed in; a form that is sent hands more in.

    A text that is too long to be pasted is told of before anything else looks at the form, which then cannot be read;
    every form that can be is checked against forgery.
    """
    try:
        _ = request.POST
    except RequestDataTooBig:
        return _listed(request, HandInForm(), too_long=settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    return _hand_in(request)


@csrf_protect
def _hand_in(request: HttpRequest) -> HttpResponse:
    form = HandInForm(request.POST, request.FILES) if request.method in SENDING else HandInForm()
    if request.method in SENDING and form.is_valid():
        given = form.cleaned_data
        file = given["file"]
        with refusals_in(form):
            content = file.read(rules.MOST_BYTES + 1) if file else None
            batch = handing_in.hand_in(
                by=person(request),
                text=given["text"],
                content=content,
                file_name=file.name if file else "",
                note=given["note"],
                zotero_key=given["zotero_key"],
            )
            messages.success(request, "Taken in. Reading goes on in the background; you may leave this page.")
            return redirect("desk-intake-batch", batch.pk)
    return _listed(request, form)


def _listed(request: HttpRequest, form: HandInForm, *, too_long: int = 0) -> HttpResponse:
    page = Paginator(intake_batches.batches(), _A_PAGE).get_page(query_value(request, "page", "1"))
    context = {"form": form, "page": page, "shown": page, "here": "?", "too_long": too_long}
    return show(request, "intake/batches.html", context, status=413 if too_long else 200)


@desk_page(Permission.INTAKE_START, methods=READING)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a batch has come, and its entries; the page asks for that part again while entries are read."""
    one = intake_batches.batch(number)
    state = IntakeState.of(code) if (code := query_value(request, "state")) in IntakeState.values else None
    page = Paginator(intake_batches.entries(number, state), _A_PAGE).get_page(query_value(request, "page", "1"))
    progress = intake_batches.progress(number)
    context = {
        "batch": one,
        "progress": progress,
        "counts": [(term, count) for term, count in progress.counts.items() if count],
        "state": state,
        "shown": page,
        "rows": [(entry, str((entry.record or {}).get("title", "")), IntakeState.of(entry.state)) for entry in page],
        "beside": [(row["line"], shown(row["text"], 300)) for row in one.beside[:_A_PAGE]],
        "here": f"?state={state.value}&" if state else "?",
        "may_decide": can(person(request), Permission.INTAKE_DECIDE),
        "form": AddReadyForm(),
    }
    return show_part(request, "intake/batch.html", "intake/live.html", context)


@desk_page(Permission.INTAKE_DECIDE, methods=SENDING)
def add_ready(request: HttpRequest, number: int) -> HttpResponse:
    """Add all entries that are ready and whole."""
    intake_batches.batch(number)
    form = AddReadyForm(request.POST)
    form.is_valid()
    added, left = actions.add_ready(
        batch_id=number,
        by=person(request),
        language=form.cleaned_data.get("language", ""),
        is_category_confirmed=form.cleaned_data.get("category", False),
    )
    words = f"{added} added as sources, {len(left)} left as they were."
    if left:
        words += " " + " ".join(f"Entry {entry}: {shown(why, 200)}" for entry, why in left[:5])
    messages.add_message(request, messages.SUCCESS if added else messages.WARNING, words)
    return redirect("desk-intake-batch", number)


@desk_page(Permission.INTAKE_START, methods=READING)
def report(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    """Give what failed, waits or was left out as a file: text or CSV. Raises NotFoundError."""
    intake_batches.batch(number)
    if suffix not in {"txt", "csv"}:
        raise NotFoundError("The report is there as .txt and .csv.")
    rows = [
        (str(entry.number), entry.state, " ".join([entry.last_error, *entry.problems]).strip(), entry.raw)
        for entry in intake_batches.failures(number)
    ]
    kind = "text/csv" if suffix == "csv" else "text/plain"
    body = as_csv(_COLUMNS, rows) if suffix == "csv" else _as_text(rows)
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="intake-{number}.{suffix}"'
    return response


def _as_text(rows: list[tuple[str, str, str, str]]) -> str:
    return "\n\n".join(f"Entry {number} ({state}): {why}\n{raw.rstrip()}" for number, state, why, raw in rows) + "\n"
