"""The score of a quiz: sent to the book of a course when the pupil says so, and kept nowhere here."""

from typing import Final

from django.utils import timezone

from perspectives.actions.lti import grading as sending
from perspectives.actions.lti import keys
from perspectives.clients.http import FetchError
from perspectives.errors import NotPossibleError
from perspectives.models import LtiAssignment
from perspectives.rules.lti import grading
from perspectives.rules.study.quiz_questions import SIDE
from perspectives.vocab import LtiContent, LtiGradeState

_NOT_SENT: Final = "Nothing stands in the book of your course yet."


def send(*, assignment_id: int, user_id: str, sheet: tuple[str, str, int], score: tuple[int, int]) -> None:
    """Send how many of a sheet's questions somebody answered rightly, as a share of 100; a later score replaces it.

    `sheet` is a topic, what is asked and a number, `score` how many answers are right of how many.
    `user_id` is the platform's, and is not kept. Raises NotPossibleError for a link that is gone, for another sheet
    than that of the link, or where the platform does not take the score.
    """
    links = LtiAssignment.objects.select_related("course__deployment__registration")
    link = links.filter(pk=assignment_id, content=LtiContent.QUIZ).first()
    if link is None or sheet != (link.topic, SIDE, link.sheet):
        raise NotPossibleError("Your course asks for another sheet. Open the quiz from your course again.")
    keys.renew()
    content = grading.body(user_id, grading.score(*score), grading.MAXIMUM, timezone.now(), is_completed=True)
    try:
        state, why = sending.sent(link, content)
    except FetchError as error:
        raise NotPossibleError(f"{error} {_NOT_SENT}") from None
    if state is not LtiGradeState.SENT:
        raise NotPossibleError(f"{why} {_NOT_SENT}")
