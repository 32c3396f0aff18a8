"""Merging two sources at the desk: choose the other, compare field by field, see which drafts change, confirm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.sources.source_merging import merge
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.models import Source
from perspectives.policy import Permission
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.vocab import SourceState
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.sources.source_form import LABELS, SPECS, fields_of, note_in
from perspectives.web.http.form_fields import value_at
from perspectives.web.http.view_decorators import SENDING, query_text, query_value
from perspectives.web.sources import source_pages

_SHOWN: Final = 20
"""How many sources the search for the other one shows."""
_LONGEST_WORDS: Final = 100
_SIDES: Final = ("into", "from")


@dataclass(frozen=True)
class Choice:
    """A field in which two records differ, what stands in each, and whose is chosen."""

    name: str
    label: str
    into: str
    gone: str
    chosen: str


@desk_page(Permission.SOURCE_MERGE)
def source_merge(request: HttpRequest, key: str) -> HttpResponse:
    """Choose into which source another is merged, then compare the two; the form that is sent merges them."""
    gone = source_catalogue.source(key)
    into_key = query_value(request, "into")
    if not into_key:
        return _choose(request, gone)
    into = source_catalogue.source(into_key)
    if request.method in SENDING:
        return _merge(request, gone, into)
    return _compare(request, gone, into)


def _choose(request: HttpRequest, gone: Source) -> HttpResponse:
    words = query_text(request, "q", longest=_LONGEST_WORDS)
    filters = source_catalogue.Filters(words=words, state=SourceState.CURRENT)
    found = source_catalogue.listed(filters).exclude(pk=gone.pk)[:_SHOWN] if words else []
    context = {
        "source": gone,
        "words": words,
        "likely": [source_pages.listed(one.key, one.record) for one in source_catalogue.likely_duplicates(gone)],
        "found": [source_pages.listed(one.key, one.record) for one in found],
    }
    return show(request, "sources/choose.html", context)


def _merge(request: HttpRequest, gone: Source, into: Source) -> HttpResponse:
    if not request.POST.get("is_same"):
        return _compare(request, gone, into, problems=["Say that both records are of the same work."])
    versions = {gone.key: request.POST.get("version-from", ""), into.key: request.POST.get("version-into", "")}
    record = _chosen(request.POST, gone, into)
    try:
        merge(
            from_key=gone.key,
            into_key=into.key,
            record=record,
            versions=versions,
            by=person(request),
            note=note_in(request.POST),
        )
    except BrokenRulesError as error:
        return _compare(request, gone, into, problems=[error.message, *map(str, error.problems)])
    except (ConflictError, NotPossibleError) as error:
        return _compare(request, gone, into, problems=[error.message], status=409)
    messages.success(request, f"“{gone.key}” was merged into “{into.key}”; drafts cite that now.")
    return redirect("desk-source-editions", into.key)


def _compare(request: HttpRequest, gone: Source, into: Source, **more: Any) -> HttpResponse:
    status = more.pop("status", 400 if more else 200)
    context = {
        "source": gone,
        "into": into,
        "choices": _choices(request.POST, gone, into),
        "versions": {"from": parts.version(gone.record), "into": parts.version(into.record)},
        "topics": source_catalogue.topics_citing(gone.pk),
        "articles": source_catalogue.articles_citing(gone.pk),
        "note": request.POST.get("note", ""),
        **more,
    }
    return show(request, "sources/merge.html", context, status=status)


def _choices(sent: Mapping[str, str], gone: Source, into: Source) -> list[Choice]:
    ours, theirs = fields_of(into.record), fields_of(gone.record)
    return [
        Choice(name, label, ours[name], theirs[name], _side(sent, name, ours))
        for name, label in LABELS.items()
        if ours[name] != theirs[name]
    ]


def _side(sent: Mapping[str, str], name: str, ours: Mapping[str, str]) -> str:
    """Tell whose field was chosen; until somebody chose, the survivor's, where it has one."""
    chosen = sent.get(name, "")
    return chosen if chosen in _SIDES else "into" if ours[name] else "from"


def _chosen(sent: Mapping[str, str], gone: Source, into: Source) -> dict[str, Any]:
    """Put the record together from the fields that were chosen."""
    sides = {choice.name: choice.chosen for choice in _choices(sent, gone, into)}
    record: dict[str, Any] = {**into.record, "checked": dict(into.record.get("checked", {}))}
    for spec in SPECS:
        if sides.get(spec.name) == "from":
            outer, _, inner = spec.place.partition(".")
            holder, field = (record[outer], inner) if inner else (record, outer)
            holder[field] = value_at(gone.record, spec.place)
            if holder[field] is None:
                del holder[field]
    return record
