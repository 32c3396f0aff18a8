"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from perspectives.models import User
from perspectives.vocab import Role
from tests import suggesting

ROLES = ("anonymous", *(role.value for role in Role))
"""In this order stand the statuses of a row."""
NONE_BELOW_CONTRIBUTOR = (302, 404, 200, 200, 200)
NONE_BELOW_MODERATOR = (302, 404, 404, 200, 200)
NONE_BELOW_MODERATOR_REDIRECTED = (302, 404, 404, 302, 302)
NOT_TAKEN = (405,) * 5


class Row(NamedTuple):
    """What a route of the desk answers each role."""

    reads: tuple[int, ...]
    """Statuses of GET and HEAD."""
    sends: tuple[int, ...] = NOT_TAKEN
    """Statuses of POST with nothing in it."""
    arguments: dict[str, Any] = {}
    """What the address needs; the names of `WORLD` stand for what that makes."""


DESK_ROUTES = {
    "desk": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-suggestions": Row(NONE_BELOW_MODERATOR),
    "desk-suggestions-decline": Row(NOT_TAKEN, NONE_BELOW_MODERATOR_REDIRECTED),
    "desk-suggestions-undo": Row(NOT_TAKEN, NONE_BELOW_MODERATOR_REDIRECTED),
    "desk-suggestion": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, {"number": "suggestion"}),
}


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    sender, _ = User.objects.get_or_create(username="sender")
    return {"suggestion": suggesting.sent(sender).pk}
