"""One's own classes over REST: open, look at, plan, stop, group, copy, delete. Pupils take part on pages alone."""

from typing import Any, ClassVar, Final

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.classroom import activities
from perspectives.actions.classroom import classes as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.classroom import class_records as records
from perspectives.api.desk.classroom import class_shapes as shapes
from perspectives.api.desk.shapes import Nothing
from perspectives.api.desk.views import DeskView, operation
from perspectives.api.http.permissions import HasScope, IsPermitted
from perspectives.models import Classroom
from perspectives.policy import Permission
from perspectives.queries.classroom import classes
from perspectives.vocab import Scope

CREATED: Final = 201


class OwnClassView(DeskView):
    """A resource of whoever teaches; classes of others are not there."""

    scope = Scope.TEACH
    permission = Permission.CLASS_OPEN
    permission_classes = [HasScope, IsPermitted]
    orderings: ClassVar = {"-pk": {"-pk": int}}

    def found(self, classroom: int) -> Classroom:
        """Find one of one's own classes. Raises NotFoundError."""
        return classes.own_class(self.person, classroom)

    def whole(self, classroom: int, status: int = 200) -> Response:
        """Give a class as it is now, with its address where it was just made."""
        room = self.found(classroom)
        join_url = self.request.build_absolute_uri(reverse("class-join", args=[room.code]))
        location = reverse("api:own-class", kwargs={"classroom": room.pk})
        headers = {"Location": location} if status == CREATED else {}
        return Response(records.whole_class(room, join_url), status=status, headers=headers)


class ClassListView(OwnClassView):
    """One's own classes."""

    @operation(answer=shapes.Classes, queries=pagination.QUERY)
    def get(self, request: Request) -> Response:
        """List one's own classes, newest first."""
        return self.page(classes.own(self.person), records.class_record)

    @operation(answer=shapes.WholeClass, body=shapes.NewClass, status=CREATED)
    def post(self, request: Request) -> Response:
        """Open a class on published topics; pupils come in by its `code` or at `join_url`."""
        made = actions.begin(by=self.person, topics=self.body.topics, days=self.body.days)
        return self.whole(made.pk, CREATED)


class ClassView(OwnClassView):
    """One of one's own classes."""

    @operation(answer=shapes.WholeClass)
    def get(self, request: Request, classroom: int) -> Response:
        """Give the class with its pupils by nickname and its activities."""
        return self.whole(classroom)

    @operation()
    def removed(self, request: Request, classroom: int) -> Response:
        """Delete the class with all that is of it, at once and for good."""
        actions.delete(classroom_id=self.found(classroom).pk, by=self.person)
        return Response(status=204)

    delete = removed


class ClassStopView(OwnClassView):
    """Stopping a class."""

    @operation(answer=shapes.WholeClass, body=shapes.Stop)
    def put(self, request: Request, classroom: int) -> Response:
        """Stop the class, so that nobody comes in and nothing is taken, or let it go on."""
        actions.stop(classroom_id=self.found(classroom).pk, by=self.person, is_stopped=self.body.is_stopped)
        return self.whole(classroom)


class ClassGroupsView(OwnClassView):
    """The groups of a class."""

    @operation(answer=shapes.WholeClass, body=shapes.NewGroups)
    def post(self, request: Request, classroom: int) -> Response:
        """Put the pupils into groups by chance, anew each time."""
        actions.make_groups(classroom_id=self.found(classroom).pk, by=self.person, number=self.body.number)
        return self.whole(classroom)


class ClassCopiesView(OwnClassView):
    """Copies of a class."""

    @operation(answer=shapes.WholeClass, body=Nothing, status=CREATED)
    def post(self, request: Request, classroom: int) -> Response:
        """Open another class with the same topics and activities, none begun, for other pupils."""
        made = actions.copy(classroom_id=self.found(classroom).pk, by=self.person)
        return self.whole(made.pk, CREATED)


class ClassActivitiesView(OwnClassView):
    """The activities of a class."""

    @operation(answer=shapes.WholeActivity, body=shapes.NewActivity, status=CREATED)
    def post(self, request: Request, classroom: int) -> Response:
        """Add an activity about a topic of the class; it keeps to the topic's edition of today."""
        room, asked = self.found(classroom), self.body
        given: dict[str, Any] = {} if asked.crux is None else {"crux": asked.crux}
        made = activities.plan(classroom_id=room.pk, by=self.person, kind=asked.kind.value, topic=asked.topic, **given)
        location = reverse("api:own-class-activity", kwargs={"classroom": room.pk, "activity": made.pk})
        return Response(records.whole_activity(made), status=CREATED, headers={"Location": location})
