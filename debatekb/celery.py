"""The Celery application: `celery -A debatekb worker`, `celery -A debatekb beat`."""

import os

from celery import Celery
from celery.signals import beat_init, worker_ready

from debatekb.running.children import ready
from debatekb.watching import task_signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")

app = Celery("debatekb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
task_signals.connect()


@worker_ready.connect
@beat_init.connect
def tell_ready(**_: object) -> None:
    """Tell the supervisor that worker or beat serves."""
    ready.tell()
