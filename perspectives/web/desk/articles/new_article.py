"""The form of a new article: what it is, its record among the sources, and its sections."""

from dataclasses import replace
from typing import Any, Final

from django.core.exceptions import ValidationError

from perspectives.rules.documents.parts import OUTLINE, Plain
from perspectives.rules.sources import names_text
from perspectives.web.desk.articles.article_kinds import ABOUT
from perspectives.web.desk.documents.part_table import SOURCE
from perspectives.web.desk.sources.source_form import SPECS
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldKind, FieldSpec, group, line, optional
from perspectives.web.http.form_fields import SpecForm

_NEEDED: Final = ("type", "category", "language", "checked-metadata")
_OF_RECORD: Final = (*_NEEDED, "issued", "URL", "container-title", "checked-text")
_RECORD: Final = optional(*(spec for spec in SPECS if spec.name in _OF_RECORD))
_AUTHORS: Final = FieldSpec("author", "Authors", "One a row, in the order of the article.", FieldKind.NAMES)
_KNOWN: Final = replace(
    SOURCE,
    label="Its citekey, if it is among the sources already",
    help="Then its record stays as it is, and nothing else is asked here. Empty for an article that is new.",
    kind=FieldKind.LINE,
    is_required=False,
)
_SECTIONS: Final = FieldSpec(
    OUTLINE,
    "Sections",
    "One a line, with what it says after a bar: The bill | She asks who should pay. More can come later.",
    FieldKind.LIST,
    is_required=False,
    rows=5,
)


class NewArticleForm(SpecForm):
    """Asks for what the draft of a guide cannot be without."""

    asked = (
        group(
            "The article",
            line(
                "article", "Address on this site", "For good: small letters, digits, hyphens: ellingwood-2021-bridge."
            ),
            *(_AUTHORS if one.name == "author" else one for one in ABOUT),
        ),
        group("Its record among the sources", _KNOWN, *_RECORD),
        group("Its sections", _SECTIONS),
    )

    def __init__(self, sent: Any = None) -> None:
        initial = {"language": "en", "type": "article-newspaper"}
        super().__init__(sent, initial=initial, use_required_attribute=False)

    def clean_author(self) -> str:
        """Refuse a line that is no name. Raises ValidationError."""
        text = str(self.cleaned_data["author"])
        for name in names_text.read(text):
            if not isinstance(name, dict) or not all(isinstance(part, str) for part in name.values()):
                raise ValidationError("Write each author on a line: family, given.")
        return text

    def clean_outline(self) -> str:
        """Refuse a section without what it says. Raises ValidationError."""
        text = str(self.cleaned_data[OUTLINE])
        for number, section in enumerate(filter(None, text.split("\n")), start=1):
            if not all(_section(section).values()):
                raise ValidationError(f"Line {number}: write what the section says after a bar, as in the example.")
        return text

    def clean(self) -> Plain:
        """Ask for a record unless the article is among the sources already."""
        given: Plain = super().clean() or {}
        for needed in _NEEDED if not given.get(SOURCE.name) else ():
            if not given.get(needed) and needed not in self.errors:
                self.add_error(needed, "Choose one." if needed != "language" else "Write something here.")
        return given

    def made(self) -> tuple[Plain, Plain | None]:
        """Give the document of the new draft, and the record of its source unless that is there already."""
        given = form_fields.read(self.specs(), self.cleaned_data)
        kept = ("article", "source", "title", "author_short", "about")
        document = {name: given[name] for name in kept if name in given}
        document["author"] = " and ".join(_name(one) for one in given["author"])
        document[OUTLINE] = [_section(text) for text in given.get(OUTLINE, ())]
        if SOURCE.name in given:
            return document, None
        record = form_fields.read((*_RECORD, _AUTHORS), self.cleaned_data)
        return document, {"checked": {}, **record, "title": given["title"]}


def _name(name: Plain) -> str:
    return str(name.get("literal") or " ".join(name[part] for part in ("given", "family") if part in name))


def _section(text: str) -> dict[str, str]:
    section, _, summary = (piece.strip() for piece in text.partition("|"))
    return {"section": section, "summary": summary}
