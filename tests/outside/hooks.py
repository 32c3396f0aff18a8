"""What schemathesis cannot know of our API: cursors are given out, not made up, and which names exist."""

import zlib

import schemathesis

from tests.outside.places import PLACES

OPAQUE = ("cursor", "since")
"""A made-up one is refused with 400, although it looks right; tests/api/test_lists.py tampers with these instead."""

STYLES = ("apa", "ieee", "modern-language-association")
"""Three of ten thousand, too many to list in OpenAPI."""
WHOLE = ("fields", "include")
"""Formatted references are whole; that these do not go with `style` cannot be said in OpenAPI."""


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leave made-up cursors out of requests that shall be answered, and put names that exist into every second path."""
    del context, kwargs
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    lot = zlib.crc32(case.id.encode())
    for name in OPAQUE:
        (case.query or {}).pop(name, None)
    if "style" in (case.query or {}):
        case.query["style"] = STYLES[lot % len(STYLES)]
        for name in WHOLE:
            case.query.pop(name, None)
    if case.path_parameters and lot % 2:
        known = {**PLACES, **({"slug": PLACES["article"]} if "/articles/" in case.path else {})}
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
