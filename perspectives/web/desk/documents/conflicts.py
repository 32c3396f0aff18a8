"""A conflict shown: what one typed beside how the part stands now, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.errors import ConflictError
from perspectives.rules.documents.word_diff import Piece, words_diff
from perspectives.web.desk.documents.draft_view import cited, written_value
from perspectives.web.desk.documents.part_form import PartForm

CITES = "cites"
_LIKENESS = 3
"""A changed part has at least one word in so many in common with what it was."""


@dataclass(frozen=True)
class Difference:
    """A field whose text is another now: the words of both, and who changed it since one began."""

    field: str
    label: str
    words: tuple[Piece, ...]
    who: str


def differences(form: PartForm, began: Mapping[str, Any] | None, now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare a form that was sent with the part as it stands now; `began` is the part as the edit began."""
    mine = _typed(form)
    return tuple(_differences(form, _texts(form, began or {}), mine, _texts(form, now)))


def shown(form: PartForm, began: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what a page shows of a conflict: the form as it was sent, and how the part stands, None where it is gone."""
    found = differences(form, began, now) if now else ()
    form.redrawn()
    return {"now": now, "by_field": {one.field: one for one in found}, "cites": CITES, "count": len(found)}


def standing(error: ConflictError, began: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give the part that somebody else changed as it stands now; None where another part took its place."""
    return error.now if isinstance(error.now, dict) and is_likely_the_same(began, error.now) else None


def is_likely_the_same(began: Mapping[str, Any] | None, now: Mapping[str, Any]) -> bool:
    """Guess whether a part that is found by its place alone is the part that an edit began with, changed since.

    Where that was removed another part may have taken its place: it has few words in common with the first.
    """
    if began is None or "id" in now:
        return True
    texts = [" ".join(str(value) for value in part.values()) for part in (began, now)]
    kept = sum(len(run.text.split()) for run in words_diff(*texts) if run.kind == "same")
    return kept * _LIKENESS >= max(len(text.split()) for text in texts)


def _differences(
    form: PartForm, before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Iterator[Difference]:
    labels = {asked.name: asked.label for asked in form.fields_asked} | {CITES: "Citations"}
    for name, text in theirs.items():
        if text.split() != mine[name].split():
            yield Difference(name, labels[name], words_diff(mine[name], text), _who(before[name], mine[name], text))


def _who(before: str, mine: str, theirs: str) -> str:
    if before == theirs:
        return "Only you changed this."
    return "Only the other person changed this." if before == mine else "Both of you changed this."


def _texts(form: PartForm, part: Mapping[str, Any]) -> dict[str, str]:
    made = {asked.name: written_value(asked, part) for asked in form.fields_asked}
    if form.kind.has_citations:
        made[CITES] = "\n".join(cited(cite) for cite in part.get(CITES, ()))
    return made


def _typed(form: PartForm) -> dict[str, str]:
    """Give the texts as they were typed; a form that is not filled in rightly has gaps."""
    form.is_valid()
    for row in form.rows:
        row.cleaned_data = {"source": "?", "relation": "?", **getattr(row, "cleaned_data", {})}
    return _texts(form, form.made())
