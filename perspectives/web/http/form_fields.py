"""Forms made from what they ask for: fields, values from a document and back, broken rules beside their fields."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms.utils import ErrorDict
from pydantic import TypeAdapter
from pydantic import ValidationError as Refusal

from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.rules.documents.fields import LONGEST_NOTE, Line
from perspectives.rules.documents.problems import Problem
from perspectives.rules.sources import names_text
from perspectives.vocab import Term
from perspectives.web.http.field_specs import FieldGroup, FieldKind, FieldSpec
from perspectives.web.http.names_widget import NamesWidget, is_asked_for_rows

Plain = dict[str, Any]
_LINE: Final[TypeAdapter[str]] = TypeAdapter(Line)
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_GAP: Final = re.compile(r"\r?\n[ \t]*\r?\n")
_MISSING: Final = {
    "required": "Write something here.",
    "null_characters_not_allowed": "Remove the invisible characters.",
}
_NOT_CHOSEN: Final = {"required": "Choose one."}


@dataclass(frozen=True)
class ShownGroup:
    """A group of fields as a page shows it."""

    title: str
    fields: tuple[forms.BoundField, ...]
    is_closed: bool


@dataclass(frozen=True)
class Mistake:
    """Something to mend: the id of the field on the page, what it is called, and what is wrong."""

    anchor: str
    label: str
    message: str


Choices = Mapping[FieldKind, list[Any]]
"""What there is to choose from where that depends on the document: kind of field -> its choices."""


class Words(forms.CharField):
    """Text as documents want it: composed characters, single spaces, no line breaks but between paragraphs or values.

    What the eye cannot see is left for the document to refuse.
    """

    def __init__(self, kind: FieldKind, **more: Any) -> None:
        self.kind = kind
        super().__init__(**more)

    def to_python(self, value: Any) -> str:
        """Tidy what was typed or pasted."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        lines = text.split("\n")
        by_kind = {FieldKind.LIST: lines, FieldKind.HOLDERS: lines, FieldKind.PARAGRAPHS: _GAP.split(text)}
        pieces = by_kind.get(self.kind, [text])
        tidy = (_SPACE.sub(" ", piece).strip() for piece in pieces)
        return ("\n\n" if self.kind is FieldKind.PARAGRAPHS else "\n").join(piece for piece in tidy if piece)


class Several(forms.MultipleChoiceField):
    """Several of what there is to choose from, as boxes to tick; its value is that of a list, one a line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """Tick what a document holds."""
        return value.split("\n") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Give what was ticked. Raises ValidationError for what is not among the choices."""
        return "\n".join(super().clean(value))


class NoteField(Words):
    """A note: one paragraph, without characters that nobody sees or that turn the direction of writing."""

    def __init__(self, **more: Any) -> None:
        given = {"widget": forms.Textarea(attrs={"rows": 4}), "max_length": LONGEST_NOTE, **more}
        super().__init__(FieldKind.SENTENCES, **given)

    def validate(self, value: Any) -> None:
        """Refuse what no text of a document may hold."""
        super().validate(value)
        try:
            _LINE.validate_python(value or "-")
        except Refusal as error:
            raise ValidationError(f"The text {error.errors()[0]['msg']}.") from None


def form_field(spec: FieldSpec, choices: Choices | None = None) -> forms.Field:
    """Make the field of a form."""
    more: Plain = {"label": spec.label, "help_text": spec.help, "required": spec.is_required}
    listed = [(term.value, _described(term)) for term in spec.terms] or (choices or {}).get(spec.kind)
    if spec.kind in SEVERAL:
        return Several(choices=listed or (), **more)
    if listed is not None:
        nothing = [("", spec.nothing or ("Choose …" if spec.is_required else "Not said"))]
        is_settled = spec.is_required and len(listed) == 1
        return forms.ChoiceField(choices=listed if is_settled else nothing + listed, error_messages=_NOT_CHOSEN, **more)
    more |= {"max_length": spec.longest, "error_messages": _MISSING, "widget": _widget(spec)}
    return forms.CharField(**more) if spec.kind in _UNTIDIED else Words(spec.kind, **more)


def read(specs: Iterable[FieldSpec], cleaned: Mapping[str, Any]) -> Plain:
    """Read a form's values as documents hold them: what is empty is left out."""
    made: Plain = {}
    for spec in specs:
        if value := cleaned.get(spec.name):
            outer, _, inner = spec.place.partition(".")
            found = _value(spec.kind, value)
            made[outer] = {**made.get(outer, {}), inner: found} if inner else found
    return made


def written(specs: Iterable[FieldSpec], part: Mapping[str, Any]) -> dict[str, str]:
    """Write the values of a document as the fields of its form show them; '' for what it lacks."""
    return {spec.name: _text(spec.kind, value_at(part, spec.place)) for spec in specs}


def value_at(part: Mapping[str, Any], place: str) -> Any:
    """Find the value at a place of a document; None where it lacks that."""
    outer, _, inner = place.partition(".")
    value = part.get(outer)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None


