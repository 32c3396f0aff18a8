"""Background jobs by name. A job is sent when the transaction commits, takes ids, and is safe to run twice."""

from enum import StrEnum
from functools import partial

from celery import current_app
from django.db import transaction


class Job(StrEnum):
    """The jobs, named as `tasks.py` registers them."""

    FORMAT_BIBLIOGRAPHY = "perspectives.format_bibliography"
    BUILD_DATASET = "perspectives.build_dataset"
    MAKE_HANDOUT = "perspectives.make_handout"
    READ_INTAKE = "perspectives.read_intake"
    CLEAR_SESSIONS = "perspectives.clear_sessions"
    RESUME_INTAKES = "perspectives.resume_intakes"
    ENQUEUE_MISSING_BIBLIOGRAPHIES = "perspectives.enqueue_missing_bibliographies"


def enqueue(job: Job, **ids: int) -> None:
    """Send `job` once the present transaction has committed; a broker that is away does not undo the action.

    What is lost that way, a periodic job finds by its missing rows and sends again.
    """
    transaction.on_commit(partial(_send, job, ids), robust=True)


def _send(job: Job, ids: dict[str, int]) -> None:
    current_app.send_task(job.value, kwargs=ids, retry=False)
