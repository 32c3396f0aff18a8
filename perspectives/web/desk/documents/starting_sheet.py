"""The starting sheet of a new topic: both other sides, the first claims of all, and who answers whom, on one page.

It is for drafts that were just begun; what it makes is changed part by part afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import CLAIMS, SIDES, Change, Plain
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.balance import ANSWERING, MIN_AGREEMENTS, MIN_CLAIMS
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Relation, ResponseType, Stance
from perspectives.web.desk.documents.part_table import KINDS, SOURCE
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldKind, FieldSpec, choice, group, line, optional
from perspectives.web.http.form_fields import SpecForm

_ROOM: Final = MIN_CLAIMS + 1
"""For how many claims of each side there is room."""
_LETTERS: Final = {Stance.AUTHOR: "s", Stance.OPPOSING: "o", Stance.NEUTRAL: "n"}
_GAP: Final = "gap"
_CLAIM: Final = (
    *(one for one in KINDS[CLAIMS].fields if not one.is_for_new_only),
    SOURCE,
    choice("relation", "How it bears on the claim", Relation),
    *optional(line("locator", "Where in it", "Such as pp. 20-21, ch. 3 or para. 5.")),
)
_SIDE: Final = tuple(one for one in KINDS[SIDES].fields if one.name in {"label", "summary"})
_ANSWER: Final = (
    FieldSpec("by", "Answered by", kind=FieldKind.LINE),
    choice("type", "How", ResponseType),
    FieldSpec("note", "In a sentence", "What the answer comes to, or what was looked for and not found.", rows=2),
)
_AGREEMENT: Final = (FieldSpec("text", "What all sides accept", rows=2), *optional(SOURCE))
_CRUX: Final = tuple(one for one in KINDS["cruxes"].fields if one.is_required)


@dataclass(frozen=True)
class Row:
    """Fields of one thing to add: a side, a claim, an answer, an agreement, the crux."""

    group: str
    name: str
    title: str
    asked: tuple[FieldSpec, ...]
    is_first: bool = True

    def specs(self) -> tuple[FieldSpec, ...]:
        """Give the fields, none of which must be filled in; labels name their row, and the first row explains."""
        return optional(
            *(
                replace(
                    one,
                    name=f"{self.name}-{one.name}",
                    label=f"{self.title}: {one.label}",
                    help=one.help if self.is_first else "",
                )
                for one in self.asked
            )
        )


def _claims(stance: Stance) -> list[str]:
    return [f"{_LETTERS[stance]}{number}" for number in range(1, _ROOM + 1)]


def _rows() -> Iterator[Row]:
    for stance in _LETTERS:
        title = f"The {stance.value} side"
        if stance in ANSWERING:
            yield Row(title, stance.value, title, _SIDE)
        claims = _claims(stance)
        yield from (Row(title, claim, f"Claim {claim}", _CLAIM, claim == claims[0]) for claim in claims)
    for stance in ANSWERING:
        title = f"How the {stance.value} side answers the author"
        for claim in _claims(Stance.AUTHOR):
            yield Row(title, f"{claim}-{stance.value}", f"Claim {claim}", _ANSWER, claim == "s1")
    for number in range(1, MIN_AGREEMENTS + 1):
        yield Row("What all sides accept", f"a{number}", f"Agreement {number}", _AGREEMENT, number == 1)
    yield Row("Where they part", "crux", "Crux", _CRUX)


_ROWS: Final = tuple(_rows())


class SheetForm(SpecForm):
    """Asks for the first claims of a topic and all that stands between them; rows without words are passed over."""

    asked = tuple(
        group(title, *(spec for row in rows for spec in row.specs()))
        for title, rows in groupby(_ROWS, key=lambda row: row.group)
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent, use_required_attribute=False)
        self._places: dict[str, str] = {}
        for claim in _claims(Stance.AUTHOR):
            for stance in ANSWERING:
                name = f"{claim}-{stance.value}-by"
                offered = [("", "Not said"), *((one, one) for one in _claims(stance)), (_GAP, "Nobody: a gap")]
                self.fields[name] = forms.ChoiceField(
                    label=f"Claim {claim}: answered by", choices=offered, required=False
                )
        self.order_fields([spec.name for spec in self.specs()])

    def clean(self) -> Plain:
        """Ask for what a row lacks in which something stands."""
        given: Plain = super().clean() or {}
        for row in _ROWS:
            is_gap = given.get(f"{row.name}-by") == _GAP
            for one in row.asked if self._is_typed(row, given) else ():
                name = f"{row.name}-{one.name}"
                if one.is_required and not given.get(name) and not (is_gap and one.name == "type"):
                    is_choice = one.kind is FieldKind.CHOICE or one.name == "by"
                    self.add_error(name, "Choose one." if is_choice else "Write something here.")
        for row in _ROWS:
            claims = (one for one in _ROWS if one.group == row.group and one.asked is _CLAIM)
            if (
                row.asked is _SIDE
                and not given.get(f"{row.name}-label")
                and any(self._is_typed(c, given) for c in claims)
            ):
                self.add_error(f"{row.name}-label", "Name the position whose claims these are.")
        return given

    @staticmethod
    def _is_typed(row: Row, given: Plain) -> bool:
        words = (one.name for one in row.asked if one.kind is not FieldKind.CHOICE)
        return any(given.get(f"{row.name}-{name}") for name in words)

    def changes(self, author: str) -> list[Change]:
        """Give the changes that add everything typed to a draft whose one side, the author's, has this id."""
        made: list[Change] = []
        place = 0
        for stance in _LETTERS:
            side = author if stance is Stance.AUTHOR else stance.value
            if stance in ANSWERING:
                if not (said := self._read(stance.value, _SIDE)):
                    continue
                place += 1
                whole = {"id": side, "stance": stance.value, **said}
                made.append(self._add(f"{SIDES}/{side}", whole, f"{SIDES}[{place}]", side))
            typed = [(claim, said) for claim in _claims(stance) if (said := self._claim(claim))]
            for number, (claim, said) in enumerate(typed):
                where = f"{SIDES}[{place}].{CLAIMS}[{number}]"
                made.append(self._add(f"{SIDES}/{side}/{CLAIMS}/{claim}", {"id": claim, **said}, where, claim))
        return [*made, *self._between(), *self._shared()]

    def take(self, problems: Iterable[object]) -> None:
        """Put each problem beside the field that it is about, or above the form."""
        for problem in problems:
            path, message = (problem.path, problem.message) if isinstance(problem, Problem) else ("", str(problem))
            row = next((one for one in sorted(self._places, key=len, reverse=True) if path.startswith(one)), "")
            value = path.rpartition(".")[2]
            field = f"{self._places.get(row, '')}-{'by' if value == 'from' else value}"
            if field in self.fields:
                self.add_error(field, message)
            else:
                self.add_error(None, f"{path}: {message}" if path else message)

    def _between(self) -> Iterator[Change]:
        """Give the answers to the author's claims, and the gaps."""
        for claim in _claims(Stance.AUTHOR):
            for stance in ANSWERING:
                row = f"{claim}-{stance.value}"
                said, by = self._read(row, _ANSWER[1:]), self.cleaned_data.get(f"{row}-by")
                if by == _GAP:
                    gap = {"claim": claim, "stance": stance.value, **{n: v for n, v in said.items() if n == "note"}}
                    yield self._add(f"gaps/{self._count('gaps')}", gap, f"gaps[{self._count('gaps')}]", row)
                elif by:
                    at = self._count("responses")
                    yield self._add(f"responses/{at}", {"from": by, "to": claim, **said}, f"responses[{at}]", row)

    def _shared(self) -> Iterator[Change]:
        """Give the agreements and the crux."""
        for number in range(1, MIN_AGREEMENTS + 1):
            said = self._read(f"a{number}", _AGREEMENT)
            if said:
                source = said.pop(SOURCE.name, None)
                cites = {"cites": [{"source": source, "relation": Relation.SUPPORTS.value}]} if source else {}
                at = self._count("common_ground")
                yield self._add(f"common_ground/{at}", {**said, **cites}, f"common_ground[{at}]", f"a{number}")
        if said := self._read("crux", _CRUX):
            yield self._add("cruxes/0", said, "cruxes[0]", "crux")

    def _claim(self, row: str) -> Plain:
        said = self._read(row, _CLAIM)
        cite = {name: said.pop(name) for name in ("source", "relation", "locator") if name in said}
        return {**said, "cites": [cite]} if cite else {}

    def _read(self, row: str, specs: Iterable[FieldSpec]) -> Plain:
        """Read a row; nothing where only choices were made."""
        asked = tuple(specs)
        said = form_fields.read(asked, {one.name: self.cleaned_data.get(f"{row}-{one.name}") for one in asked})
        typed = {one.name for one in asked if one.kind is not FieldKind.CHOICE}
        return said if typed & said.keys() else {}

    def _add(self, path: str, part: Plain, where: str, row: str) -> Change:
        self._places[where] = row
        return Change(path, after=part)

    def _count(self, name: str) -> int:
        return sum(where.startswith(f"{name}[") for where in self._places)


@desk_page(Permission.TOPIC_CHANGE)
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for all that a new topic needs, and write it into its draft when that is sent.

    Raises NotFoundError, and NotPossibleError for a draft that has claims, or another side than the author's, already.
    """
    topic = drafts.topic(slug)
    draft = plain(draft_documents.topic_document(topic.pk))
    sides = draft.get(SIDES, [])
    if len(sides) != 1 or sides[0].get(CLAIMS):
        raise NotPossibleError("The draft has grown beyond its starting sheet; change it part by part on its own page.")
    form = SheetForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        changes = form.changes(sides[0]["id"])
        try:
            drafting.change(topic_id=topic.pk, changes=changes, version=parts.version(draft), by=person(request))
        except BrokenRulesError as error:
            form.take(error.problems)
        else:
            messages.success(request, f"{len(changes)} parts are in the draft.")
            return redirect("desk-topic", slug)
    typed = [str(one) for name, one in request.POST.items() if name.endswith(f"-{SOURCE.name}")]
    offered = drafts.source_titles({topic.article.source.key, *filter(str.isprintable, typed)}, ())
    context = {"topic": topic, "form": form, "side": sides[0], "sources": offered}
    return show(request, "drafting/sheet.html", context, status=422 if form.errors else 200)
