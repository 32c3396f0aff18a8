"""Classes of a teacher, the class of a code, pupils, activities and what was handed in."""

from datetime import datetime

from django.db.models import Count, QuerySet

from perspectives.errors import NotFoundError, require_found
from perspectives.models import Activity, Ballot, Classroom, Contribution, Pupil, User
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.queries.study import study_claims
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.study.quiz import Record
from perspectives.vocab import ActivityKind


def own(person: User) -> QuerySet[Classroom]:
    """List a teacher's classes, newest first, with the number of their `pupils_joined`."""
    return Classroom.objects.filter(owner=person).annotate(pupils_joined=Count("pupils"))


def own_class(person: User, number: int) -> Classroom:
    """Find one of a teacher's classes. Raises NotFoundError, also where it is somebody else's."""
    return require_found(own(person).filter(pk=number).first(), f"You have no class with the number {number}.")


def own_activity(person: User, classroom: int, number: int) -> Activity:
    """Find an activity of one of a teacher's classes. Raises NotFoundError."""
    found = Activity.objects.select_related("classroom").filter(pk=number, classroom=classroom, classroom__owner=person)
    return require_found(found.first(), f"This class has no activity with the number {number}.")


def open_class(code: str, now: datetime) -> Classroom:
    """Find the class of a code that pupils may come to now. Raises NotFoundError."""
    found = Classroom.objects.filter(code=code, expires_at__gt=now, is_stopped=False).first() if code else None
    return require_found(found, "There is no open class with this code. Look at the code again, or ask your teacher.")


def present_pupil(number: int, now: datetime) -> Pupil:
    """Find a pupil of a class that is not over; it may be stopped. Raises NotFoundError."""
    found = Pupil.objects.select_related("classroom").filter(pk=number, classroom__expires_at__gt=now).first()
    if found is None:
        raise NotFoundError("Your class has ended, and all that was kept of it is deleted.")
    return found


def is_in(number: int, classroom: Classroom) -> bool:
    """Whether a pupil of this number is in a class."""
    return Pupil.objects.filter(pk=number, classroom=classroom).exists()


def shown_activity(classroom: Classroom) -> Activity | None:
    """Find what a class does at present; nothing while it is stopped."""
    if classroom.is_stopped:
        return None
    return Activity.objects.filter(classroom=classroom, is_shown=True).first()


def activities(classroom: Classroom) -> QuerySet[Activity]:
    """List the activities of a class in their order."""
    return Activity.objects.filter(classroom=classroom)


def handed_in(classroom: Classroom) -> dict[int, int]:
    """Count, for each activity of a class, the contributions or the ballots."""
    number = Count("contributions", distinct=True) + Count("ballots", distinct=True)
    return dict(activities(classroom).annotate(number=number).values_list("pk", "number"))


def pupils(classroom: Classroom) -> QuerySet[Pupil]:
    """List the pupils of a class by nickname."""
    return Pupil.objects.filter(classroom=classroom)


def taken_nicknames(classroom: Classroom) -> set[str]:
    """Give the nicknames that pupils of a class have."""
    return set(pupils(classroom).values_list("nickname", flat=True))


def place_in_group(pupil: Pupil) -> int:
    """Tell which of the group a pupil is, from 0 on: of every two one has each side. Without groups all are one."""
    return Pupil.objects.filter(classroom=pupil.classroom_id, group=pupil.group, pk__lt=pupil.pk).count()


def contributions(activity: Activity) -> QuerySet[Contribution]:
    """List what was handed in for an activity, by nickname."""
    return Contribution.objects.filter(activity=activity).select_related("pupil")


def contribution(activity: Activity, pupil: Pupil) -> Contribution | None:
    """Find what a pupil has handed in in the present phase of an activity."""
    return Contribution.objects.filter(activity=activity, pupil=pupil, phase=activity.phase).first()


def contribution_of(activity: Activity, nickname: str, phase: str) -> Contribution | None:
    """Find what the pupil of a nickname handed in in a phase of an activity."""
    return contributions(activity).filter(pupil__nickname=nickname, phase=phase).first()


def own_contributions(activity: Activity, pupil: Pupil) -> QuerySet[Contribution]:
    """List what a pupil has handed in for an activity, in all its phases."""
    return Contribution.objects.filter(activity=activity, pupil=pupil).order_by("pk")


def ballots(activity: Activity) -> list[tuple[str, str]]:
    """Give the corners before and after of each ballot of a poll, without their numbers."""
    return list(Ballot.objects.filter(activity=activity).values_list("before", "after"))


def ballot(activity: Activity, number: str) -> Ballot | None:
    """Find the ballot with a number, which the browser alone knows."""
    return Ballot.objects.filter(activity=activity, number=number).first()


def quiz_claims(activity: Activity, document: TopicEdition) -> list[Record]:
    """List the claims that a quiz asks about, as the edition that it keeps to has them; none for other kinds."""
    if activity.kind != ActivityKind.QUIZ:
        return []
    seed = activity.settings["sheet"]

    def made() -> list[Record]:
        return [question.claim for question in study_claims.edition_sheet(document, seed=seed)]

    what = ("sheet of a class", document.topic, document.edition, seed)
    return CACHE.published(what, made, lambda sheet: len(repr(sheet)), kind="sheet")
