"""Classes: open, stop and go on, copy, group, delete. A class leaves nothing behind, so the log says nothing of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from perspectives.actions.classroom.pins import set_new_pin
from perspectives.actions.locks import locked_actor
from perspectives.actions.lti import launching
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Activity, Ballot, Classroom, Contribution, Pupil, User
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.classroom import classes
from perspectives.queries.publication import published
from perspectives.rules.classroom import codes, groups

DAYS: Final = 30
"""How long a class lasts unless the teacher chooses fewer days."""
MOST_CLASSES: Final = 40
"""How many classes a teacher may have at once."""
MOST_TOPICS: Final = 10


@transaction.atomic
def begin(*, by: Actor | None, topics: Sequence[str], days: int = DAYS) -> Classroom:
    """Open a class on published topics for some days. Raises NotPermittedError and NotPossibleError."""
    teacher = require_person(locked_actor(by), Permission.CLASS_OPEN)
    _require_room(teacher)
    chosen = list(dict.fromkeys(topics))
    known = published.titles(chosen)
    if not chosen or len(chosen) > MOST_TOPICS or len(known) < len(chosen):
        raise NotPossibleError(f"Choose one to {MOST_TOPICS} of the published topics.")
    if not 1 <= days <= DAYS:
        raise NotPossibleError(f"A class lasts one to {DAYS} days.")
    now = timezone.now()
    return Classroom.objects.create(
        owner=teacher, code=codes.new_code(), topics=chosen, opened_at=now, expires_at=now + timedelta(days=days)
    )


@transaction.atomic
def copy(*, classroom_id: int, by: Actor | None) -> Classroom:
    """Open another class with the same topics and activities, none begun, for other pupils. Raises like `begin`."""
    found, teacher = _led(classroom_id, by)
    _require_room(teacher)
    now = timezone.now()
    made = Classroom.objects.create(
        owner=teacher,
        code=codes.new_code(),
        topics=found.topics,
        opened_at=now,
        expires_at=now + (found.expires_at - found.opened_at),
    )
    planned = Activity.objects.filter(classroom=found)
    Activity.objects.bulk_create(
        [Activity(classroom=made, kind=one.kind, topic=one.topic, settings=one.settings) for one in planned]
    )
    return made


@transaction.atomic
def stop(*, classroom_id: int, by: Actor | None, is_stopped: bool) -> Classroom:
    """Stop a class, so that nobody comes in and nothing is taken, or let it go on. Raises like `delete`."""
    found, _ = _led(classroom_id, by)
    found.is_stopped = is_stopped
    found.save(update_fields=["is_stopped"])
    return found


@transaction.atomic
def make_groups(*, classroom_id: int, by: Actor | None, number: int) -> Classroom:
    """Put the pupils of a class into groups by chance, anew each time; 0 ends the groups. Raises like `delete`.

    Raises NotPossibleError where there are fewer pupils than groups.
    """
    found, _ = _led(classroom_id, by)
    pupils = list(Pupil.objects.select_for_update().filter(classroom=found))
    if not 0 <= number <= min(groups.MOST_GROUPS, len(pupils)):
        raise NotPossibleError(f"Make 0 to {min(groups.MOST_GROUPS, len(pupils))} groups of {len(pupils)} pupils.")
    dealt = groups.shuffled([one.pk for one in pupils], number) if number else {}
    for pupil in pupils:
        pupil.group = dealt.get(pupil.pk)
    Pupil.objects.bulk_update(pupils, ["group"])
    found.groups = number
    found.save(update_fields=["groups"])
    return found


@transaction.atomic
def renew_pin(*, classroom_id: int, pupil_id: int, by: Actor | None) -> tuple[Pupil, str]:
    """Give a pupil a new PIN, which is told this once; the old one ends. Raises like `delete`."""
    found, _ = _led(classroom_id, by)
    pupil = Pupil.objects.select_for_update().filter(pk=pupil_id, classroom=found).first()
    pupil = require_found(pupil, f"This class has no pupil with the number {pupil_id}.")
    return pupil, set_new_pin(pupil)


@transaction.atomic
def delete(*, classroom_id: int, by: Actor | None) -> None:
    """Delete a class with all that is of it, at once. Raises NotFoundError and NotPermittedError."""
    found, _ = _led(classroom_id, by)
    _delete(Classroom.objects.filter(pk=found.pk))


def clear() -> None:
    """Delete the classes that are over; their pages are gone already, so it may come late."""
    over = Classroom.objects.filter(expires_at__lte=timezone.now())
    for number in over.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            _delete(over.filter(pk=number))


def remove_all(person: User) -> None:
    """Delete all classes of somebody, since the account is erased."""
    _delete(Classroom.objects.filter(owner=person))


def _led(classroom_id: int, by: Actor | None) -> tuple[Classroom, User]:
    """Lock whoever acts, then a class. Raises NotFoundError and NotPermittedError."""
    actor = locked_actor(by)
    found = Classroom.objects.select_for_update().filter(pk=classroom_id).first()
    found = require_found(found, f"There is no class with the number {classroom_id}.")
    return found, require_person(actor, Permission.CLASS_LEAD, begun_by=found.owner_id)


def _require_room(teacher: User) -> None:
    if classes.own(teacher).count() >= MOST_CLASSES:
        raise NotPossibleError(f"You have {MOST_CLASSES} classes already; delete one that is done.")


def _delete(rooms: QuerySet[Classroom]) -> None:
    """Delete classes, locked first, so that what pupils hand in meanwhile waits and then finds nothing."""
    found = list(rooms.select_for_update().order_by("pk").values_list("pk", flat=True))
    Ballot.objects.filter(activity__classroom__in=found).delete()
    Contribution.objects.filter(activity__classroom__in=found).delete()
    Activity.objects.filter(classroom__in=found).delete()
    launching.remove_all(found)
    Pupil.objects.filter(classroom__in=found).delete()
    Classroom.objects.filter(pk__in=found).delete()
