"""Who learns in a course, as the Names and Role Provisioning Services 2.0 list it, read without a name.

https://www.imsglobal.org/spec/lti-nrps/v2p0
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

SCOPE: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
CONTENT_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MOST_LEARNERS: Final = 2000
PAGE_LENGTH: Final = 100
"""Members that a platform is asked for at once; it may send fewer."""
_LEARNER: Final = "Learner"


@dataclass(frozen=True)
class Comparison:
    """How many learners a course has, how many of them came, and the nicknames of pupils who are no longer in it."""

    learners: int
    came: int
    gone: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many learners have not come."""
        return self.learners - self.came


class RosterError(ValueError):
    """A page is none of a roster, or the roster is too long; the message is a sentence."""


def learners(pages: Iterable[object]) -> set[str]:
    """Give the platform's ids of those who learn in a course now; all else that it tells of people is dropped here.

    Raises RosterError.
    """
    found: set[str] = set()
    for page in pages:
        found.update(_active_learners(page))
        if len(found) > MOST_LEARNERS:
            raise RosterError(f"The course has more than {MOST_LEARNERS} learners.")
    return found


def compared(learning: set[str], came: Iterable[tuple[str, str]]) -> Comparison:
    """Compare the learners of a course with those who came into a class, each as the platform's id and a nickname."""
    known = dict(came)
    gone = sorted(nickname for user, nickname in known.items() if user not in learning)
    return Comparison(len(learning), len(learning & known.keys()), tuple(gone))


def _active_learners(page: object) -> Iterator[str]:
    members = page.get("members") if isinstance(page, dict) else None
    if not isinstance(members, list):
        raise RosterError("What the platform sent is no list of a course's members.")
    for member in members:
        if not isinstance(member, dict):
            raise RosterError("What the platform sent is no list of a course's members.")
        user = member.get("user_id")
        if isinstance(user, str) and _learns(member):
            yield user


def _learns(member: dict[str, Any]) -> bool:
    """Whether somebody is in the course now and learns there; roles are addresses, or their last words alone."""
    roles = member.get("roles")
    is_learner = isinstance(roles, list) and any(
        isinstance(one, str) and (one == _LEARNER or one.endswith(f"#{_LEARNER}")) for one in roles
    )
    return is_learner and member.get("status", "Active") == "Active"
