"""Background jobs by name. A job is sent when the transaction commits, takes ids, and is safe to run twice."""

import logging
import time
from enum import StrEnum
from typing import Final

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

PAUSE_SECONDS: Final = 5.0
_log = logging.getLogger(__name__)


class Job(StrEnum):
    """The jobs, named as `tasks.py` registers them."""

    FORMAT_BIBLIOGRAPHY = "perspectives.format_bibliography"
    BUILD_DATASET = "perspectives.build_dataset"
    DELIVER_WEBHOOKS = "perspectives.deliver_webhooks"
    MAKE_HANDOUT = "perspectives.make_handout"
    READ_INTAKE = "perspectives.read_intake"
    CLEAR_SESSIONS = "perspectives.clear_sessions"
    CLEAR_CLASSES = "perspectives.clear_classes"
    RENEW_LTI_KEYS = "perspectives.renew_lti_keys"
    SEND_LTI_GRADES = "perspectives.send_lti_grades"
    RESUME_INTAKES = "perspectives.resume_intakes"
    KEEP_ERASURES = "perspectives.keep_erasures"
    SWEEP_CHECKS = "perspectives.sweep_checks"
    RUN_CHECKS = "perspectives.run_checks"
    LOAD_RETRACTIONS = "perspectives.load_retractions"
    PURGE_SHARED_CACHE = "perspectives.purge_shared_cache"
    MAIL_NOTICES = "perspectives.mail_notices"
    BACK_UP = "perspectives.back_up"
    ENQUEUE_MISSING_BIBLIOGRAPHIES = "perspectives.enqueue_missing_bibliographies"


def enqueue(job: Job, **ids: int) -> None:
    """Send `job` once the present transaction has committed; a broker that is away does not undo the action.

    What is lost that way, a periodic job finds by its missing rows and sends again.
    """

    def send() -> None:
        if is_broker_left_alone():
            _log.warning("%s was not sent: the broker did not answer a moment ago; a periodic job sends it.", job.value)
            return
        try:
            current_app.send_task(job.value, kwargs=ids, retry=False)
        except OperationalError as error:
            _broker.asked_again_at = time.monotonic() + PAUSE_SECONDS
            _log.warning("%s was not sent, a periodic job sends it: %s", job.value, error)

    transaction.on_commit(send, robust=True)


def is_broker_left_alone() -> bool:
    """Return whether this process sends nothing for a moment because the broker did not answer."""
    return time.monotonic() < _broker.asked_again_at


class _Broker:
    """When the broker may be asked again, so that an action of many jobs waits once for one that is away."""

    asked_again_at = 0.0


_broker = _Broker()
