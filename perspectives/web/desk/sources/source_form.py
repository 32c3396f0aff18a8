"""The record of a source as a form: one field for each that a record may have, in groups, with examples."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from pydantic import TypeAdapter, ValidationError

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.fields import LONGEST_NOTE, Line
from perspectives.rules.documents.problems import Problem, from_validation
from perspectives.rules.sources import names_text
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import CslType, MetadataState, SourceCategory

LONGEST: Final = 5000
"""Characters that a field may take; the rules of records allow no more."""
"""Characters of a note on why something is done."""
NAMES: Final = ("author", "editor", "translator", "container-author", "interviewer")
CHECKED: Final = {"metadata": "checked-metadata", "note": "checked-note"}
"""Field of the confirmation -> field of the form."""
_NAME_HELP = "One a line: family, given, such as Pratt, Ada. An organisation as it is, after = where it has a comma."
_DATE_HELP = "Year, month or day: 2021, 2021-04 or 2021-04-09."

GROUPS: Final[tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]] = (
    (
        "What it is",
        (
            ("type", "Type of item", "As citation styles name it, such as article-journal."),
            ("category", "Category", "The balance gate counts peer-reviewed and primary ones."),
            ("title", "Title", "With its subtitle: Walks That Never Were: A Memoir"),
            ("language", "Language", "A language tag, such as en, de or uk."),
            ("genre", "Genre", "Such as: Doctoral dissertation"),
            ("medium", "Medium", "Such as: Audio recording"),
        ),
    ),
    (
        "Who made it",
        (
            ("author", "Authors", _NAME_HELP),
            ("editor", "Editors", _NAME_HELP),
            ("translator", "Translators", _NAME_HELP),
            ("container-author", "Authors of the volume", _NAME_HELP),
            ("interviewer", "Interviewers", _NAME_HELP),
        ),
    ),
    (
        "Where it stands",
        (
            ("container-title", "In", "The journal, newspaper or volume: International Affairs"),
            ("volume", "Volume", "Such as: 94"),
            ("issue", "Issue", "Such as: 3"),
            ("page", "Pages", "First and last, such as 40-58."),
            ("number", "Number", "Of a report or a document, such as S/2015/207."),
            ("edition", "Edition", "Such as: 2"),
            ("collection-title", "Series", "Such as: Studies in Bridges"),
            ("collection-number", "Number in the series", "Such as: 12"),
            ("section", "Section", "Such as: Opinion"),
            ("number-of-pages", "Number of pages", "Such as: 312"),
            ("publisher", "Publisher", "Such as: Made-Up Press"),
            ("publisher-place", "Place of publication", "Such as: New Haven"),
            ("authority", "Authority", "The body that stands behind it, such as a court."),
            ("event-title", "Event", "Where it was said, such as a conference."),
            ("event-place", "Place of the event", "Such as: Geneva"),
            ("archive", "Archive", "Such as: National Archives"),
            ("archive-location", "Place in the archive", "Box and folder, such as Box 12, folder 3."),
        ),
    ),
    (
        "When",
        (
            ("issued", "Published", _DATE_HELP),
            ("original-date", "First published", _DATE_HELP),
            ("accessed", "Read online", _DATE_HELP),
        ),
    ),
    (
        "Where to find it",
        (
            ("DOI", "DOI", "Bare, beginning with 10., such as 10.1000/182."),
            ("ISBN", "ISBN", "With or without hyphens, such as 978-0-00-000000-2."),
            ("URL", "Address", "Whole, beginning with https://"),
        ),
    ),
    (
        "How far it was confirmed",
        (
            (CHECKED["metadata"], "Record", "What an editor has seen for themselves."),
            (CHECKED["note"], "What remains open", "Such as: Page numbers not seen in print."),
        ),
    ),
)
REQUIRED: Final = ("type", "category", "title", "language", CHECKED["metadata"])
LABELS: Final = {name: label for _, fields in GROUPS for name, label, _ in fields}
CHOICES: Final[Mapping[str, list[tuple[str, str]]]] = {
    "type": [("", "Choose"), *((one.value, one.value.replace("_", " ")) for one in CslType)],
    "category": [("", "Choose"), *((one.value, f"{one.label}: {one.sentence}") for one in SourceCategory)],
    CHECKED["metadata"]: [("", "Choose"), *((one.value, f"{one.label}: {one.sentence}") for one in MetadataState)],
}


_LINE: TypeAdapter[str] = TypeAdapter(Line)


def one_line(value: str) -> None:
    """Let a text be one line without invisible characters. Raises Django's ValidationError."""
    try:
        _LINE.validate_python(value)
    except ValidationError as error:
        raise forms.ValidationError([f"This {words}." for _, words in from_validation(error, SourceRecord)]) from error


