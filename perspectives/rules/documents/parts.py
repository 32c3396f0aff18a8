"""A document as parts that are edited one by one: their addresses, their changes, and changes turned round.

A part is what one form edits: the head of a topic, a perspective without its claims, a claim with its citations, a
response, an agreement … or of an article guide a section, a passage without its findings, a finding, a link. Its path
names it by id where it has one (`perspectives/author/claims/s1`) and elsewhere by its place, counted from 0
(`events/3`); a part without an id is known by its content, so that the place is a hint.
`head` is everything that is no list of parts. All functions take and give plain data and change nothing in place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from perspectives.errors import ConflictError, NotFoundError, NotPossibleError, require_found
from perspectives.rules.documents.problems import Path
from perspectives.rules.publication.canonical_json import canonical_json, sha256

Plain = dict[str, Any]
HEAD = "head"
SIDES, CLAIMS = "perspectives", "claims"
LISTS = (SIDES, "responses", "gaps", "common_ground", "cruxes", "events", "bibliography", "terms")
"""The lists of a topic document whose items are parts; a perspective's claims are one more."""
PASSAGES, FINDINGS, OUTLINE = "passages", "findings", "outline"
GUIDE_LISTS = (OUTLINE, PASSAGES, "links")
"""The lists of an article guide whose items are parts; a passage's findings are one more."""
INNER = {SIDES: CLAIMS, PASSAGES: FINDINGS}
"""The lists whose items hold a list of parts themselves."""
_VERSION_LENGTH = 16


@dataclass(frozen=True)
class Change:
    """What an action does to one part: without `before` it is added, without `after` removed, without either moved.

    `place` is where in its list a part stands that is added, removed or moved; `moved_to` is where it goes.
    """

    path: str
    before: Any = None
    after: Any = None
    place: int | None = None
    moved_to: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        """Read it as the event log keeps it."""
        return cls(**data)

    def as_json(self) -> Plain:
        """Write it as the event log keeps it: what is None is left out."""
        names = ("path", "before", "after", "place", "moved_to")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def turned_round(self) -> "Change":
        """Give the change that undoes this one."""
        if self.moved_to is not None:
            path = f"{self.path.rpartition('/')[0]}/{self.moved_to}" if self.before is not None else self.path
            return replace(self, path=path, place=self.moved_to, moved_to=self.place)
        return replace(self, before=self.after, after=self.before)


def version(value: Any) -> str:
    """Name a document or a part by its content: 16 hexadecimal digits of its SHA-256."""
    return sha256(canonical_json(value))[:_VERSION_LENGTH]


def lists_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the lists of parts that a document has: a topic and an article guide have others."""
    return GUIDE_LISTS if "selector_note" in document else LISTS


def parts(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Walk all parts with their paths, in the order of the document."""
    yield HEAD, _head(document)
    for name in lists_of(document):
        inner = INNER.get(name, "")
        for place, item in enumerate(document.get(name, ())):
            path = f"{name}/{_label(item, place)}"
            yield path, _part(item, inner)
            for at, part in enumerate(item.get(inner, ())):
                yield f"{path}/{inner}/{_label(part, at)}", part


