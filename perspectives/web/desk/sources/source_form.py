"""The record of a source as a form: one field for each that a record may have, in groups, with examples."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from perspectives.errors import BrokenRulesError
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents.fields import LONGEST_NOTE
from perspectives.rules.sources import source_changes
from perspectives.vocab import CslType, MetadataState, PublicationStatus, QuoteStatus, SourceCategory
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldGroup, FieldKind, FieldSpec, choice, group
from perspectives.web.http.form_fields import NoteField, SpecForm

_NAME_HELP = "One a row, in the order of the work. Empty rows are passed over."
_DATE_HELP = "Year, month or day: 2021, 2021-04 or 2021-04-09."
_WORK_DATE_HELP = (
    f"{_DATE_HELP} Also 1914~ (about), 2001-21 (spring; 22 to 24 the later seasons), 1914/1918, 1914/.. (on)."
)


def _line(name: str, label: str, help_text: str, *, is_required: bool = False, path: str = "") -> FieldSpec:
    return FieldSpec(name, label, help_text, FieldKind.VERBATIM, is_required=is_required, path=path)


def _names(name: str, label: str) -> FieldSpec:
    return FieldSpec(name, label, _NAME_HELP, FieldKind.NAMES, is_required=False, rows=2)


GROUPS: Final = (
    group(
        "What it is",
        choice("type", "Type of item", CslType, "As citation styles name it, such as article-journal."),
        choice("category", "Category", SourceCategory, "The balance gate counts peer-reviewed and primary ones."),
        _line("title", "Title", "With its subtitle: Walks That Never Were: A Memoir", is_required=True),
        _line("language", "Language", "A language tag, such as en, de or uk.", is_required=True),
        _line("genre", "Genre", "Such as: Doctoral dissertation"),
        _line("medium", "Medium", "Such as: Audio recording"),
    ),
    group(
        "Who made it",
        _names("author", "Authors"),
        _names("editor", "Editors"),
        _names("translator", "Translators"),
        _names("container-author", "Authors of the volume"),
        _names("interviewer", "Interviewers"),
    ),
    group(
        "Where it stands",
        _line("container-title", "In", "The journal, newspaper or volume: International Affairs"),
        _line("volume", "Volume", "Such as: 94"),
        _line("issue", "Issue", "Such as: 3"),
        _line("page", "Pages", "First and last, such as 40-58."),
        _line("number", "Number", "Of a report or a document, such as S/2015/207."),
        _line("edition", "Edition", "Such as: 2"),
        _line("collection-title", "Series", "Such as: Studies in Bridges"),
        _line("collection-number", "Number in the series", "Such as: 12"),
        _line("section", "Section", "Such as: Opinion"),
        _line("number-of-pages", "Number of pages", "Such as: 312"),
        _line("publisher", "Publisher", "Such as: Made-Up Press"),
        _line("publisher-place", "Place of publication", "Such as: New Haven"),
        _line("authority", "Authority", "The body that stands behind it, such as a court."),
        _line("event-title", "Event", "Where it was said, such as a conference."),
        _line("event-place", "Place of the event", "Such as: Geneva"),
        _line("archive", "Archive", "Such as: National Archives"),
        _line("archive-location", "Place in the archive", "Box and folder, such as Box 12, folder 3."),
    ),
    group(
        "When",
        _line("issued", "Published", _WORK_DATE_HELP),
        choice("status", "Not out yet", PublicationStatus, "Only while it has not appeared.", is_required=False),
        _line("original-date", "First published", _WORK_DATE_HELP),
        _line("accessed", "Read online", _DATE_HELP),
    ),
    group(
        "Where to find it",
        _line("DOI", "DOI", "Bare, beginning with 10., such as 10.1000/182."),
        _line("ISBN", "ISBN", "With or without hyphens, such as 978-0-00-000000-2."),
        _line("URL", "Address", "Whole, beginning with https://"),
    ),
    group(
        "How far it was confirmed",
        choice("checked-metadata", "Record", MetadataState, "What an editor has seen.", path="checked.metadata"),
        choice(
            "checked-text",
            "Its text",
            QuoteStatus,
            "The closest that an editor has seen its words: no quotation may say more.",
            path="checked.text",
            is_required=False,
        ),
        _line("checked-note", "What remains open", "Such as: Page numbers not seen in print.", path="checked.note"),
    ),
)
SPECS: Final = tuple(spec for group in GROUPS for spec in group.specs)
LABELS: Final = {spec.name: spec.label for spec in SPECS}


class RecordForm(SpecForm):
    """The record, the version that the edit began with, and why it is made; names have rows."""

    asked: tuple[FieldGroup, ...] = GROUPS
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    note = NoteField(
        label="Why",
        required=False,
        widget=forms.TextInput,
        help_text="Kept in the history. For instance: Pages seen in print.",
    )

    def is_complete(self, *, key: str) -> bool:
        """Say whether the form is filled in well enough to ask the action; if not, all that is wrong is told."""
        if self.is_valid():
            return True
        try:
            source_changes.checked(self.record(), key=key, dois=draft_documents.dois())
        except BrokenRulesError as error:
            self.add_further_problems(error.problems)
        return False

    def record(self) -> dict[str, Any]:
        """Give what was typed as the plain data of a record."""
        return {"checked": {}, **form_fields.read(SPECS, self.cleaned_data)}


class NewForm(RecordForm):
    """The record of a new source with its citekey."""

    key = forms.CharField(
        label="Citekey",
        max_length=80,
        help_text="Author, year and a word of the title in small letters, such as pratt2018timber. It stays for good.",
    )
    field_order = ("key",)


def fields_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Write a record as what stands in the fields of the form."""
    return form_fields.written(SPECS, record)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """List the fields in which two records differ: label, and what stands in each."""
    ours, theirs = fields_of(before), fields_of(after)
    return [(label, ours[name], theirs[name]) for name, label in LABELS.items() if ours[name] != theirs[name]]


def note_in(sent: Mapping[str, str]) -> str:
    """Read why somebody does this: one line, of which no more is kept than a note may hold."""
    return " ".join("".join(filter(str.isprintable, sent.get("note", ""))).split())[:LONGEST_NOTE]
