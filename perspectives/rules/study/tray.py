"""The comparison tray: some claims in the reader's order, written short enough for an address and for a cookie.

`minsk-ii/s1.o3.talks/n2` are three claims: the topic is written where it changes.
"""

import re
from collections.abc import Sequence

from perspectives.errors import DomainError

MOST_CLAIMS = 24
"""How many claims a tray holds: more cannot be compared, and the longest tray still fits into a cookie."""
LONGEST = 3600
"""The longest tray in characters; a cookie may have 4096 with its name and attributes."""
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CLAIM = re.compile(rf"(?:(?P<topic>{_SLUG})/)?(?P<claim>{_SLUG})")
_PUBLIC_ID = re.compile(rf"{_SLUG}/{_SLUG}")


class BrokenTrayError(DomainError):
    """What was given is no tray, or it holds more than a tray may hold."""

    code = "broken_tray"


def written(claims: Sequence[str]) -> str:
    """Write the public ids of claims as one text; `read` is the inverse."""
    parts, last = [], ""
    for public_id in claims:
        topic, _, claim = public_id.partition("/")
        parts.append(claim if topic == last else public_id)
        last = topic
    return ".".join(parts)


def read(text: str) -> tuple[str, ...]:
    """Read the public ids from what `written` made; an empty text is an empty tray. Raises BrokenTrayError."""
    if len(text) > LONGEST:
        raise BrokenTrayError("The tray is too long to be read.")
    claims, topic = [], ""
    for part in text.split(".") if text else ():
        match = _CLAIM.fullmatch(part)
        topic = (match["topic"] if match else "") or topic
        if match is None or not topic:
            raise BrokenTrayError("The tray cannot be read.")
        claims.append(f"{topic}/{match['claim']}")
    return _checked(tuple(claims))


def added(claims: tuple[str, ...], claim: str) -> tuple[str, ...]:
    """Put a claim at the end, unless the tray holds it already. Raises BrokenTrayError."""
    if not _PUBLIC_ID.fullmatch(claim):
        raise BrokenTrayError("That is not the name of a claim, which is written as topic/claim.")
    return claims if claim in claims else _checked((*claims, claim))


def without(claims: tuple[str, ...], claim: str) -> tuple[str, ...]:
    """Leave a claim out."""
    return tuple(one for one in claims if one != claim)


def moved(claims: tuple[str, ...], claim: str, places: int) -> tuple[str, ...]:
    """Move a claim by some places, forward if `places` is above 0; at the ends, and if it is not there, it stays."""
    if claim not in claims:
        return claims
    rest = without(claims, claim)
    place = max(0, claims.index(claim) + places)
    return (*rest[:place], claim, *rest[place:])


def _checked(claims: tuple[str, ...]) -> tuple[str, ...]:
    if len(claims) > MOST_CLAIMS:
        raise BrokenTrayError(f"The tray holds {MOST_CLAIMS} claims, and no more. Leave one out first.")
    if len(set(claims)) < len(claims):
        raise BrokenTrayError("The tray names a claim twice.")
    if len(written(claims)) > LONGEST:
        raise BrokenTrayError("The tray has become too long for an address. Leave a claim out first.")
    return claims