def find(document: Mapping[str, Any], path: str) -> Any:
    """Give the part at a path. Raises NotFoundError."""
    if path == HEAD:
        return _head(document)
    items, label = _list_of(document, path)
    at = require_found(_place(items, label), f"The draft has no part '{path}'.")
    return _part(items[at], _inner(path))


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Find the changes that make one document into another: `applied` gives `after` by them."""
    changes: list[Change] = []
    if _head(before) != _head(after):
        changes.append(Change(HEAD, _head(before), _head(after)))
    for name in lists_of(after):
        changes += _compare_lists(name, before.get(name, ()), after.get(name, ()))
    return tuple(changes)


def removal(document: Mapping[str, Any], path: str) -> tuple[Change, ...]:
    """Find the changes that remove a part of a topic and what cannot stand without it. Raises NotFoundError.

    A perspective takes its claims along, and a claim the responses and gaps that name it.
    """
    part = find(document, path)
    wanted = _copy(document)
    items, label = _list_of(wanted, path)
    at = _place(items, label) or 0
    names = path.split("/")
    claims = [part] if names[-2:-1] == [CLAIMS] else items[at].get(CLAIMS, ()) if names[0] == SIDES else ()
    gone = {claim["id"] for claim in claims}
    del items[at]
    wanted["responses"] = [link for link in wanted["responses"] if not {link["from"], link["to"]} & gone]
    wanted["gaps"] = [gap for gap in wanted["gaps"] if gap["claim"] not in gone]
    return compare(document, wanted)


def movement(document: Mapping[str, Any], path: str, steps: int) -> tuple[Change, ...]:
    """Find the change that moves a part by `steps` in its list, at most to an end of it. Raises NotFoundError."""
    find(document, path)
    items, label = _list_of(document, path)
    at = _place(items, label) or 0
    to = min(max(at + steps, 0), len(items) - 1)
    return (_move(path.rpartition("/")[0], label, items[at], place=at, to=to),) if to != at else ()


def location(document: Mapping[str, Any], path: str) -> Path:
    """Say where a part stands as problems name it: `("perspectives", 0, "claims", 2)`; the head stands at the root.

    Raises NotFoundError.
    """
    find(document, path)
    names = path.split("/")
    way: Path = ()
    for end in range(2, len(names) + 1, 2):
        items, label = _list_of(document, "/".join(names[:end]))
        way = (*way, names[end - 2], _place(items, label) or 0)
    return way


def applied(document: Mapping[str, Any], changes: Iterable[Change]) -> Plain:
    """Apply changes one after the other.

    Raises ConflictError where a part is no longer as a change found it, and NotPossibleError where a change gives a
    part another id.
    """
    result = _copy(document)
    for change in changes:
        if change.path == HEAD:
            _require(change, _head(result))
            result = {**{name: result[name] for name in lists_of(document)}, **change.after}
        elif change.moved_to is not None:
            items, at = _located(result, change)
            items.insert(change.moved_to, items.pop(at))
        elif change.before is None:
            _insert(result, change)
        else:
            _replace(result, change)
    return result


def _require(change: Change, now: Any) -> None:
    if change.before is not None and now != change.before:
        raise ConflictError(f"'{change.path}' was changed by somebody else in the meantime.", path=change.path, now=now)


def _insert(result: Plain, change: Change) -> None:
    items, label = _list_of(result, change.path)
    if "id" in change.after:
        _require_id(change, label)
        if (at := _place(items, label)) is not None:
            now = _part(items[at], _inner(change.path))
            raise ConflictError(f"'{change.path}' is there already; choose another id.", path=change.path, now=now)
    inner = _inner(change.path)
    items.insert(len(items) if change.place is None else change.place, change.after | ({inner: []} if inner else {}))


def _replace(result: Plain, change: Change) -> None:
    items, at = _located(result, change)
    inner = _inner(change.path)
    if change.after is None:
        if items[at].get(inner):
            raise NotPossibleError(f"'{change.path}' has {inner}; remove them first.")
        del items[at]
        return
    if "id" in change.after:
        _require_id(change, items[at]["id"])
    items[at] = change.after | ({inner: items[at][inner]} if inner in items[at] else {})


def _require_id(change: Change, label: str) -> None:
    if change.after["id"] != label:
        raise NotPossibleError(
            f"'{change.path}' cannot get the id '{change.after['id']}'; ids are public and stay, so add a new part."
        )


def _located(result: Plain, change: Change) -> tuple[list[Plain], int]:
    """Find the part that a change means: by its id, or by its content, looking at its place first."""
    items, label = _list_of(result, change.path)
    at = _place(items, label)
    now = None if at is None else _part(items[at], _inner(change.path))
    if change.before is not None and now != change.before and not (now and "id" in now):
        at = next((i for i, item in enumerate(items) if item == change.before), None)
    if at is None or (now and "id" in now):
        _require(change, now)
    if at is None:
        raise ConflictError(f"'{change.path}' is no longer there.", path=change.path)
    return items, at


def _list_of(document: Mapping[str, Any], path: str) -> tuple[list[Plain], str]:
    """Find the list in which a part stands, and the part's name there. Raises NotFoundError."""
    names = path.split("/")
    match names:
        case [name, label] if name in lists_of(document):
            return document.get(name, []), label
        case [name, outer, inner, label] if name in lists_of(document) and INNER.get(name) == inner:
            at = _place(document.get(name, []), outer)
            if at is not None:
                found: list[Plain] = document[name][at].get(inner, [])
                return found, label
    raise NotFoundError(f"The draft has no part '{path}'.")


