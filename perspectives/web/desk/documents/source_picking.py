"""Finding a source from within the form of a part, or adding one there; all of it works without a script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict

from perspectives.actions.sources import source_records
from perspectives.models import Source
from perspectives.queries.documents import drafts
from perspectives.rules.intake import intake_record
from perspectives.rules.sources import short_reference
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import CslType, MetadataState
from perspectives.web.desk.layout import person
from perspectives.web.desk.sources.source_form import SPECS, NewForm
from perspectives.web.http.field_specs import group
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.names_widget import is_asked_for_rows

FIND, TAKE, NEW, ADD, AT = "find", "take", "new-source", "add-source", "new-source-at"
"""Names of buttons whose values are the name of the field for the source; `TAKE` has a citekey behind a colon."""
BUTTONS: Final = (FIND, TAKE, NEW, ADD)
PREFIX: Final = "source"
_ASKED: Final = (
    *("type", "category", "title", "author", "issued", "container-title", "volume", "issue", "page", "publisher"),
    *("DOI", "ISBN", "URL", "language", "checked-metadata"),
)


class ShortForm(NewForm):
    """What most sources need; the rest is filled in on the page of the source."""

    asked = (group("", *(spec for spec in SPECS if spec.name in _ASKED)),)

    def __init__(self, sent: Mapping[str, str] | None = None) -> None:
        given = {"language": "en", "type": CslType.ARTICLE_JOURNAL, "checked-metadata": MetadataState.PARTLY}
        super().__init__(sent, prefix=PREFIX, initial=given, use_required_attribute=False)
        self.fields["key"].required = False
        self.fields["key"].help_text = "Empty: it is made of author, year and title. It stays for good."

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields in their order, the citekey last."""
        return [*(self[spec.name] for spec in self.specs()), self["key"]]


@dataclass(frozen=True)
class Found:
    """A source that holds what was typed."""

    key: str
    names: str
    title: str


@dataclass(frozen=True)
class Picking:
    """What was sent, with the source that was taken, and what of finding and adding is to be shown beside a field."""

    sent: QueryDict
    place: str = ""
    words: str = ""
    found: tuple[Found, ...] = ()
    form: ShortForm | None = None


def is_asked(request: HttpRequest) -> bool:
    """Whether the form was sent for one of these buttons, or for rows of names of the new source."""
    return any(name in request.POST for name in BUTTONS) or is_asked_for_rows(request.POST)


def picked(request: HttpRequest) -> Picking:
    """Do what a button asks: find a source, take it, ask for a new one or add that."""
    sent = request.POST
    if taken := sent.get(TAKE):
        place, _, key = taken.partition(":")
        return Picking(_with(sent, place, key))
    if place := sent.get(FIND, ""):
        words = " ".join(sent.get(place, "").split())
        return Picking(sent, place, words, tuple(map(_found, drafts.sources_holding(words))))
    if place := sent.get(NEW, ""):
        return Picking(sent, place, form=ShortForm())
    place = sent.get(ADD) or sent.get(AT, "")
    form = ShortForm(sent)
    if ADD not in sent:
        form.show_as_typed()
    elif key := _added(request, form):
        return Picking(_with(sent, place, key))
    return Picking(sent, place, form=form)


def standing(request: HttpRequest) -> Picking:
    """Show the form of a new source again where it is open and another button was pressed, so that nothing is lost."""
    sent = request.POST
    place = sent.get(AT, "")
    if not place:
        return Picking(sent)
    form = ShortForm(sent)
    form.show_as_typed()
    return Picking(sent, place, form=form)


def _added(request: HttpRequest, form: ShortForm) -> str:
    """Add the source and give its citekey; nothing where the form tells what is wrong."""
    if not form.is_complete(key=form.data.get(f"{PREFIX}-key") or "key"):
        return ""
    record = form.record()
    key = form.cleaned_data["key"] or intake_record.citekey(record, set(Source.objects.values_list("key", flat=True)))
    added = ""
    with refusals_in(form):
        added = source_records.add(key=key, record=record, by=person(request), note=form.cleaned_data["note"]).key
        messages.success(request, f"The source “{added}” is there, and cited here as soon as you save.")
    return added


def _with(sent: QueryDict, place: str, key: str) -> QueryDict:
    changed = sent.copy()
    changed[place] = key
    changed.pop(AT, None)
    return changed


def _found(source: Source) -> Found:
    return Found(source.key, short_reference.names_and_year(SourceRecord.model_validate(source.record)), source.title)
