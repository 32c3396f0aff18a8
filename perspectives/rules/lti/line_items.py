"""The line item of a link, under which its grades stand in a course: what may be done with it, found, made.

As the Assignment and Grade Services 2.0 have it; https://www.imsglobal.org/spec/lti-ags/v2p0
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from perspectives.rules.lti import grading
from perspectives.rules.lti.launch_claims import LONGEST_ADDRESS, origin

SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
READING_SCOPE: Final = f"{SCOPE}.readonly"
CONTENT_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
LIST_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
READ_ONLY: Final = (
    "This platform lets grades go to points that the course has, and no new ones be made. "
    "Give the link points in the course, then send the grades."
)
_NO_SCORES: Final = "The platform takes no grades for this link: its administrator can allow this tool to send scores."
_NO_POINTS: Final = "The platform names no points for this link. Give it points in the course, open it there once."


def obstacle(lineitem_url: str, lineitems_url: str, scopes: Collection[str]) -> str:
    """Say why no grade can be sent for a link; '' where one can, or may be once its line item is found or made."""
    if grading.SCOPE not in scopes:
        return _NO_SCORES
    is_known_or_found = lineitem_url or (lineitems_url and reading_scope(scopes))
    return "" if is_known_or_found else _NO_POINTS


def reading_scope(scopes: Collection[str]) -> str:
    """Give the scope with which line items are read; '' where the platform allows none."""
    return next((one for one in (SCOPE, READING_SCOPE) if one in scopes), "")


def body(classroom_id: int, resource_link_id: str, label: str) -> dict[str, Any]:
    """Write a line item as it is made."""
    return {
        "label": label,
        "scoreMaximum": float(grading.MAXIMUM),
        "resourceLinkId": resource_link_id,
        "resourceId": resource_id(classroom_id),
    }


def resource_id(classroom_id: int) -> str:
    """Name a class in the course's list of line items."""
    return f"debatekb-class-{classroom_id}"


def found(items: Iterable[object], classroom_id: int, resource_link_id: str) -> dict[str, Any] | None:
    """Choose the line item of a link: that of its class, else the first. Platforms may list those of other links."""
    own = [one for one in items if isinstance(one, dict) and one.get("resourceLinkId") == resource_link_id]
    ours = [one for one in own if one.get("resourceId") == resource_id(classroom_id)]
    return next(iter(ours or own), None)


def address(item: object, lineitems_url: str) -> str:
    """Give the address of a line item; '' where it has none on the server that lists it, which alone gets our token."""
    told = item.get("id") if isinstance(item, dict) else None
    is_there = isinstance(told, str) and len(told) <= LONGEST_ADDRESS and origin(told) == origin(lineitems_url)
    return str(told) if is_there else ""
