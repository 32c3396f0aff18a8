"""The activities of one's own classes over REST: look at, lead from phase to phase, say something, release it."""

from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.classroom import activities as actions
from perspectives.api.desk.classroom import class_records as records
from perspectives.api.desk.classroom import class_shapes as shapes
from perspectives.api.desk.classroom.classes import OwnClassView
from perspectives.api.desk.views import operation
from perspectives.errors import NotPossibleError
from perspectives.models import Activity
from perspectives.queries.classroom import classes


class OwnActivityView(OwnClassView):
    """A resource of an activity of one's own class."""

    def activity(self, classroom: int, activity: int) -> Activity:
        """Find it as it is now. Raises NotFoundError."""
        return classes.own_activity(self.person, classroom, activity)

    def told(self, classroom: int, activity: int) -> Response:
        """Give it with what was handed in and what came of it."""
        return Response(records.whole_activity(self.activity(classroom, activity)))


class ActivityView(OwnActivityView):
    """An activity of a class."""

    @operation(answer=shapes.WholeActivity)
    def get(self, request: Request, classroom: int, activity: int) -> Response:
        """Give the activity with what was handed in, by nickname; of a poll the result, once it is closed."""
        return self.told(classroom, activity)


class ActivityPhaseView(OwnActivityView):
    """The phase of an activity."""

    @operation(answer=shapes.WholeActivity, body=shapes.NewPhase)
    def put(self, request: Request, classroom: int, activity: int) -> Response:
        """Lead the class to a phase, back too but in a poll, and show it to pupils in place of what they see."""
        found, asked = self.activity(classroom, activity), self.body
        actions.go_to(activity_id=found.pk, by=self.person, phase=asked.phase.value, minutes=asked.minutes)
        return self.told(classroom, activity)


class ActivityFeedbackView(OwnActivityView):
    """Feedback to what was handed in."""

    @operation(answer=shapes.WholeActivity, body=shapes.NewFeedback)
    def put(self, request: Request, classroom: int, activity: int) -> Response:
        """Write feedback to what a pupil handed in in a phase; it is held until it is released."""
        found, asked = self.activity(classroom, activity), self.body
        kept = classes.contribution_of(found, asked.nickname, asked.phase)
        if kept is None:
            sentence = (
                f"{asked.nickname} has handed nothing in here in the phase '{asked.phase}'; look at 'contributions'."
            )
            raise NotPossibleError(sentence)
        actions.say(contribution_id=kept.pk, by=self.person, feedback=asked.feedback)
        return self.told(classroom, activity)


class ActivityReleaseView(OwnActivityView):
    """The release of feedback."""

    @operation(answer=shapes.WholeActivity, body=shapes.Release)
    def put(self, request: Request, classroom: int, activity: int) -> Response:
        """Show the feedback of the activity to its pupils, or hold it again."""
        found = self.activity(classroom, activity)
        actions.release_feedback(activity_id=found.pk, by=self.person, is_released=self.body.is_released)
        return self.told(classroom, activity)
