"""Finding values in plain data that may have any shape: what is not as expected is passed over, never an error."""

from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.documents.problems import Path

_EACH = "[]"


def values(data: Any, way: str) -> Iterator[tuple[Path, Any]]:
    """Find the values at `way`, such as `perspectives[].claims[].id`, where `[]` stands for every item of a list."""
    found: list[tuple[Path, Any]] = [((), data)]
    for step in way.replace(_EACH, f".{_EACH}").split("."):
        found = [inner for path, value in found for inner in _step(path, value, step)]
    return iter(found)


def texts(data: Any, way: str) -> Iterator[tuple[Path, str]]:
    """Find the texts at `way`."""
    return ((path, value) for path, value in values(data, way) if isinstance(value, str))


def text(data: Any, name: str) -> str:
    """Give the text of a field, or an empty one where there is none."""
    value = data.get(name) if isinstance(data, Mapping) else None
    return value if isinstance(value, str) else ""


def is_whole(data: Any, lists: str, name: str) -> bool:
    """Say whether every item of the lists at `lists` has the text `name`, so that a search among them is conclusive."""
    items = list(values(data, f"{lists}{_EACH}"))
    are_lists = all(isinstance(value, list) for _, value in values(data, lists))
    return are_lists and len(items) == len(list(texts(data, f"{lists}{_EACH}.{name}")))


def _step(path: Path, value: Any, step: str) -> Iterator[tuple[Path, Any]]:
    if step == _EACH:
        if isinstance(value, list):
            yield from (((*path, index), item) for index, item in enumerate(value))
    elif isinstance(value, Mapping) and step in value:
        yield (*path, step), value[step]
