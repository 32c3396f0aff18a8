"""Names as rows of a form: one person or organisation a row, and buttons that add and take rows without a script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from perspectives.rules.sources import names_text

MORE, DROP = "names-more", "names-drop"
"""Names of the buttons; their values are the field, and for a row that goes its number behind a hyphen."""
_PERSON, _ORGANISATION, _WRITTEN = "person", "organisation", "written"
_KINDS: Final = ((_PERSON, "Person"), (_ORGANISATION, "Organisation"), (_WRITTEN, "As written"))
_MOST: Final = 300
_ADDED: Final = 3
"""How many empty rows the button adds."""


@dataclass(frozen=True)
class Row:
    """A name: its kind, the family name or the whole of an organisation's, and given names."""

    kind: str = _PERSON
    family: str = ""
    given: str = ""

    def line(self) -> str:
        """Write the name as `rules.sources.names_text` reads it; nothing for an empty row."""
        family, given = self.family.strip(), self.given.strip()
        if not family and not given:
            return ""
        if self.kind != _PERSON and given:
            # Nobody has both; the rules of records say so, and nothing is dropped.
            return json.dumps({"literal": family, "given": given}, ensure_ascii=False)
        if self.kind != _PERSON:
            return f"= {family}" if self.kind == _ORGANISATION else family
        line = f"{family}, {given}".rstrip()
        name = {key: value for key, value in (("family", family), ("given", given)) if value}
        return line if names_text.read(line) == [name] else json.dumps(name, ensure_ascii=False)


def rows(text: str) -> Iterator[Row]:
    """Read lines of names as rows; what has more than two parts stays as it is written."""
    for line in filter(str.strip, text.splitlines()):
        name = names_text.read(line)[0]
        if not isinstance(name, Mapping) or not all(isinstance(value, str) for value in name.values()):
            yield Row(_WRITTEN, line)
        elif set(name) == {"literal"}:
            yield Row(_ORGANISATION, name["literal"])
        elif set(name) <= {"family", "given"}:
            yield Row(_PERSON, name.get("family", ""), name.get("given", ""))
        else:
            yield Row(_WRITTEN, line)


def is_asked_for_rows(sent: Mapping[str, Any]) -> bool:
    """Whether a form was sent to have rows added or taken; then nothing is saved."""
    return MORE in sent or DROP in sent


class NamesWidget(forms.Widget):
    """Rows of names; what it gives is text, one name a line. Text that is sent in the field's own name is taken too."""

    template_name = "perspectives/shared/names_rows.html"
    use_fieldset = True
    empty = 1
    """How many empty rows stand below."""
    typed: list[Row] | None = None
    """The rows as they were sent, to be shown again to the letter."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Write the rows that were sent as lines."""
        if name in data:
            return data[name]
        if f"{name}-0-family" not in data:
            return None
        gone = data.get(DROP, "")
        sent = [_sent(data, f"{name}-{place}") for place in range(_MOST) if f"{name}-{place}-family" in data]
        self.typed = [row for place, row in enumerate(sent) if row.line() and gone != f"{name}-{place}"]
        if data.get(MORE) == name:
            self.empty = _ADDED
        return "\n".join(row.line() for row in self.typed)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether the form did not ask for the names at all."""
        return name not in data and f"{name}-0-family" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the rows to the template."""
        context = super().get_context(name, value, attrs)
        standing = self.typed if self.typed is not None else rows(value or "")
        found = [*standing, *[Row()] * self.empty]
        context["widget"] |= {"rows": found[:_MOST], "kinds": _KINDS, "more": MORE, "drop": DROP}
        return context

    def id_for_label(self, id_: str) -> str:
        """Let the label lead to the whole group."""
        return ""


def _sent(data: Any, place: str) -> Row:
    kind = data.get(f"{place}-kind")
    is_known = kind in dict(_KINDS)
    return Row(kind if is_known else _PERSON, data.get(f"{place}-family", ""), data.get(f"{place}-given", ""))
