"""The roster of a course, read when its teacher asks: it is compared with who came, and nothing of it is kept."""

from perspectives.actions.lti import keys
from perspectives.clients.http import FetchError
from perspectives.clients.lti import services
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import LtiAssignment
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.lti import grades
from perspectives.rules.lti import roster
from perspectives.rules.lti.addresses import with_query


def compare(*, assignment_id: int, by: Actor | None) -> roster.Comparison:
    """Compare the learners of the course of a link with the pupils who came from it into the link's class.

    Takes up to 20 seconds, in no transaction. Raises NotFoundError, NotPermittedError, and NotPossibleError where
    the platform shows no roster.
    """
    found = LtiAssignment.objects.select_related("classroom", "course__deployment__registration")
    link = require_found(found.filter(pk=assignment_id).first(), f"There is no link with the number {assignment_id}.")
    room = require_found(link.classroom, f"The link with the number {assignment_id} leads into no class.")
    require_person(by, Permission.CLASS_LEAD, begun_by=room.owner_id)
    if not link.course.memberships_url:
        raise NotPossibleError("The platform shows no roster for this course. Open the link there once as its teacher.")
    access = keys.access(link.course.deployment.registration, roster.SCOPE)
    asked = with_query(link.course.memberships_url, limit=roster.PAGE_LENGTH)
    try:
        learning = roster.learners(services.pages(access, asked, accept=roster.CONTENT_TYPE))
    except (FetchError, roster.RosterError) as error:
        raise NotPossibleError(f"The roster could not be read. {error}") from None
    return roster.compared(learning, grades.came_from(link.course, room))
