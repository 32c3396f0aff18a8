"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from perspectives.actions import invitations, keys
from perspectives.models import User
from perspectives.policy import OPERATOR
from perspectives.vocab import Role

ROLES = ("anonymous", *(role.value for role in Role))
"""In this order stand the statuses of a row."""
NONE_BELOW_CONTRIBUTOR = (302, 404, 200, 200, 200)
NONE_BELOW_MODERATOR = (302, 404, 404, 200, 200)
ONLY_CHIEF = (302, 404, 404, 404, 200)
NOT_TAKEN = (405,) * 5
PERSON = {"number": "person"}


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
    "desk-people": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-person": Row(NONE_BELOW_MODERATOR, arguments=PERSON),
    "desk-person-role": Row(ONLY_CHIEF, ONLY_CHIEF, PERSON),
    "desk-person-deactivate": Row(ONLY_CHIEF, ONLY_CHIEF, PERSON),
    "desk-person-reactivate": Row(ONLY_CHIEF, ONLY_CHIEF, PERSON),
    "desk-person-key-revoke": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 302, 302), {**PERSON, "key": "key"}),
    "desk-invitations": Row(ONLY_CHIEF, ONLY_CHIEF),
    "desk-invitation-revoke": Row(ONLY_CHIEF, (302, 404, 404, 404, 302), {"number": "invitation"}),
}


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    person = User.objects.create_user("somebody")
    key, _ = keys.create(by=person, name="Reading room", scopes=["read"], expires_at=None)
    invitation, _ = invitations.invite_chief_editor(email="ada@university.example", by=OPERATOR)
    return {"person": person.pk, "key": key.pk, "invitation": invitation.pk}
