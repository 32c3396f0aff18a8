"""What schemathesis cannot know of our API: what goes with what, and which names exist."""

import zlib

import schemathesis

from tests.outside.places import PLACES

MOMENT = "Thu, 20 Jun 2024 12:00:00 GMT"
"""A date of HTTP that there is: which days a month has cannot be said in OpenAPI."""
STYLES = ("apa", "ieee", "modern-language-association")
"""Three of ten thousand, too many to list in OpenAPI."""
WHOLE = ("fields", "include")
"""Formatted references are whole; that these do not go with `style` cannot be said in OpenAPI."""


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keep to what OpenAPI cannot say where an answer is due, and put names that exist into every second path."""
    del context, kwargs
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    lot = zlib.crc32(case.id.encode())
    if "Accept-Datetime" in (case.headers or {}):
        case.headers["Accept-Datetime"] = MOMENT
    if (case.path_parameters or {}).get("suffix", "txt") not in {"txt", "html"}:
        (case.query or {}).pop("style", None)
    if "style" in (case.query or {}):
        case.query["style"] = STYLES[lot % len(STYLES)]
        for name in WHOLE:
            case.query.pop(name, None)
    if case.path_parameters and lot % 2:
        known = {**PLACES, **({"slug": PLACES["article"]} if "/articles/" in case.path else {})}
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
