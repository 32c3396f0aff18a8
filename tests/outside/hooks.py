"""What schemathesis cannot know of our API: what goes with what, and which names exist."""

import zlib

import schemathesis

from tests.outside.places import PLACES

MOMENT = "Thu, 20 Jun 2024 12:00:00 GMT"
"""A date of HTTP that there is: which days a month has cannot be said in OpenAPI."""
STYLES = ("apa", "ieee", "modern-language-association")
"""Three of ten thousand, too many to list in OpenAPI."""
YEARS = ("1990", "1990..1999", "2014..", "..1989")
"""Spans that there are: that one ends no earlier than it begins cannot be said in OpenAPI."""
ALONE = ("fields", "include", "cursor", "limit", "ordering", "style")
"""What does not go with `group_by`."""
NO_PAIRS = ("category", "year", "quote_status")
"""Of these `group_by` takes one for claims."""
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
    _keep_to_lists(case.query or {}, lot)
    if "style" in (case.query or {}):
        case.query["style"] = STYLES[lot % len(STYLES)]
        for name in WHOLE:
            case.query.pop(name, None)
    if case.path_parameters and lot % 2:
        known = {**PLACES, **({"slug": PLACES["article"]} if "/articles/" in case.path else {})}
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}


def _keep_to_lists(query, lot):
    """Ask with a word, for spans that there are, in an order that there is, and for counts that can be made."""
    for name in ("q", "name"):
        if name in query:
            query[name] = f"peace {query[name]}"[:80]
    if "year" in query:
        query["year"] = [YEARS[lot % len(YEARS)]]
    if "before" in query:
        query.pop("after", None)
    if "group_by" in query:
        query["group_by"] = [one for one in query["group_by"] if one not in NO_PAIRS][:2] or ["category"]
        for name in ALONE:
            query.pop(name, None)
