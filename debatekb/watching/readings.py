"""Figures for the metrics that no check needs."""

import json
import time
from typing import Final

from celery import current_app
from django.db.models import Count, Min
from django.utils import timezone

from debatekb.postgres.base import BREAKERS
from debatekb.watching import counters
from debatekb.watching.checks import POSTGRES, VALKEY
from debatekb.watching.probes import Outcome, Probe, Sample
from debatekb.watching.task_signals import SENT_AT
from debatekb.watching.valkey import client
from perspectives import jobs
from perspectives.models import Handout, IntakeEntry
from perspectives.queries.publication import published
from perspectives.queries.publication.publication_version import read_version
from perspectives.queries.webhooks import webhooks
from perspectives.vocab import HandoutState, IntakeState


def queue() -> Outcome:
    """Count the messages that wait for a worker and those that one has taken; tell the age of the oldest."""
    name = str(current_app.conf.task_default_queue)
    with client().pipeline() as pipeline:
        pipeline.llen(name)
        pipeline.hlen("unacked")
        pipeline.lindex(name, -1)  # taken from this end
        waiting, taken, oldest = pipeline.execute()
    return _well(
        Sample("debatekb_queue_length", (), waiting),
        Sample("debatekb_queue_taken", (), taken),
        Sample("debatekb_queue_oldest_seconds", (), _age(oldest)),
    )


def _age(message: bytes | None) -> float:
    sent_at = json.loads(message)["headers"].get(SENT_AT) if message else None
    return max(time.time() - sent_at, 0.0) if sent_at else 0.0


def memory() -> Outcome:
    """Tell how much memory Valkey uses."""
    return _well(Sample("debatekb_broker_memory_bytes", (), client().info("memory")["used_memory"]))


def due() -> Outcome:
    """Count the work that rows say is to be done, and tell since when the oldest of it waits."""
    now = timezone.now()
    waiting = {
        "references": published.editions_without_bibliography().aggregate(number=Count("pk"), at=Min("published_at")),
        "handouts": Handout.objects.filter(state=HandoutState.WAITING).aggregate(
            number=Count("pk"), at=Min("edition__published_at")
        ),
        "intakes": IntakeEntry.objects.filter(state=IntakeState.WAITING).aggregate(
            number=Count("pk"), at=Min("batch__at")
        ),
        "webhooks": webhooks.due(now).aggregate(number=Count("pk"), at=Min("due_at")),
    }
    return _well(
        *(Sample("debatekb_due", (job,), found["number"]) for job, found in waiting.items()),
        *(
            Sample("debatekb_due_oldest_seconds", (job,), (now - found["at"]).total_seconds() if found["at"] else 0)
            for job, found in waiting.items()
        ),
    )


def publication() -> Outcome:
    """Tell the version of what is published, which rises with each publication, retraction and bibliography."""
    parts = read_version()._asdict()
    return _well(*(Sample("debatekb_publication_version", (part,), number or 0) for part, number in parts.items()))


def breakers() -> Outcome:
    """Tell which engines this process leaves alone at the moment, because they did not answer."""
    return _well(
        Sample("debatekb_breaker_open", ("database",), BREAKERS["default"].is_open()),
        *(
            Sample("debatekb_breaker_open", (alias,), breaker.is_open())
            for alias, breaker in list(BREAKERS.items())
            if alias != "default"
        ),
        Sample("debatekb_breaker_open", ("broker",), jobs.is_broker_left_alone()),
    )


_CLASSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
_OF_SUMS: Final = {
    counters.REQUESTS: "debatekb_requests_total",
    counters.REQUEST_SECONDS: "debatekb_request_seconds_sum",
    counters.REQUEST_BUCKETS: "debatekb_request_seconds_bucket",
    counters.TASKS: "debatekb_tasks_total",
    counters.TASK_SECONDS: "debatekb_task_seconds_total",
    counters.CACHE_USES: "debatekb_cache_uses_total",
}


def sums() -> Outcome:
    """Read what all processes have counted; what an alert compares with itself of before begins at 0."""
    found = {(_OF_SUMS[kind], tuple(labels)): value for (kind, *labels), value in counters.sums().items()}
    for job in jobs.Job:
        found.setdefault(("debatekb_tasks_total", (job.value, "failure")), 0.0)
    answers = dict.fromkeys(_CLASSES, 0.0)
    for (metric, labels), value in found.items():
        if metric == "debatekb_requests_total":
            answers[f"{labels[-1][0]}xx"] += value
    return _well(
        *(Sample(metric, labels, value) for (metric, labels), value in found.items()),
        *(Sample("debatekb_answers_total", (name,), value) for name, value in answers.items()),
    )


def _well(*samples: Sample) -> Outcome:
    return Outcome(is_ok=True, detail="", samples=samples)


READINGS: Final = {
    "queue": Probe(queue, of=VALKEY),
    "memory": Probe(memory, of=VALKEY),
    "sums": Probe(sums, of=VALKEY),
    "due": Probe(due, of=POSTGRES),
    "publication": Probe(publication, of=POSTGRES),
    "breakers": Probe(breakers),
}
