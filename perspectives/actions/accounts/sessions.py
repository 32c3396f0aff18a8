"""Sessions that are over, tries to sign in that no longer count, old invitations: rows with names and addresses."""

from datetime import timedelta
from typing import Final

from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q
from django.utils import timezone

from perspectives.models import Invitation

INVITATIONS_KEPT: Final = timedelta(days=90)
"""How long an invitation is kept that nobody accepted, after its end."""


def clear() -> None:
    """Delete them; once a day is enough, since nothing reads them any more."""
    now = timezone.now()
    SessionStore.clear_expired()
    AccessAttempt.objects.filter(expiration__expires_at__lte=now).delete()
    AccessAttempt.objects.filter(expiration=None).delete()
    ended = Q(expires_at__lt=now - INVITATIONS_KEPT) | Q(revoked_at__lt=now - INVITATIONS_KEPT)
    Invitation.objects.filter(ended, accepted_at=None).delete()
