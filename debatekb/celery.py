"""The Celery application: `celery -A debatekb worker`, `celery -A debatekb beat`."""

import os

from celery import Celery

from debatekb.watching import task_signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")

app = Celery("debatekb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
task_signals.connect()
