"""What Celery runs: each task takes ids and calls one action."""

from datetime import UTC, datetime
from pathlib import Path

from celery import shared_task
from django.conf import settings

from debatekb.backup import backups, erasures
from perspectives.actions.accounts import sessions
from perspectives.actions.classroom import classes
from perspectives.actions.evidence import check_planning, check_running, retraction_loading
from perspectives.actions.intake import intake_reading
from perspectives.actions.lti import grading, keys, launching
from perspectives.actions.notices import mailing
from perspectives.actions.publication import bibliographies, datasets, purging
from perspectives.actions.study import handouts
from perspectives.actions.webhooks import delivering
from perspectives.jobs import Job


@shared_task(name=Job.FORMAT_BIBLIOGRAPHY.value)
def format_bibliography(edition_id: int) -> None:
    """Format the references of an edition in every style."""
    bibliographies.format_edition(edition_id=edition_id)


@shared_task(name=Job.ENQUEUE_MISSING_BIBLIOGRAPHIES.value)
def enqueue_missing_bibliographies() -> None:
    """Send the job again for editions whose references are missing."""
    bibliographies.enqueue_missing()


@shared_task(name=Job.BUILD_DATASET.value)
def build_dataset() -> None:
    """Make the dataset of what is published, unless it is made."""
    datasets.build()


@shared_task(name=Job.MAKE_HANDOUT.value, soft_time_limit=handouts.MOST_SECONDS - 10, time_limit=handouts.MOST_SECONDS)
def make_handout() -> None:
    """Make one handout that is to be made; the next is a job of its own, so that others come between."""
    handouts.make_next()


@shared_task(name=Job.DELIVER_WEBHOOKS.value)
def deliver_webhooks() -> None:
    """Send one message of a webhook that is due; the next is a job of its own, so that others come between."""
    delivering.deliver_next()


@shared_task(
    name=Job.READ_INTAKE.value,
    soft_time_limit=intake_reading.MOST_SECONDS - 10,
    time_limit=intake_reading.MOST_SECONDS,
)
def read_intake(batch_id: int) -> None:
    """Read some entries of an intake; the next are a job of their own, so that others come between."""
    intake_reading.read_next(batch_id=batch_id)


@shared_task(name=Job.SWEEP_CHECKS.value)
def sweep_checks() -> None:
    """Take up lost checks, plan what is due, report what was found, and send jobs for what waits."""
    check_planning.sweep()


@shared_task(
    name=Job.RUN_CHECKS.value, soft_time_limit=check_running.MOST_SECONDS - 10, time_limit=check_running.MOST_SECONDS
)
def run_checks() -> None:
    """Make some checks of evidence; others come with the next sweep, so that other jobs come between."""
    check_running.run_for(seconds=check_running.TURN_SECONDS)


@shared_task(name=Job.LOAD_RETRACTIONS.value, soft_time_limit=580, time_limit=600)
def load_retractions() -> None:
    """Load the data set of retractions."""
    retraction_loading.load()


@shared_task(name=Job.CLEAR_SESSIONS.value)
def clear_sessions() -> None:
    """Delete what is over of sessions and tries to sign in, and old notices."""
    sessions.clear()
    mailing.clear()


@shared_task(name=Job.CLEAR_CLASSES.value)
def clear_classes() -> None:
    """Delete classes whose time is over, with all that is of them."""
    classes.clear()


@shared_task(name=Job.RENEW_LTI_KEYS.value)
def renew_lti_keys() -> None:
    """Change keys of this tool that are old for new ones, and forget who launched long ago."""
    keys.renew()
    launching.clear()


@shared_task(name=Job.SEND_LTI_GRADES.value, soft_time_limit=grading.MOST_SECONDS - 10, time_limit=grading.MOST_SECONDS)
def send_lti_grades() -> None:
    """Send grades that wait to their platforms; others are a job of their own, so that others come between."""
    grading.send_for(seconds=grading.TURN_SECONDS)


@shared_task(name=Job.MAIL_NOTICES.value, soft_time_limit=mailing.MOST_SECONDS - 10, time_limit=mailing.MOST_SECONDS)
def mail_notices() -> None:
    """Send the mails of notices that are due; the next are a job of their own, so that others come between."""
    mailing.send_due()


@shared_task(name=Job.RESUME_INTAKES.value)
def resume_intakes() -> None:
    """Send the job again for intakes whose entries wait, and give up on workers that were ended."""
    intake_reading.resume()


@shared_task(name=Job.PURGE_SHARED_CACHE.value)
def purge_shared_cache() -> None:
    """Tell a shared cache what was published or retracted, until it has settled."""
    purging.purge()


@shared_task(name=Job.BACK_UP.value, soft_time_limit=3500, time_limit=3600)
def back_up() -> None:
    """Make the day's backup when it is time, and drop those that are too old."""
    if settings.BACKUP_DIR:
        backups.nightly(Path(settings.BACKUP_DIR), keep_days=settings.BACKUP_KEEP_DAYS, now=datetime.now(tz=UTC))
        erasures.keep(Path(settings.BACKUP_DIR))


@shared_task(name=Job.KEEP_ERASURES.value)
def keep_erasures() -> None:
    """Write down beside the backups which accounts were erased; the job of backups does so every hour too."""
    if settings.BACKUP_DIR:
        erasures.keep(Path(settings.BACKUP_DIR))
