"""Changes of parts as a reviewer reads them: which part, which of its fields, and which words."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from perspectives.rules.documents.parts import CLAIMS, FINDINGS, HEAD, SIDES, Change
from perspectives.rules.documents.word_diff import Piece, words_diff
from perspectives.vocab import MetadataState, QuoteStatus, Relation, ResponseType, Stance, Term

GROUPS: Final[Mapping[str, str]] = {
    HEAD: "Title, question and background",
    SIDES: "Perspectives and claims",
    "responses": "Responses",
    "gaps": "Gaps",
    "common_ground": "Agreements",
    "cruxes": "Where they part",
    "events": "Events",
    "bibliography": "Bibliography",
    "terms": "Terms",
    "outline": "Outline",
    "passages": "Passages and findings",
    "links": "Where to read the article",
    "article_head": "The article",
    "sources": "Records of sources",
}
"""The lists of a document by the first step of a part's path, in the order in which they are shown."""

_FIELDS: Final[Mapping[str, str]] = {
    "cites": "Citation",
    "held_by": "Held by",
    "would_settle": "What would settle it",
    "prompts": "Questions to a class",
    "teaching": "For teachers",
    "quote_status": "State of the quotation",
    "quote_seen_in": "Seen in",
    "quote_seen_on": "Seen on",
    "common_ground": "Agreement",
    "id": "Id",
    "from": "From claim",
    "to": "To claim",
}
_ORDER: Final = ("title", "question", "date", "stance", "label", "text", "quote", "summary", "", "findings", "cites")
"""Fields in the order in which they are read; those that are not named stand where the empty name does."""
_TERMS: Final[Mapping[str, type[Term]]] = {
    "quote_status": QuoteStatus,
    "relation": Relation,
    "type": ResponseType,
    "metadata": MetadataState,
}


