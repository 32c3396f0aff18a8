"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from perspectives.vocab import Role
from tests import factories

ROLES = ("anonymous", *(role.value for role in Role))
"""In this order stand the statuses of a row."""
NONE_BELOW_CONTRIBUTOR = (302, 404, 200, 200, 200)
NONE_BELOW_MODERATOR = (302, 404, 404, 200, 200)
NOT_TAKEN = (405,) * 5


class Row(NamedTuple):
    """What a route of the desk answers each role."""

    reads: tuple[int, ...]
    """Statuses of GET and HEAD."""
    sends: tuple[int, ...] = NOT_TAKEN
    """Statuses of POST with nothing in it."""
    arguments: dict[str, Any] = {}
    """What the address needs; the names of `WORLD` stand for what that makes."""


TOPIC = {"slug": factories.TOPIC}
PART = {**TOPIC, "part": "perspectives/repair/claims/s1"}

DESK_ROUTES = {
    "desk": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-topics": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-topic-new": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422)),
    "desk-topic": Row(NONE_BELOW_CONTRIBUTOR, arguments=TOPIC),
    "desk-topic-preview": Row(NONE_BELOW_CONTRIBUTOR, arguments=TOPIC),
    "desk-topic-edit": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), PART),
    "desk-topic-add": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**TOPIC, "part": "events"}),
    "desk-topic-remove": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 409, 409), PART),
    "desk-topic-move": Row(NOT_TAKEN, (302, 404, 404, 409, 409), PART),
    "desk-topic-balance": Row(NOT_TAKEN, (302, 404, 404, 200, 200), PART),
}


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    return {}
