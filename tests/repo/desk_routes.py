"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from perspectives.actions import intake
from perspectives.models import User
from perspectives.vocab import Role

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


DESK_ROUTES = {
    "desk": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-intake": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR),
    "desk-intake-batch": Row(NONE_BELOW_CONTRIBUTOR, arguments={"number": "intake"}),
    "desk-intake-report": Row(NONE_BELOW_CONTRIBUTOR, arguments={"number": "intake", "suffix": "csv"}),
    "desk-intake-add-ready": Row(NOT_TAKEN, (302, 404, 404, 302, 302), {"number": "intake"}),
    "desk-intake-entry": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR, {"number": "intake", "entry": 1}),
    "desk-intake-merge": Row(NOT_TAKEN, (302, 404, 404, 409, 409), {"number": "intake", "entry": 1}),
    "desk-intake-dismiss": Row(NOT_TAKEN, (302, 404, 404, 302, 302), {"number": "intake", "entry": 1}),
    "desk-intake-retry": Row(NOT_TAKEN, (302, 404, 404, 302, 302), {"number": "intake", "entry": 1}),
}


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    person = User.objects.create_user("hands-in", role=Role.CONTRIBUTOR)
    return {"intake": intake.start(by=person, text="This line holds nothing.").pk}
