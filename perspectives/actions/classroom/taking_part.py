"""What pupils do: come into a class, come back to it, hand something in, vote. They have no account and no name."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from perspectives.actions.classroom import pins
from perspectives.errors import NotPossibleError
from perspectives.models import Activity, Ballot, Classroom, Contribution, Pupil
from perspectives.queries.classroom import classes
from perspectives.queries.publication import published
from perspectives.rules.classroom import codes, contributions, phases
from perspectives.vocab import ActivityKind, ActivityPhase, PollCorner

_OVER: Final = "Nothing was kept: your teacher has gone on, or the class has ended. Take your words along."
_WRONG: Final = "Nobody of this class has this nickname and PIN. Look at both again."


@transaction.atomic
def join(*, code: str, nickname: str) -> tuple[Pupil, str]:
    """Come into the class of a code under a nickname of our list, and give the PIN, which is told this once.

    Raises NotFoundError where no such class is open, and NotPossibleError where it is full or the nickname is taken.
    """
    Classroom.objects.select_for_update().filter(code=code).first()  # locked first: what is found then stays so
    room = classes.open_class(code, timezone.now())
    if nickname not in codes.NICKNAMES:
        raise NotPossibleError("Choose a nickname from the list.")
    taken = classes.taken_nicknames(room)
    if len(taken) >= codes.MOST_PUPILS:
        raise NotPossibleError(f"This class is full: it has {codes.MOST_PUPILS} pupils. Tell your teacher.")
    if nickname in taken:
        raise NotPossibleError(f"Somebody is {nickname} already; choose another nickname.")
    pupil = Pupil(classroom=room, nickname=nickname)
    return pupil, pins.set_new_pin(pupil)


def come_back(*, code: str, nickname: str, pin: str) -> Pupil:
    """Come back from another browser. Raises NotFoundError where no class is open, NotPossibleError for a wrong PIN.

    A wrong PIN is counted, also when it is refused; after twenty the teacher has to give a new one.
    """
    room = classes.open_class(code, timezone.now())
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().filter(classroom=room, nickname=nickname).first()
        if pupil is None:
            raise NotPossibleError(_WRONG)
        is_locked = pupil.wrong_pins >= codes.MOST_WRONG_PINS
        is_right = not is_locked and pins.is_right(pupil, pin)
        if not is_locked:
            pupil.wrong_pins = 0 if is_right else pupil.wrong_pins + 1
            pupil.save(update_fields=["wrong_pins"])
    if is_locked:
        raise NotPossibleError("Too many wrong PINs were tried for this nickname. Ask your teacher for a new PIN.")
    if not is_right:
        raise NotPossibleError(_WRONG)
    return pupil


def hand_in(*, pupil_id: int, activity_id: int, phase: str, text: str, given: Mapping[str, Any]) -> Contribution:
    """Keep what a pupil wrote and chose in a phase, in place of what was there. Raises NotPossibleError.

    What may be in `given` says `rules.classroom.contributions.checked`.
    """
    found = Activity.objects.filter(pk=activity_id).first()
    if found is None:
        raise NotPossibleError(_OVER)
    kind, said = ActivityKind.of(found.kind), contributions.checked_text(text)
    document, _ = published.topic_document(found.topic, number=found.settings["edition"])
    sheet = classes.quiz_claims(found, document)
    chosen = contributions.checked(kind, ActivityPhase.of(found.phase), given, document, sheet)
    if not said and not chosen:
        raise NotPossibleError("Nothing was kept, because nothing was written or chosen.")
    return _kept(found, pupil_id, phase, said, chosen)


@transaction.atomic
def _kept(
    activity: Activity, pupil_id: int, phase: str, text: str, references: list[contributions.Reference]
) -> Contribution:
    _require_open(activity, phase)
    if phase not in phases.TAKES_TEXT:
        raise NotPossibleError(_OVER)
    pupil = Pupil.objects.select_for_update().filter(pk=pupil_id, classroom=activity.classroom_id).first()
    if pupil is None:
        raise NotPossibleError(_OVER)
    return Contribution.objects.update_or_create(
        activity=activity, pupil=pupil, phase=phase, defaults={"text": text, "references": references}
    )[0]


@transaction.atomic
def vote(*, activity_id: int, phase: str, number: str, corner: str) -> None:
    """Cast a ballot, or change it while the poll is open. Nobody is told whose it is, this function neither.

    All ballots of the poll are written anew in random order, so that neither the order in which rows lie nor the
    numbers of transactions tell when each was cast. Raises NotPossibleError.
    """
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is None:
        raise NotPossibleError(_OVER)
    _require_open(activity, phase)
    if phase not in phases.TAKES_BALLOTS:
        raise NotPossibleError(_OVER)
    if corner not in PollCorner.values:
        raise NotPossibleError("Choose one of the corners.")
    cast = {one.number: one for one in Ballot.objects.select_for_update().filter(activity=activity)}
    ballot = cast.setdefault(number, Ballot(number=number, activity=activity))
    if len(cast) > Pupil.objects.filter(classroom=activity.classroom_id).count():
        raise NotPossibleError("As many ballots as the class has pupils were cast already. Tell your teacher.")
    setattr(ballot, "before" if phase == ActivityPhase.BEFORE else "after", corner)
    Ballot.objects.filter(activity=activity).delete()
    Ballot.objects.bulk_create(secrets.SystemRandom().sample(list(cast.values()), len(cast)))


def _require_open(activity: Activity, phase: str) -> None:
    """Hold the class, so that its phase stays until this is committed. Raises NotPossibleError where it is another."""
    room = Classroom.objects.select_for_update().filter(pk=activity.classroom_id, expires_at__gt=timezone.now()).first()
    present = classes.shown_activity(room) if room else None
    if present is None or present.pk != activity.pk or present.phase != phase:
        raise NotPossibleError(_OVER)