@dataclass(frozen=True)
class FieldView:
    """A field of a part, in pieces of words."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PartView:
    """What happened to one part. `stance` is the side it belongs to, or nothing."""

    kind: str
    path: str
    title: str
    stance: Stance | None
    fields: tuple[FieldView, ...]
    moved: str = ""


@dataclass(frozen=True)
class GroupView:
    """The changed parts of one list."""

    name: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True)
class Differences:
    """All changes, in groups, with how many parts were added, removed, changed and moved."""

    groups: tuple[GroupView, ...]
    counts: tuple[tuple[str, int], ...]


def differences(changes: Iterable[Change], document: Mapping[str, Any]) -> Differences:
    """Show changes; `document` is one side of them, or nothing, and tells the names of its sides."""
    stances = {side["id"]: Stance.of(side["stance"]) for side in document.get(SIDES, ())}
    views = sorted((_part(change, stances) for change in changes), key=lambda view: _rank(view.path))
    groups = tuple(
        GroupView(GROUPS.get(name, _words(name)), tuple(found))
        for name, found in groupby(views, key=lambda view: view.path.split("/")[0])
    )
    kinds = [view.kind for view in views]
    counts = ((kind, kinds.count(kind)) for kind in ("changed", "added", "removed", "moved"))
    return Differences(groups, tuple((kind, count) for kind, count in counts if count))


def _rank(path: str) -> int:
    name = path.split("/", maxsplit=1)[0]
    return list(GROUPS).index(name) if name in GROUPS else len(GROUPS)


def _part(change: Change, stances: Mapping[str, Stance]) -> PartView:
    names = change.path.split("/")
    part = change.after if change.after is not None else change.before
    stance = stances.get(names[1]) if names[0] == SIDES and len(names) > 1 else None
    title = _title(names, part if isinstance(part, Mapping) else {})
    if change.moved_to is not None:
        moved = f"from place {(change.place or 0) + 1} to place {change.moved_to + 1}"
        return PartView("moved", change.path, title, stance, (), moved)
    return PartView(_kind(change), change.path, title, stance, tuple(_fields(change)))


def _kind(change: Change) -> str:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "changed"


_Titles = Mapping[str, str]
_TITLES: Final[_Titles] = {
    "responses": "{from} {type} {to}",
    "gaps": "No {stance} answer to {claim}",
    "common_ground": "Agreement",
    "cruxes": "Crux",
    "events": "Event of {date}",
    "bibliography": "Entry {source}",
    "terms": "Term {term}",
    "outline": "Section {section}",
    "links": "Link {label}",
    "article_head": "Head of the article",
    HEAD: "Head",
}


def _title(names: list[str], part: Mapping[str, Any]) -> str:
    if names[0] == SIDES:
        return f"Claim {names[-1]}" if CLAIMS in names else f"Perspective {names[-1]}"
    if FINDINGS in names:
        return f"Finding on passage {names[1]}"
    if names[0] in ("passages", "sources"):
        return f"{names[0][:-1].capitalize()} {names[-1]}"
    # A part, for instance of an old entry of the history, may not say everything.
    return _TITLES.get(names[0], "/".join(names)).format_map(defaultdict(lambda: "…", part))


def _fields(change: Change) -> Iterator[FieldView]:
    before, after = _mapped(change.before), _mapped(change.after)
    for name in sorted({*before, *after} - {"id"}, key=_field_rank):
        yield from _field(name, _words(name), before.get(name), after.get(name))


def _mapped(part: Any) -> Mapping[str, Any]:
    if isinstance(part, Mapping):
        return part
    return {} if part is None else {"content": part}


def _field_rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name if name in _ORDER else ""), name)


def _field(name: str, title: str, before: Any, after: Any) -> Iterator[FieldView]:
    """Show a field that changed: lists of things item by item, things field by field, all else word by word."""
    if before == after:
        return
    if _are_items(before) and _are_items(after):
        for old, new in _pairs(before or (), after or ()):
            yield FieldView(title, words_diff(_text(name, old), _text(name, new)))
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for inner in sorted({*before, *after}):
            yield from _field(inner, f"{title}, {_words(inner).lower()}", before.get(inner), after.get(inner))
    else:
        yield FieldView(title, words_diff(_text(name, before), _text(name, after)))


def _are_items(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, Mapping) for item in value))


def _pairs(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    """Pair the items of two lists that are not in both: first by what they are of, then what is left alone."""
    old, new = [item for item in before if item not in after], [item for item in after if item not in before]
    for item in new:
        was = next((one for one in old if _subject(one) == _subject(item)), None)
        if was is not None:
            old.remove(was)
        yield was, item
    for item in old:
        yield item, None


def _subject(item: Mapping[str, Any]) -> Any:
    return next((item[name] for name in ("source", "topic") if name in item), None)


def _words(name: str) -> str:
    return _FIELDS.get(name, name.replace("_", " ").capitalize())


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        term = _TERMS.get(field)
        return str(term.of(value).label) if term and value in term.values else value
    if isinstance(value, Mapping):
        return _cite(value) if "relation" in value else _mapping(value)
    if isinstance(value, list):
        return ", ".join(_text(field, item) for item in value)
    return json.dumps(value)


def _cite(cite: Mapping[str, Any]) -> str:
    """Write a citation as one line."""
    place = ", ".join(str(cite[name]) for name in ("source", "locator") if name in cite)
    quote = f": “{cite['quote']}”" if "quote" in cite else ""
    states = [_text(name, cite[name]) for name in ("relation", "quote_status") if name in cite]
    names = ("quote_seen_in", "quote_seen_on", "quote_language", "translation", "translator")
    rest = [f"{_words(name)}: {cite[name]}" for name in names if name in cite]
    return f"{place}{quote} ({'; '.join([*states, *rest])})"


def _mapping(value: Mapping[str, Any]) -> str:
    return "; ".join(f"{_words(name)}: {_text(name, one)}" for name, one in value.items())
