"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from perspectives.actions import sources
from perspectives.models import LogEntry, Source, User
from perspectives.rules import parts
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


SOURCE = {"key": "pratt2018timber"}
NOTHING_SENT = (302, 404, 404, 400, 400)
DONE = (302, 404, 404, 302, 302)
REFUSED = (302, 404, 404, 409, 409)

DESK_ROUTES = {
    "desk": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-sources": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-source-new": Row(NONE_BELOW_MODERATOR, NOTHING_SENT),
    "desk-source": Row(NONE_BELOW_CONTRIBUTOR, (302, 404, 403, 400, 400), SOURCE),
    "desk-source-merge": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, SOURCE),
    "desk-source-deprecate": Row(NONE_BELOW_MODERATOR, NOTHING_SENT, SOURCE),
    "desk-source-reinstate": Row(NONE_BELOW_MODERATOR, REFUSED, SOURCE),
    "desk-source-editions": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, SOURCE),
    "desk-source-undo": Row(NONE_BELOW_MODERATOR, DONE, {**SOURCE, "entry": "correction"}),
}


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    curator = User.objects.create_user("curator", role=Role.MODERATOR)
    source = Source.objects.get(**SOURCE)
    record = {**source.record, "volume": "77"}
    sources.change(key=source.key, record=record, version=parts.version(source.record), by=curator)
    return {"correction": LogEntry.objects.get(source=source).pk}
