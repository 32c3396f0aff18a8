"""What must be true in the database after each round; needs Django set up for the system's own."""

import base64
import io
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import redis
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from debatekb.celery import app
from perspectives import jobs
from perspectives.models import (
    Edition,
    FormattedBibliography,
    LogEntry,
    Proposal,
    Retraction,
    Source,
    Suggestion,
    Topic,
    User,
)
from perspectives.queries.documents import lookups
from perspectives.queries.publication import published
from perspectives.rules.documents import parts
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus
from tests.run.crash.journal import Outcome

QUIET_SECONDS = 20
OLDER_TRANSACTIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s
"""
Plain = dict[str, Any]


def worker_answers() -> bool:
    """Return whether a worker answers over the broker."""
    try:
        with app.connection_for_write() as connection:
            return bool(app.control.broadcast("ping", reply=True, limit=1, timeout=0.5, connection=connection))
    except (OSError, redis.RedisError, OperationalError):
        return False


def unmade() -> int:
    """Count the editions whose references are not made, and send the job that finds them, as beat does."""
    jobs.enqueue(jobs.Job.ENQUEUE_MISSING_BIBLIOGRAPHIES)
    return int(published.editions_without_bibliography().count())


def faults(writes: Sequence[Plain]) -> list[str]:
    """Name everything that is lost, doubled, half there or not whole."""
    wait_for_quiet()
    return [*amounts(writes), *halves(), *unlike_the_log(), *jobs_for_nothing(), *not_whole()]


def wait_for_quiet() -> None:
    """Wait until what was begun before has ended: a frozen server commits later what its client gave up."""
    now, deadline = timezone.now(), time.monotonic() + QUIET_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(OLDER_TRANSACTIONS, [now])
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)


def amounts(writes: Iterable[Plain]) -> Iterator[str]:
    """Compare how often each write is there with what its sender knows of it."""
    count = occurrences()
    for write in writes:
        outcome, found = write["outcome"], count[write["marker"]]
        must_be = {Outcome.REFUSED: 0, Outcome.UNKNOWN: min(found, 1)}.get(outcome, 1)
        if found != must_be:
            what = "lost" if found < must_be else "there though it was refused" if must_be == 0 else "doubled"
            sent = f"{write['kind']} {write['marker']} ({outcome}, sent {write['tries']} times)"
            yield f"{what}: {sent} is there {found} times"


def occurrences() -> Counter[str]:
    """Count by its marker how often each write is there: the row that it makes, and its entry in the log."""
    entries = LogEntry.objects.order_by()
    count = Counter(entries.exclude(note="").values_list("note", flat=True))
    begun = Counter(entries.filter(detail__begun=True).values_list("topic__slug", flat=True))
    count += begun & Counter(Topic.objects.values_list("slug", flat=True))
    count += Counter(Suggestion.objects.exclude(token="").values_list("token", flat=True))
    count += Counter(User.objects.values_list("display_name", flat=True))
    return count


def halves() -> Iterator[str]:
    """Name rows without what must have been written with them."""
    logged = LogEntry.objects.order_by()
    for what, rows in without_company(logged).items():
        yield from (f"half: {what}: {row!r}" for row in rows)
    approved = Counter(Proposal.objects.filter(status=ProposalStatus.APPROVED).values_list("topic_id", flat=True))
    reviewed = Counter(Edition.objects.filter(origin=EditionOrigin.REVIEW).values_list("topic_id", flat=True))
    if approved != reviewed:
        yield f"half: {approved.total()} approvals and {reviewed.total()} editions"
    proposed = logged.filter(code=EventCode.EDITION_PROPOSED).values_list("detail__proposal", flat=True)
    if Counter(proposed) != Counter(Proposal.objects.values_list("pk", flat=True)):
        yield "half: proposals are not those of the log"


def without_company(logged: QuerySet[LogEntry]) -> Mapping[str, QuerySet[Any]]:
    """List rows of each kind that lack their entry in the log, or their address."""
    own, codes = OuterRef("pk"), EventCode
    sent = logged.filter(suggestion=own, code=codes.SUGGESTION_SENT)
    made = logged.filter(account=own, code=codes.ACCOUNT_CREATED)
    begun = logged.filter(topic=own, code__in=[codes.TOPIC_CHANGED, codes.PACK_LOADED])
    added = logged.filter(source=own, code__in=[codes.SOURCE_ADDED, codes.PACK_LOADED])
    retracted = logged.filter(topic=OuterRef("edition__topic"), note=OuterRef("note"), code=codes.EDITION_RETRACTED)
    signed_up = User.objects.filter(display_name__startswith="crash")
    return {
        "a suggestion without its entry": Suggestion.objects.exclude(Exists(sent)),
        "a topic without its entry": Topic.objects.filter(slug__startswith="crash").exclude(Exists(begun)),
        "a source without its entry": Source.objects.filter(key__startswith="crash").exclude(Exists(added)),
        "an account without its entry": signed_up.exclude(Exists(made)),
        "an account without its address": signed_up.exclude(Exists(EmailAddress.objects.filter(user=own))),
        "a retraction without its entry": Retraction.objects.exclude(Exists(retracted)),
    }


def unlike_the_log() -> Iterator[str]:
    """Name parts of drafts that are not what the newest entry on them says."""
    newest: dict[tuple[str, str], Any] = {}
    entries = LogEntry.objects.filter(code=EventCode.TOPIC_CHANGED, note__startswith="crash").order_by("pk")
    for slug, changes in entries.values_list("topic__slug", "changes"):
        newest.update({(slug, change["path"]): change.get("after") for change in changes})
    drafts = {slug: lookups.draft(slug) for slug in {slug for slug, _ in newest}}
    for (slug, path), after in newest.items():
        if parts.find(drafts[slug], path) != after:
            yield f"half: {slug} {path} is not what the log says of it"


def jobs_for_nothing() -> Iterator[str]:
    """Name jobs in the broker about editions that are not there."""
    editions = set(Edition.objects.values_list("pk", flat=True))
    with app.connection_for_read() as broker:
        messages = broker.default_channel.client.lrange(app.conf.task_default_queue, 0, -1)
    for message in messages:
        _, named, _ = json.loads(base64.b64decode(json.loads(message)["body"]))
        if named.get("edition_id", min(editions)) not in editions:
            yield f"half: a job about edition {named['edition_id']}, which is not there"


def not_whole() -> Iterator[str]:
    """Give what `verify_editions` finds."""
    try:
        call_command("verify_editions", stdout=io.StringIO())
    except CommandError as error:
        yield f"not whole: {error}"
    without = FormattedBibliography.objects.exclude(sha256__in=Edition.objects.values("sha256"))
    yield from (f"half: references of no edition: {one!r}" for one in without)