def _place(items: Sequence[Mapping[str, Any]], label: str) -> int | None:
    named = next((i for i, item in enumerate(items) if item.get("id") == label), None)
    if named is None and label.isdecimal() and int(label) < len(items) and "id" not in items[int(label)]:
        return int(label)
    return named


def _compare_lists(path: str, before: Sequence[Plain], after: Sequence[Plain]) -> Iterator[Change]:
    old, new, inner = _named(before), _named(after), INNER.get(path, "")
    labels = list(old)
    for place, was, label in _edited(old, new):
        yield Change(f"{path}/{place}", before=old.pop(was), after=new[label])
        old[label] = new[label]
        labels[place] = label
    for label in reversed(labels.copy()):
        if label not in new:
            yield from _compare_lists(f"{path}/{label}/{inner}", old[label].get(inner, ()), ())
            place = labels.index(label)
            labels.remove(label)
            yield Change(_path(path, label, place), before=_part(old[label], inner), place=place)
    for place, label in enumerate(new):
        address = _path(path, label, place)
        if label not in old:
            labels.insert(place, label)
            yield Change(address, after=_part(new[label], inner), place=place)
        elif labels[place] != label:
            yield _move(path, label, old[label], place=labels.index(label), to=place)
            labels.remove(label)
            labels.insert(place, label)
        if label in old and _part(old[label], inner) != _part(new[label], inner):
            yield Change(address, before=_part(old[label], inner), after=_part(new[label], inner))
        earlier = old[label].get(inner, ()) if label in old else ()
        yield from _compare_lists(f"{path}/{label}/{inner}", earlier, new[label].get(inner, ()))


def _edited(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[tuple[int, str, str]]:
    """Find parts without ids that stand where others stood: place, label before, label after."""
    pairs = enumerate(zip(old, new, strict=False))
    return [
        (place, was, label)
        for place, (was, label) in pairs
        if was not in new and label not in old and "id" not in old[was] and "id" not in new[label]
    ]


def _move(path: str, label: str, item: Plain, *, place: int, to: int) -> Change:
    before = None if "id" in item else item
    return Change(_path(path, label, place), before=before, place=place, moved_to=to)


def _named(items: Iterable[Plain]) -> dict[str, Plain]:
    """Name items by their ids, or by their content and how often it came before."""
    named: dict[str, Plain] = {}
    for item in items:
        label, count = item.get("id") or version(item), 1
        while label in named:
            count += 1
            label = f"{version(item)} {count}"
        named[label] = item
    return named


def _path(path: str, label: str, place: int) -> str:
    # Labels of content hold 16 digits and perhaps a space; ids of parts stand in the document.
    return f"{path}/{label}" if path.endswith((SIDES, CLAIMS, PASSAGES)) else f"{path}/{place}"


def _label(item: Mapping[str, Any], place: int) -> str:
    return str(item.get("id", place))


def _head(document: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in document.items() if name not in lists_of(document)}


def _part(item: Mapping[str, Any], inner: str) -> Plain:
    return {name: value for name, value in item.items() if name != inner}


def _inner(path: str) -> str:
    """Name the list of parts that the part at a path holds, empty where it holds none."""
    name, _, below = path.partition("/")
    return "" if "/" in below else INNER.get(name, "")


def _copy(document: Mapping[str, Any]) -> Plain:
    """Copy the document and its lists of parts; the parts themselves are never changed."""
    copy = {**document, **{name: list(document.get(name, ())) for name in lists_of(document)}}
    for name, inner in INNER.items():
        if name in copy:
            copy[name] = [{**item, inner: list(item.get(inner, ()))} for item in copy[name]]
    return copy
