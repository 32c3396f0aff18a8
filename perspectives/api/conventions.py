"""What every request to the API must keep to: its method, the media type it accepts, its query parameters."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from rest_framework.negotiation import DefaultContentNegotiation

from perspectives.api import problems
from perspectives.api.errors import RefusedError

METHODS = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"
MAX_QUERY_CHARACTERS = 4000
_MAX_SHOWN = 80


def check_method(request: HttpRequest) -> None:
    """Raise RefusedError unless the method reads."""
    if request.method not in METHODS:
        raise RefusedError(
            problems.METHOD_NOT_ALLOWED, f"'{_shown(request.method or '')}' is not one of {', '.join(METHODS)}."
        )


def check_accept(request: HttpRequest) -> None:
    """Raise RefusedError unless the request accepts JSON; without the header, or with it empty, it accepts anything."""
    if request.headers.get("accept", "") in ("", "*/*", JSON):
        return
    try:
        preferred = request.get_preferred_type([JSON])
    except (LookupError, ValueError):  # an encoding in RFC 2231 form that does not exist, too many parameters
        preferred = None
    if preferred is None:
        raise RefusedError(problems.NOT_ACCEPTABLE, problems.NOT_ACCEPTABLE.sentence)


def check_parameters(request: HttpRequest, known: Collection[str]) -> None:
    """Raise RefusedError unless each query parameter is known, is given once, and has a readable value."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > MAX_QUERY_CHARACTERS:
        raise RefusedError(
            problems.QUERY_TOO_LONG, f"The query has {len(query)} characters; {MAX_QUERY_CHARACTERS} may be."
        )
    if not query:
        return
    for name, values in request.GET.lists():
        if name not in known:
            raise RefusedError(
                problems.UNKNOWN_PARAMETER,
                f"'{_shown(name)}' is no parameter here; {_known_words(known)}.",
                parameter=_shown(name),
                known=sorted(known),
            )
        if len(values) > 1:
            raise RefusedError(problems.REPEATED_PARAMETER, f"'{name}' is given {len(values)} times.", parameter=name)
        _check_readable(name, values[0])


def _check_readable(name: str, value: str) -> None:
    if not value:
        raise RefusedError(
            problems.INVALID_PARAMETER, f"'{name}' is empty; give a value or leave it out.", parameter=name
        )
    if not value.isprintable() or "\N{REPLACEMENT CHARACTER}" in value:
        sentence = f"'{name}' has a character that is not printable, or is not UTF-8."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)


def _known_words(known: Collection[str]) -> str:
    return f"known are {', '.join(sorted(known))}" if known else "this resource takes none"


def _shown(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


class Negotiation(DefaultContentNegotiation):
    """Content negotiation for REST framework's views by the same rule as for the lean ones."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        """Choose the JSON renderer. Raises RefusedError."""
        del format_suffix
        check_accept(request)
        return renderers[0], renderers[0].media_type