@dataclass(frozen=True)
class Group:
    """Fields of the form under one heading."""

    heading: str
    fields: tuple[forms.BoundField, ...]


class RecordForm(forms.Form):
    """The record, the version that the edit began with, and why it is made; names are typed line by line."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _, fields in GROUPS:
            for name, label, example in fields:
                self.fields[name] = _field(name, label, example)
        self.fields["note"] = forms.CharField(
            label="Why",
            max_length=LONGEST_NOTE,
            required=False,
            help_text="Kept in the history. For instance: Pages seen in print.",
            validators=[one_line],
        )

    def groups(self) -> Iterator[Group]:
        """Give the fields of the record under their headings."""
        for heading, fields in GROUPS:
            yield Group(heading, tuple(self[name] for name, _, _ in fields))

    def record(self) -> dict[str, Any]:
        """Give what was typed as the plain data of a record."""
        given = {name: self.cleaned_data[name] for name in LABELS if self.cleaned_data[name]}
        checked = {field: given.pop(name) for field, name in CHECKED.items() if name in given}
        names: dict[str, Any] = {name: names_text.read(given.pop(name)) for name in NAMES if name in given}
        return {**given, **names, "checked": checked}

    def add_problems(self, problems: Iterable[object]) -> None:
        """Put each broken rule beside the field that it is about."""
        for problem in problems:
            if isinstance(problem, Problem) and (field := _field_of(problem)) in self.fields:
                self.add_error(field, f"{_line_of(problem)}{problem.message}")
            else:
                self.add_error(None, str(problem))


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
    checked = {name: record.get("checked", {}).get(field, "") for field, name in CHECKED.items()}
    names = {name: names_text.written(record.get(name, ())) for name in NAMES}
    return {**{name: str(record.get(name, "")) for name in LABELS}, **names, **checked}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """List the fields in which two records differ: label, and what stands in each."""
    ours, theirs = fields_of(before), fields_of(after)
    return [(label, ours[name], theirs[name]) for name, label in LABELS.items() if ours[name] != theirs[name]]


def note_in(sent: Mapping[str, str]) -> str:
    """Read why somebody does this: one line, of which no more is kept than a note may hold."""
    return " ".join("".join(filter(str.isprintable, sent.get("note", ""))).split())[:LONGEST_NOTE]


def problems_of(error: BrokenRulesError) -> list[str]:
    """Write what is broken, sentence by sentence."""
    return [str(problem) for problem in error.problems]


def _field(name: str, label: str, example: str) -> forms.Field:
    is_required = name in REQUIRED
    if name in CHOICES:
        return forms.ChoiceField(label=label, help_text=example, required=is_required, choices=CHOICES[name])
    widget = forms.Textarea(attrs={"rows": 2}) if name in NAMES else forms.TextInput()
    return forms.CharField(label=label, help_text=example, required=is_required, max_length=LONGEST, widget=widget)


def _field_of(problem: Problem) -> str:
    step = problem.path.partition("[")[0]
    first, _, rest = step.partition(".")
    return CHECKED.get(rest, CHECKED["metadata"]) if first == "checked" else first


def _line_of(problem: Problem) -> str:
    place = problem.path.partition("[")[2].partition("]")[0]
    return f"Line {int(place) + 1}: " if place.isdecimal() else ""
