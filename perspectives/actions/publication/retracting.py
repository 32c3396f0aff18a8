"""Retracting an edition: it stays where it is, and everybody is told not to rely on it."""

from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.event_log import record
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication import purging
from perspectives.actions.publication.subjects import locked_edition
from perspectives.errors import NotPossibleError
from perspectives.models import Retraction
from perspectives.policy import Actor, Permission, require_person
from perspectives.vocab import EventCode


@transaction.atomic
def retract(*, edition_id: int, note: str, by: Actor | None) -> Retraction:
    """Retract an edition with a note that every reader sees; nothing takes it back.

    Raises NotFoundError, NotPermittedError, and NotPossibleError without a note or where it is retracted already.
    """
    edition, subject = locked_edition(edition_id)
    person = require_person(by, Permission.EDITION_RETRACT)
    if not note.strip():
        raise NotPossibleError("Say why the edition is retracted; its readers need it.")
    if Retraction.objects.filter(edition=edition).exists():
        raise NotPossibleError(f"Edition {edition.number} of '{subject}' is retracted already.")
    wait_for_turn(Turn.PUBLISHING)
    retraction = Retraction.objects.create(edition=edition, note=note.strip(), at=timezone.now(), by=person)
    record(EventCode.EDITION_RETRACTED, by=person, subject=subject, note=retraction.note, edition=edition.number)
    jobs.enqueue(jobs.Job.BUILD_DATASET)
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)
    purging.ask()
    return retraction