class SpecForm(forms.Form):
    """A form made from groups of fields that are described as data."""

    asked: tuple[FieldGroup, ...] = ()

    def __init__(self, *args: Any, choices: Choices | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields.update({spec.name: form_field(spec, choices) for spec in self.specs()})

    def specs(self) -> Iterator[FieldSpec]:
        """Give the fields in order."""
        return (spec for group in self.asked for spec in group.specs)

    def groups(self) -> Iterator[ShownGroup]:
        """Give the fields in their groups; one in which something stands is open."""
        for group in self.asked:
            fields = tuple(self[spec.name] for spec in group.specs if spec.name in self.fields)
            is_closed = group.is_closed and not any(field.value() or field.errors for field in fields)
            yield ShownGroup(group.title, fields, is_closed)

    @property
    def is_asked_for_rows(self) -> bool:
        """Whether the form was sent to have rows of names added or taken; then nothing is to be saved."""
        return self.is_bound and is_asked_for_rows(self.data)

    @property
    def mistakes_told(self) -> list[Mistake]:
        """All that is to be mended, in the order of the fields, each with where that is."""
        return list(self._mistakes())

    def _mistakes(self) -> Iterator[Mistake]:
        yield from (Mistake("", "", str(message)) for message in self.non_field_errors())
        for field in self:
            label = str(field.label) if not field.is_hidden else ""
            yield from (Mistake(field.id_for_label or field.auto_id, label, str(message)) for message in field.errors)

    def add_problems(self, problems: Iterable[object]) -> None:
        """Show each broken rule beside the field that it is about, or above the form."""
        for problem in problems:
            if isinstance(problem, Problem):
                self.add_problem(problem.path, problem.message)
            else:
                self.add_error(None, str(problem))

    def add_further_problems(self, problems: Iterable[object]) -> None:
        """Show broken rules beside fields of which nothing is said yet, so that all mistakes are told at once."""
        told = set(self.errors)
        for problem in problems:
            if isinstance(problem, Problem) and (name := self.field_at(problem.path)) and name not in told:
                self.add_problem(problem.path, problem.message)

    def add_problem(self, path: str, message: str) -> None:
        """Show a broken rule beside the field of the value at a path, or above the form."""
        name = self.field_at(path)
        if not name:
            self.add_error(None, f"{path}: {message}" if path else message)
            return
        spec = self._spec_at(path)
        line_of_list = re.match(r"\[(\d+)\]", path.removeprefix(spec.place)) if spec else None
        self.add_error(name, f"Line {int(line_of_list[1]) + 1}: {message}" if line_of_list else message)

    def field_at(self, path: str) -> str:
        """Name the field of the value at a path; nothing where no field asks for it."""
        spec = self._spec_at(path)
        name = spec.name if spec else path
        return name if name in self.fields else ""

    def _spec_at(self, path: str) -> FieldSpec | None:
        return next((one for one in self.specs() if re.match(rf"{re.escape(one.place)}(?:[.\[]|\Z)", path)), None)

    def show_as_typed(self) -> None:
        """Leave out the complaints."""
        self._errors = ErrorDict()


@contextmanager
def refusals_in(form: forms.Form, *, otherwise: str | None = None) -> Iterator[None]:
    """Tell in a form what an action refuses: each broken rule beside the field that it names.

    What is not possible now is told beside the field `otherwise`, or above the form.
    """
    try:
        yield
    except NotPossibleError as error:
        form.add_error(otherwise, error.message)
    except BrokenRulesError as error:
        if isinstance(form, SpecForm):
            form.add_problems(error.problems)
            return
        for problem in error.problems:
            field = getattr(problem, "field", None)
            form.add_error(field if field in form.fields else None, str(problem))


SEVERAL: Final = {FieldKind.TOPICS, FieldKind.CLAIMS}
LISTED: Final = {FieldKind.LIST, *SEVERAL}
"""Kinds of fields whose values are lists of texts."""
_UNTIDIED: Final = {FieldKind.VERBATIM, FieldKind.NAMES}
_AREAS: Final = {FieldKind.SENTENCES, FieldKind.PARAGRAPHS, FieldKind.LIST, FieldKind.HOLDERS}
_HINTS: Final = {FieldKind.SOURCE: {"list": "known_sources"}, FieldKind.NUMBER: {"inputmode": "numeric"}}


def _widget(spec: FieldSpec) -> forms.Widget:
    if spec.kind is FieldKind.NAMES:
        return NamesWidget()
    if spec.kind in _AREAS:
        return forms.Textarea(attrs={"rows": spec.rows})
    return forms.TextInput(attrs={"autocomplete": "off", **_HINTS.get(spec.kind, {})})


def _described(term: TextChoices) -> str:
    """Name a word of the vocabulary with its sentence, if it has one."""
    label = str(term.label)
    name = f"{label[:1].upper()}{label[1:]}"
    return f"{name}: {term.sentence}" if isinstance(term, Term) else name


def _value(kind: FieldKind, text: str) -> Any:
    if kind in LISTED:
        return text.split("\n")
    if kind is FieldKind.NAMES:
        return names_text.read(text)
    if kind is FieldKind.HOLDERS:
        return [_holder(line) for line in text.split("\n")]
    is_number = kind in (FieldKind.NUMBER, FieldKind.CITATION) and re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII)
    return int(text) if is_number else text


def _holder(line: str) -> Any:
    name, bar, role = (piece.strip() for piece in line.partition("|"))
    return {"name": name, "role": role} if bar else line


def written_holder(holder: str | Mapping[str, str]) -> str:
    """Write who holds a perspective in a line: the name, and after a bar the role, if one is known."""
    return holder if isinstance(holder, str) else f"{holder['name']} | {holder['role']}"


def _text(kind: FieldKind, value: Any) -> str:
    if value is None:
        return ""
    if kind is FieldKind.NAMES:
        return names_text.written(value)
    if kind is FieldKind.HOLDERS:
        return "\n".join(written_holder(one) for one in value)
    return "\n".join(value) if kind in LISTED else str(value)
