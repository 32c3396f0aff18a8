"""The form of a part, made from the table: plain data of the draft to fields, and what was sent back to plain data."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from perspectives.rules.documents.parts import CLAIMS, SIDES, Plain
from perspectives.rules.documents.problems import Problem, written
from perspectives.vocab import Stance
from perspectives.web.desk.documents.part_table import CITATION, Asked, Kind, Look
from perspectives.web.desk.publication.review_forms import NoteField

MOST_ROWS: Final = 100
"""How many citations a form takes; with more, Django would refuse the request for its number of fields."""
_ROWS, _NOTE, _MORE, _DROP, _REDRAW = "cites-count", "note-on-change", "more", "drop", "redraw"
_SPACE = re.compile(r"[ \t\r\n]+")
_GAP = re.compile(r"\r?\n[ \t]*\r?\n")
_SHOWN = 90
_LINES = {Look.SENTENCES: 3, Look.PARAGRAPHS: 12, Look.LIST: 3}
_CHOOSE = ("", "Choose …")
_NEEDED = {"required": "Write something here.", "null_characters_not_allowed": "Remove the invisible characters."}
_NEEDED_CHOICE = {"required": "Choose one."}

Sent = MultiValueDict[str, str]


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


class Words(forms.CharField):
    """Text as the document wants it: composed characters, single spaces, no line breaks but between paragraphs."""

    def __init__(self, asked: Asked, **more: Any) -> None:
        self.asked = asked
        super().__init__(error_messages=_NEEDED, **more)

    def to_python(self, value: Any) -> str:
        """Tidy what was typed or pasted; what the eye cannot see is left for the document to refuse."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        pieces = {Look.LIST: text.split("\n"), Look.PARAGRAPHS: _GAP.split(text)}.get(self.asked.look, [text])
        tidy = (_SPACE.sub(" ", piece).strip() for piece in pieces)
        return ("\n\n" if self.asked.look is Look.PARAGRAPHS else "\n").join(piece for piece in tidy if piece)


class TypedForm(forms.Form):
    """A form that can be shown as it was typed, without a word about it."""

    def show_as_typed(self) -> None:
        """Leave out the complaints."""
        self._errors = ErrorDict()


class CitationForm(TypedForm):
    """A row of the citations; a row without words is passed over."""

    def __init__(self, sent: Sent | None = None, *, prefix: str, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            sent,
            prefix=prefix,
            initial=dict(initial or {}),
            use_required_attribute=False,
            empty_permitted=True,
        )
        self.fields.update({asked.name: field(asked, {}) for asked in CITATION})

    def has_changed(self) -> bool:
        """Say whether anything was typed; choices alone make no citation."""
        typed = (asked.name for asked in CITATION if asked.look is not Look.CHOICE)
        return any(str(self[name].value() or "").strip() for name in typed)


class PartForm(TypedForm):
    """Asks for the fields of a part, for its citations, and why it is changed."""

    def __init__(
        self, kind: Kind, claims: Claims, *, part: Mapping[str, Any], sent: Sent | None = None, is_new: bool = False
    ) -> None:
        super().__init__(sent, initial=_values(kind.fields, part), use_required_attribute=False)
        self.kind, self.part, self.sent = kind, part, sent
        choices = {Look.CLAIM: claims.choices(*Stance), Look.AUTHORS_CLAIM: claims.choices(Stance.AUTHOR)}
        self.asked = tuple(one for one in kind.fields if is_new or not one.is_for_new_only)
        self.fields.update({one.name: field(one, choices) for one in self.asked})
        self.fields[_NOTE] = NoteField(
            label="Why (for the history)",
            widget=forms.TextInput,
            required=False,
            help_text="If it is not plain, such as The survey has appeared.",
        )
        self.rows = tuple(self._rows(is_new=is_new)) if kind.has_citations else ()

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The part's own fields."""
        return [self[one.name] for one in self.asked]

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
        """Give the form with what was typed, and with a row more or less, as a button said."""
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
        known = {one.name.partition(".")[0] for one in self.asked} | {"cites"}
        part: Plain = {name: value for name, value in self.part.items() if name not in known}
        part |= plain(self.asked, self.cleaned_data)
        if cites := [plain(CITATION, row.cleaned_data) for row in self._filled()]:
            part["cites"] = cites
        return part

    def take(self, problems: Iterable[object], place: str) -> None:
        """Put each problem beside the field that it names; `place` is where the part stands in the document."""
        for problem in problems:
            if not isinstance(problem, Problem):
                self.add_error(None, str(problem))
                continue
            inside = problem.path.removeprefix(place).lstrip(".") if problem.path.startswith(place) else ""
            row = re.match(r"cites\[(\d+)\]\.?(.*)", inside)
            if row:
                form: forms.Form = self._filled()[int(row[1])]
                complain(form, row[2], problem.message)
            elif inside:
                complain(self, inside, problem.message)
            else:
                self.add_error(None, f"{problem.path}: {problem.message}" if problem.path else problem.message)

    def _filled(self) -> list[CitationForm]:
        return [row for row in self.rows if row.has_changed()]

    def _rows(self, *, is_new: bool) -> Iterator[CitationForm]:
        if self.sent is None:
            given = [_values(CITATION, cite) for cite in self.part.get("cites", ())] or [{}] * is_new
            for place, values in enumerate(given):
                yield CitationForm(initial=values, prefix=f"cites-{place}")
            return
        count, gone = _number(self.sent.get(_ROWS)), _number(self.sent.get(_DROP), -1)
        places = [place for place in range(min(count, MOST_ROWS)) if place != gone]
        for place, old in enumerate(places):
            yield CitationForm(_moved(self.sent, old, place), prefix=f"cites-{place}")
        if _MORE in self.sent and len(places) < MOST_ROWS:
            yield CitationForm(prefix=f"cites-{len(places)}")


