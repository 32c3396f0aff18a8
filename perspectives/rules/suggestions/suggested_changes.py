"""What accepting a suggestion changes in the document that it is about, as plain data; `before` is what was seen."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from perspectives.errors import NotPossibleError
from perspectives.rules.documents.parts import CLAIMS, SIDES, Change
from perspectives.rules.suggestions.suggestion_kinds import (
    BrokenLink,
    Citation,
    Correction,
    GapAnswer,
    Plain,
    Quotation,
)
from perspectives.vocab import QuoteStatus

_ID = re.compile(r"([a-z-]*?)(\d+)")
_NOT_WORDS = frozenset(
    {"id", "kind", "type", "stance", "source", "from", "to", "claim", "topic", "article", "category", "key"}
)
"""Fields whose values are codes or names of other parts: they are not corrected as words."""


def correctable(part: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of a part, or of a source's record, that hold words: those that a correction may reword."""
    return {name: value for name, value in part.items() if isinstance(value, str) and name not in _NOT_WORDS}


def cited(path: str, seen: Plain, given: Citation, key: str) -> tuple[Change, ...]:
    """Add a citation of the source `key` to a part."""
    return (Change(path, seen, {**seen, "cites": [*seen.get("cites", ()), _cite(given, key)]}),)


def requoted(path: str, seen: Plain, given: Quotation) -> tuple[Change, ...]:
    """Give one of a part's citations another quotation or place. Raises NotPossibleError without such a citation."""
    cites = list(seen.get("cites", ()))
    if given.cite >= len(cites):
        raise NotPossibleError(f"There is no citation {given.cite + 1} here; it has {len(cites)}.")
    cites[given.cite] = {**cites[given.cite], **_quoted(given)}
    if given.quote is not None:
        for name in ("quote_seen_in", "quote_seen_on"):
            cites[given.cite].pop(name, None)
    if given.quote is not None and given.translation is None:
        for name in ("translation", "translator", *(() if given.quote_language else ("quote_language",))):
            cites[given.cite].pop(name, None)
    return (Change(path, seen, {**seen, "cites": cites}),)


def reworded(path: str, seen: Plain, given: Correction) -> tuple[Change, ...]:
    """Put a correction's words in the place of others. Raises NotPossibleError where a field holds no words."""
    return (Change(path, seen, corrected(seen, given)),)


def corrected(seen: Plain, given: Correction) -> Plain:
    """Give a part, or a source's record, with a correction's words. Raises NotPossibleError like `reworded`."""
    known = correctable(seen)
    for name in given.wording:
        if name not in known:
            raise NotPossibleError(
                f"'{name}' holds no words that can be corrected here; choose one of {', '.join(known)}."
            )
    return {**seen, **given.wording}


def relinked(record: Plain, given: BrokenLink) -> Plain:
    """Give a source's record with another address. Raises NotPossibleError where the address is not the record's."""
    if record.get("URL") != given.url or given.replacement is None:
        raise NotPossibleError("The record does not have this address, or no other is given; say what you did instead.")
    return {**record, "URL": given.replacement}


def answered(draft: Mapping[str, Any], path: str, gap: Plain, given: GapAnswer, key: str) -> tuple[Change, ...]:
    """Fill a gap of a draft: a new claim with its citation, its response, and the gap goes.

    Raises NotPossibleError where the gap's stance has no such perspective.
    """
    side = _side(draft[SIDES], gap["stance"], given.perspective)
    taken = {claim["id"] for one in draft[SIDES] for claim in one.get(CLAIMS, ())}
    own = [claim["id"] for claim in side.get(CLAIMS, ())]
    identifier = given.claim or _next_id(own, taken, gap["stance"])
    claim = {"id": identifier, "text": given.text, "kind": given.kind.value, "cites": [_cite(given, key)]}
    link = {"from": identifier, "to": gap["claim"], "type": given.response.value, "note": given.note}
    return (
        Change(f"{SIDES}/{side['id']}/{CLAIMS}/{identifier}", after=claim, place=len(own)),
        Change(f"responses/{len(draft.get('responses', ()))}", after=link, place=len(draft.get("responses", ()))),
        Change(path, before=gap),
    )


def _side(sides: Iterable[Plain], stance: str, wanted: str | None) -> Plain:
    found = next((side for side in sides if side["stance"] == stance and wanted in (None, side["id"])), None)
    if found is None:
        raise NotPossibleError(f"No perspective{f' {wanted!r}' if wanted else ''} has the stance '{stance}'.")
    return found


def _next_id(own: list[str], taken: set[str], stance: str) -> str:
    """Count on from the last id of the perspective: after `o3` comes `o4`."""
    found = [match.groups() for identifier in own if (match := _ID.fullmatch(identifier))]
    prefix = found[-1][0] if found else stance[0]
    number = max((int(count) for letters, count in found if letters == prefix), default=0) + 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _cite(given: Citation, key: str) -> Plain:
    return {"source": key, **_quoted(given), "relation": given.relation.value}


def _quoted(given: Citation | Quotation) -> Plain:
    names = ("locator", "quote", "quote_language", "translation", "translator")
    made: Plain = {name: value for name in names if (value := getattr(given, name)) is not None}
    return {**made, "quote_status": QuoteStatus.NOT_CHECKED.value} if given.quote is not None else made
