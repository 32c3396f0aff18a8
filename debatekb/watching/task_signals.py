"""What Celery tells of its processes and tasks: signs of life, counts, and the ids that their log lines bear.

`debatekb.celery` connects these; its documentation says when each signal is sent.
"""

import time
from contextlib import suppress
from typing import Any, Final

from celery import signals, states
from redis import RedisError
from structlog import contextvars

from debatekb.watching import counters, heartbeats

REQUEST_ID: Final = "request_id"
SENT_AT: Final = "sent_at"
"""Headers of a message: the request that it was sent for, and when, in seconds."""
_begun: dict[str, float] = {}


def connect() -> None:
    """Let Celery tell us; it keeps to Django's LOGGING then."""
    for signal, receiver in (
        (signals.setup_logging, _keep_logging),
        (signals.heartbeat_sent, _worker_lives),
        (signals.before_task_publish, _mark),
        (signals.task_prerun, _begin),
        (signals.task_postrun, _end),
        (signals.task_failure, _failed),
    ):
        signal.connect(receiver, weak=False)


def _keep_logging(**_: Any) -> None:
    """Take the place of Celery's own set-up of logging."""


def _worker_lives(sender: Any, **_: Any) -> None:
    heartbeats.give(heartbeats.WORKER, str(sender.eventer.hostname))


def _mark(headers: dict[str, Any], **_: Any) -> None:
    """Write into a message when it was sent, and for which request."""
    headers[SENT_AT] = time.time()
    headers[REQUEST_ID] = contextvars.get_contextvars().get(REQUEST_ID)


def _begin(task_id: str, task: Any, **_: Any) -> None:
    """Let the log lines of a task bear its ids."""
    _begun[task_id] = time.perf_counter()
    request_id = (task.request.headers or {}).get(REQUEST_ID)
    ids = {"task_id": task_id, "task": task.name} | ({REQUEST_ID: request_id} if request_id else {})
    contextvars.bind_contextvars(**ids)


def _end(task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
    """Count a run that did not fail; `_failed` counts the others, those too whose process was ended."""
    seconds = time.perf_counter() - _begun.pop(task_id, time.perf_counter())
    if state and state != states.FAILURE:
        _count(task.name, state, seconds)
    contextvars.unbind_contextvars("task_id", "task", REQUEST_ID)


def _failed(sender: Any, task_id: str, **_: Any) -> None:
    _count(sender.name, states.FAILURE, time.perf_counter() - _begun.get(task_id, time.perf_counter()))


def _count(name: str, state: str, seconds: float) -> None:
    """Count at once: the process may be ended before it would be asked; what Valkey does not take is kept."""
    counters.count_task(name, state, seconds)
    with suppress(RedisError):
        counters.COUNTERS.flush()
