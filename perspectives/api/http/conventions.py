"""What every request to the API must keep to: its query parameters."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError

METHODS = ("GET", "HEAD", "OPTIONS")
MAX_QUERY_CHARACTERS = 4000
READABLE = r"^[^\x00-\x1f\x7f-\x9f\ufffd]+$"
"""What every value must look like, as a JSON Schema says it: no control character, and no sign of what is not UTF-8."""
_READABLE = re.compile(READABLE)
_MAX_SHOWN = 80


@dataclass(frozen=True)
class Parameter:
    """A query parameter of one resource alone, as OpenAPI describes it: `schema` is a JSON Schema."""

    description: str
    schema: Mapping[str, Any]
    is_required: bool = False


def parameters(request: HttpRequest, known: Collection[str], lists: Collection[str] = ()) -> Mapping[str, str]:
    """Read the query: each parameter must be known, readable, and given once unless it is one of the lists.

    A list is written `fields=a,b`, by most generated clients `fields=a&fields=b`, by axios `fields[]=a&fields[]=b`;
    here it is always the first. Raises RefusedError.
    """
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return {}
    if len(query) > MAX_QUERY_CHARACTERS:
        raise RefusedError(
            problems.QUERY_TOO_LONG, f"The query has {len(query)} characters; {MAX_QUERY_CHARACTERS} may be."
        )
    given: dict[str, list[str]] = {}
    for name, values in request.GET.lists():
        bare = name.removesuffix("[]")
        given.setdefault(bare if bare in lists else name, []).extend(values)
    return {name: _value(name, values, known, lists) for name, values in given.items()}


def check(query: Mapping[str, str], known: Mapping[str, Parameter]) -> None:
    """Raise RefusedError if a parameter is left out that must be given, or has a value that it cannot have."""
    for name, parameter in known.items():
        if name in query:
            _check_value(name, query[name], parameter.schema)
        elif parameter.is_required:
            raise RefusedError(problems.INVALID_PARAMETER, f"'{name}' is missing; give it.", parameter=name)


def _check_value(name: str, value: str, described: Mapping[str, Any]) -> None:
    allowed, most, pattern = (described.get(name) for name in ("enum", "maxLength", "pattern"))
    if allowed is not None and value not in allowed:
        sentence = f"'{name}' is one of: {', '.join(allowed)}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name, known=list(allowed))
    if most is not None and len(value) > most:
        raise RefusedError(problems.INVALID_PARAMETER, f"'{name}' has more than {most} characters.", parameter=name)
    if pattern is not None and re.search(pattern, value) is None:
        sentence = f"'{name}' is not written as it must be: it does not match {pattern}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)


def _value(name: str, values: list[str], known: Collection[str], lists: Collection[str]) -> str:
    if name not in known:
        words = f"known are {', '.join(sorted(known))}" if known else "this resource takes none"
        raise RefusedError(
            problems.UNKNOWN_PARAMETER,
            f"'{shown(name)}' is no parameter here; {words}.",
            parameter=shown(name),
            known=sorted(known),
        )
    if len(values) > 1 and name not in lists:
        raise RefusedError(problems.REPEATED_PARAMETER, f"'{name}' is given {len(values)} times.", parameter=name)
    return ",".join(_readable(name, value) for value in values)


def _readable(name: str, value: str) -> str:
    if not value:
        raise RefusedError(
            problems.INVALID_PARAMETER, f"'{name}' is empty; give a value or leave it out.", parameter=name
        )
    if _READABLE.fullmatch(value) is None:
        sentence = f"'{name}' has a control character, or is not UTF-8."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)
    return value


def shown(text: str) -> str:
    """Cut a text short for a sentence."""
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
