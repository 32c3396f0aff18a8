"""Accounts."""

import secrets

from django.db import transaction

from perspectives.actions.recording import record
from perspectives.models import User
from perspectives.policy import OPERATOR
from perspectives.vocab import EventCode, Role

DEMO_MODERATORS = ("demo-proposer", "demo-reviewer")
"""Two people, since publishing takes two."""


@transaction.atomic
def make_demo_moderators() -> dict[str, str]:
    """Make the demo moderators with fresh passwords, by user name; those who are there already are left alone."""
    made = {}
    for username in DEMO_MODERATORS:
        if User.objects.filter(username=username).exists():
            continue
        made[username] = secrets.token_urlsafe(12)
        User.objects.create_user(username, password=made[username], role=Role.MODERATOR, is_staff=True)
        record(EventCode.ACCOUNT_CREATED, by=OPERATOR, username=username)
    return made
