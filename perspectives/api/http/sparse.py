"""Sparse and expanded answers: `fields=` keeps some members of each record, `include=` adds related records."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError

Record = dict[str, Any]
Include = Callable[[Sequence[Record]], None]
"""Adds a member to each of some records, with one query for all of them."""


def members(shape: type[BaseModel]) -> list[str]:
    """List the members that a record of the shape may have."""
    return [field.alias or name for name, field in shape.model_fields.items()]


def names(query: Mapping[str, str], parameter: str, known: Collection[str]) -> list[str]:
    """Read a list of names, separated by commas. Raises RefusedError for one that is not known."""
    if parameter not in query:
        return []
    chosen = query[parameter].split(",")
    for name in chosen:
        if name not in known:
            raise RefusedError(
                problems.INVALID_PARAMETER,
                f"'{name[:80]}' cannot be in '{parameter}'; give names from this list, separated by commas: "
                f"{', '.join(known)}.",
                parameter=parameter,
                known=list(known),
            )
    if len(set(chosen)) < len(chosen):
        raise RefusedError(problems.INVALID_PARAMETER, f"'{parameter}' names something twice.", parameter=parameter)
    return chosen


def keep(record: Record, fields: Collection[str]) -> Record:
    """Keep the members named in `fields`; without any, all."""
    return {name: value for name, value in record.items() if name in fields} if fields else record
