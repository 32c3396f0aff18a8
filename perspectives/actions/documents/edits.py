"""What people ask of a draft, of a topic or a guide: each function makes an `Edit`, which finds the changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from perspectives.errors import ConflictError, NotPossibleError
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, Plain

Edit = Callable[[Plain], Iterable[Change]]
"""Finds the changes that a draft, as plain data, is to get."""


def changing(changes: Iterable[Change], version: str | None = None) -> Edit:
    """Make these changes; with a version, in a draft that still has it."""
    wanted = tuple(changes)

    def found(draft: Plain) -> Iterable[Change]:
        if version is not None:
            require_version(draft, version)
        return wanted

    return found


def putting(path: str, value: Plain, version: str | None) -> Edit:
    """Change a part that still has this version, or add it where that is None."""

    def found(draft: Plain) -> Iterable[Change]:
        before = None if version is None else seen(draft, path, version)
        return [Change(path, before=before, after=value)]

    return found


def replacing(
    document: Mapping[str, Any], version: str, *, name: str, check: Callable[[Mapping[str, Any]], object]
) -> Edit:
    """Put another document in the place of a draft that still has this version; `name` is the field of its slug.

    A document that has no parts to compare is handed to `check`, which tells what is wrong with it.
    """

    def found(draft: Plain) -> Iterable[Change]:
        require_version(draft, version)
        if not _has_parts(document):
            check(document)
        if document.get(name) != draft[name]:
            raise NotPossibleError(f"The document must be of the {name} '{draft[name]}'.")
        return parts.compare(draft, document)

    return found


def removing(
    path: str, version: str, *, removal: Callable[[Mapping[str, Any], str], Iterable[Change]] = parts.removal
) -> Edit:
    """Remove a part that still has this version, with what cannot stand without it, which `removal` finds."""

    def found(draft: Plain) -> Iterable[Change]:
        seen(draft, path, version)
        return removal(draft, path)

    return found


def moving(path: str, steps: int, version: str) -> Edit:
    """Move a part that still has this version by steps in its list."""

    def found(draft: Plain) -> Iterable[Change]:
        seen(draft, path, version)
        return parts.movement(draft, path, steps)

    return found


def _has_parts(document: Mapping[str, Any]) -> bool:
    """Whether all lists of parts are lists of parts."""
    for name in parts.lists_of(document):
        items = document.get(name, [])
        if not _are_parts(items) or not all(_are_parts(one.get(parts.INNER.get(name, ""), [])) for one in items):
            return False
    return True


def _are_parts(items: object) -> bool:
    return isinstance(items, list) and all(
        isinstance(one, dict) and isinstance(one.get("id", ""), str) for one in items
    )


def require_version(draft: Plain, version: str) -> None:
    """Raise ConflictError unless the draft has this version."""
    if parts.version(draft) != version:
        raise ConflictError("The draft was changed by somebody else in the meantime.", now=draft)


def seen(draft: Plain, path: str, version: str) -> Any:
    """Give a part that still has the version that somebody saw. Raises ConflictError, NotFoundError."""
    now = parts.find(draft, path)
    if parts.version(now) != version:
        raise ConflictError(f"'{path}' was changed by somebody else in the meantime.", path=path, now=now)
    return now
