"""Sessions that are over, and tries to sign in that no longer count: rows with names and addresses of people."""

from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone


def clear() -> None:
    """Delete them; once a day is enough, since nothing reads them any more."""
    SessionStore.clear_expired()
    AccessAttempt.objects.filter(expiration__expires_at__lte=timezone.now()).delete()
    AccessAttempt.objects.filter(expiration=None).delete()
