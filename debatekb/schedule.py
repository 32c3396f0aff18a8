"""When beat sends which job."""

from typing import Any

from celery.schedules import crontab


def beat(*, has_shared_cache: bool) -> dict[str, dict[str, Any]]:
    """Give Celery's schedule: of each task the seconds between two runs, or when in the day."""
    times = {
        "enqueue_missing_bibliographies": 600.0,
        "build_dataset": 600.0,
        "deliver_webhooks": 30.0,
        "resume_intakes": 30.0,
        "clear_sessions": crontab(hour=3, minute=20),
        "clear_classes": 600.0,
        "renew_lti_keys": 3600.0,
        "send_lti_grades": 60.0,
        "make_handout": 120.0,
        "sweep_checks": 60.0,
        "load_retractions": crontab(hour=4, minute=40),
        "mail_notices": 60.0,
        # Asked hourly, so that a machine that sleeps at night makes the day's backup in the morning.
        "back_up": 3600.0,
        **({"purge_shared_cache": 20.0} if has_shared_cache else {}),
    }
    return {name: {"task": f"perspectives.{name}", "schedule": when} for name, when in times.items()}
