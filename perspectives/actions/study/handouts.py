"""Making handouts, one at a time; run in the background."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.clients.handout import handout_files
from perspectives.models import Handout
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import published
from perspectives.queries.study import handouts
from perspectives.rules.publication import edition_form
from perspectives.rules.publication.canonical_json import sha256
from perspectives.rules.study import handout
from perspectives.vocab import EditionOrigin, HandoutFormat, HandoutState

MOST_SECONDS = 100
"""After this time an attempt is ended."""
_LEASE = timedelta(seconds=MOST_SECONDS + 20)
"""After this time an attempt that said nothing is taken for lost."""
_REST = timedelta(minutes=5)
"""How long after a failed attempt the next one waits."""
_LOST = "The program that made it was ended before it was done."


def make_next() -> None:
    """Make one handout that is to be made, and send the job again for the next; does nothing while another is made.

    A failure is written down with its reason and tried again later, `rules.study.handout.MOST_ATTEMPTS` times in all.
    """
    claimed = _claim()
    if claimed is None:
        return
    # Whoever was taken for lost, or whose edition was replaced meanwhile, finds no such row and writes nothing.
    mine = Handout.objects.filter(pk=claimed.pk, state=HandoutState.MAKING, begun_at=claimed.begun_at)
    mine.update(**_outcome(claimed))
    jobs.enqueue(jobs.Job.MAKE_HANDOUT)


@transaction.atomic
def _claim() -> Handout | None:
    """Choose a handout and write down that it is being made; None if there is nothing to do, or somebody is at it."""
    wait_for_turn(Turn.HANDOUTS)
    now = timezone.now()
    form = handout.form(settings.SITE_URL)
    being_made = Handout.objects.filter(state=HandoutState.MAKING)
    being_made.filter(begun_at__lt=now - _LEASE).update(state=HandoutState.FAILED, error=_LOST)
    if being_made.exists():
        return None
    _plan(form)
    chosen = handouts.due(now, most_attempts=handout.MOST_ATTEMPTS, rest=_REST).first()
    if chosen:
        chosen.state, chosen.error, chosen.begun_at = HandoutState.MAKING, "", now
        chosen.attempts += 1
        chosen.save(update_fields=["state", "error", "begun_at", "attempts"])
    return chosen


def _plan(form: str) -> None:
    """Let there be a row for each handout that readers can ask for, and none besides."""
    Handout.objects.filter(Q(edition__current_for_topic=None) | Q(edition__retraction__isnull=False)).delete()
    Handout.objects.exclude(form=form).exclude(state=HandoutState.MAKING).update(
        state=HandoutState.WAITING, form=form, attempts=0, begun_at=None, error="", made_at=None, body=None, sha256=""
    )
    known = set(Handout.objects.values_list("edition_id", "format"))
    Handout.objects.bulk_create(
        Handout(edition=edition, format=one, form=form)
        for edition in handouts.editions()
        for one in HandoutFormat
        if (edition.pk, one.value) not in known
    )


def _outcome(claimed: Handout) -> dict[str, Any]:
    """Make the file and tell what is to be written of it."""
    try:
        body = _made(claimed)
    except handout_files.NotMadeError as error:
        return {"state": HandoutState.FAILED, "error": str(error)}
    return {"state": HandoutState.READY, "body": body, "sha256": sha256(body), "made_at": timezone.now()}


def _made(claimed: Handout) -> bytes:
    edition = claimed.edition
    document = edition_form.topic(bytes(edition.body))
    references = published.bibliographies(edition.sha256).get(style=handouts.STYLE).entries
    origin = EditionOrigin.of(edition.origin)
    checked = check_reports.checked([*document.sources])
    notices = {key: notice.warning for key in document.sources if (notice := checked.notice(key))}
    imprint = handout.Imprint(edition.sha256, edition.published_at, origin, settings.SITE_URL, notices)
    wanted = HandoutFormat.of(claimed.format)
    tree = handout.tree(document, imprint, references, wanted)
    return handout_files.made(tree, wanted, meta=handout.meta(document, imprint), moment=edition.published_at)
