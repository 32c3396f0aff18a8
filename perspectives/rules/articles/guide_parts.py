"""Which parts of an article guide hang together: sections are known by their names, and passages name theirs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from perspectives.errors import NotPossibleError
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import FINDINGS, HEAD, OUTLINE, PASSAGES, Change
from perspectives.rules.documents.problems import Problem

_PLACE: Final = re.compile(rf"{PASSAGES}\[(\d+)\]")


def removal(document: Mapping[str, Any], path: str) -> tuple[Change, ...]:
    """Find the changes that remove a part of a guide; a passage takes its findings along.

    Raises NotFoundError, and NotPossibleError for the head and for a section that has passages.
    """
    if path == HEAD:
        raise NotPossibleError("What is said of the article as a whole cannot be removed.")
    *way, last = parts.location(document, path)
    if way == [OUTLINE]:
        _require_no_passages(document, parts.find(document, path)["section"])
    wanted = deepcopy(dict(document))
    items: Any = wanted
    for step in way:
        items = items[step]
    del items[last]
    return parts.compare(document, wanted)


def with_passages(document: Mapping[str, Any], changes: Iterable[Change]) -> Iterator[Change]:
    """Give changes, and where one gives a section another name, the same for each passage in that section."""
    for change in changes:
        yield change
        was, now = (part.get("section") if part else None for part in (change.before, change.after))
        if change.path.startswith(f"{OUTLINE}/") and was and now and was != now:
            for one in _passages(document, was):
                yield Change(f"{PASSAGES}/{one['id']}", one, {**one, "section": now})


def with_picked(document: Mapping[str, Any], picked: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    """Find the changes that add picked passages, or put them in the place of those with their ids.

    Those without an id get one: p3 and p4 where there are p1 and p2. They stand where their positions say.
    """
    standing = {one["id"]: one for one in _held(document)}
    places = [one["start"] for one in standing.values()]
    for passage in picked:
        name = passage.get("id") or next(f"p{n}" for n in range(1, len(standing) + 2) if f"p{n}" not in standing)
        before = standing.get(name)
        standing[name] = {**(before or {}), **passage, "id": name}
        if before is None:
            place = sum(start <= passage["start"] for start in places)
            places.insert(place, passage["start"])
            yield Change(f"{PASSAGES}/{name}", after=standing[name], place=place)
        else:
            yield Change(f"{PASSAGES}/{name}", before, standing[name])


def already_there(document: Mapping[str, Any], picked: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """Find picked passages without an id that a guide has already, as when a form is sent twice."""
    standing = {_identity(one): one["id"] for one in _held(document)}
    found = ((place, standing.get(_identity(one))) for place, one in enumerate(picked) if "id" not in one)
    return tuple(
        Problem("", 0, f"{PASSAGES}[{place}].passage", f"This is passage {name} already; change that one.")
        for place, name in found
        if name
    )


def _identity(passage: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(passage.get(name) for name in ("text_sha256", "start", "end"))


def places_of(document: Mapping[str, Any], changes: Iterable[Change]) -> dict[int, int]:
    """Map the places that changed passages have in a guide to the places of the changes."""
    ids = [one["id"] for one in document.get(PASSAGES, ())]
    return {ids.index(change.path.rpartition("/")[2]): place for place, change in enumerate(changes)}


def as_picked(problems: Iterable[object], places: Mapping[int, int]) -> tuple[object, ...]:
    """Let problems of a guide name passages by their places among those that were picked, where they are of these."""
    return tuple(_as_picked(one, places) if isinstance(one, Problem) else one for one in problems)


def _as_picked(problem: Problem, places: Mapping[int, int]) -> Problem:
    found = _PLACE.match(problem.path)
    if found and int(found[1]) in places:
        return replace(problem, path=f"{PASSAGES}[{places[int(found[1])]}]{problem.path[found.end() :]}")
    return replace(problem, path=f"guide.{problem.path}")


def _require_no_passages(document: Mapping[str, Any], section: str) -> None:
    if held := [one["id"] for one in _passages(document, section)]:
        raise NotPossibleError(f"The section '{section}' has passages ({', '.join(held)}); move these first.")


def _passages(document: Mapping[str, Any], section: str) -> list[parts.Plain]:
    return [passage for passage in _held(document) if passage["section"] == section]


def _held(document: Mapping[str, Any]) -> Iterator[parts.Plain]:
    """Give the passages as parts: without their findings."""
    for passage in document.get(PASSAGES, ()):
        yield {name: value for name, value in passage.items() if name != FINDINGS}