def place_of(location: tuple[str | int, ...]) -> str:
    """Write where a part stands as the problems of a document do."""
    return written(location)


def complain(form: forms.Form, path: str, message: str) -> None:
    """Put a problem beside the field that a path names, or before all fields where it names none."""
    name = next((name for name in form.fields if path == name or path.startswith((f"{name}[", f"{name}."))), None)
    form.add_error(name, message if name or not path else f"{path}: {message}")


def field(asked: Asked, choices: Mapping[Look, list[Any]]) -> forms.Field:
    """Make the field of a form that asks for a value; `choices` are those of the looks that have none of their own."""
    more: dict[str, Any] = {"label": asked.label, "help_text": asked.help, "required": asked.is_needed}
    if asked.look is Look.CHOICE:
        terms = [(term.value, f"{_capital(term.label)} – {term.sentence}") for term in asked.terms]
        return forms.ChoiceField(choices=[_CHOOSE, *terms], error_messages=_NEEDED_CHOICE, **more)
    if asked.look in choices:
        return forms.ChoiceField(choices=[_CHOOSE, *choices[asked.look]], error_messages=_NEEDED_CHOICE, **more)
    return Words(asked, widget=_widget(asked.look), **more)


def _widget(look: Look) -> forms.Widget:
    if look in _LINES:
        return forms.Textarea(attrs={"rows": _LINES[look]})
    attributes = {Look.SOURCE: {"list": "known_sources"}, Look.NUMBER: {"inputmode": "numeric"}}.get(look, {})
    return forms.TextInput(attrs={"autocomplete": "off", **attributes})


def _values(fields: Iterable[Asked], part: Mapping[str, Any]) -> dict[str, str]:
    """Write a part's values as its form shows them."""
    values = {}
    for asked in fields:
        value = _at(part, asked.name)
        values[asked.name] = "\n".join(value) if asked.look is Look.LIST and value else value
    return values


def plain(fields: Iterable[Asked], cleaned: Mapping[str, str]) -> Plain:
    """Read a form's values as the document holds them: what is empty is left out."""
    made: Plain = {}
    for asked in fields:
        value: Any = cleaned.get(asked.name) or None
        if value is not None:
            if asked.look is Look.LIST:
                value = value.split("\n")
            elif asked.look is Look.NUMBER and re.fullmatch(r"0|[1-9]\d{0,8}", value, re.ASCII):
                value = int(value)
            outer, _, inner = asked.name.partition(".")
            made[outer] = {**made.get(outer, {}), inner: value} if inner else value
    return made


def _at(part: Mapping[str, Any], name: str) -> Any:
    outer, _, inner = name.partition(".")
    value = part.get(outer)
    return value.get(inner) if inner and isinstance(value, Mapping) else value


def _moved(sent: Sent, old: int, new: int) -> Sent:
    """Give what was sent with the row that was at `old` at `new`."""
    names = [asked.name for asked in CITATION]
    return MultiValueDict({f"cites-{new}-{name}": sent.getlist(f"cites-{old}-{name}") for name in names})


def _number(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,4}", value, re.ASCII) else otherwise


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
