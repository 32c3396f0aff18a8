"""Invitations to take part in a role."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from perspectives.models.accounts.people import person_or_nobody
from perspectives.models.constraints import is_known, is_sha256, not_blank
from perspectives.vocab import InvitationState, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def undecided(self) -> Self:
        """Keep those that were neither accepted nor taken back, whether their time is over or not."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """An invitation by e-mail: for which role, by whom (nobody: the operator), until when; of its token only the hash.

    It is accepted by somebody, or taken back (by nobody: the operator), or neither yet.
    """

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    token_sha256 = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    invited_by = person_or_nobody("invitations")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = person_or_nobody("invitations_revoked")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["-invited_at", "-id"], name="perspectives_invitation_newest")]
        constraints: ClassVar = [
            is_known("invitation", "role", Role),
            not_blank("invitation", "email"),
            models.UniqueConstraint(fields=["token_sha256"], name="perspectives_invitation_token_is_unique"),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="perspectives_invitation_email_has_one_open",
                violation_error_message="This address is invited already.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="perspectives_invitation_email_is_in_small_letters",
                violation_error_message="Write the address in small letters.",
            ),
            is_sha256("invitation_token_is_hashed", "token_sha256"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="perspectives_invitation_expires_after_it_was_made",
                violation_error_message="An invitation expires after it was made.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="perspectives_invitation_is_accepted_by_somebody_or_not_at_all",
                violation_error_message="Say when and by whom an invitation was accepted, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None),
                name="perspectives_invitation_is_revoked_at_some_time",
                violation_error_message="Say when an invitation was taken back.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="perspectives_invitation_is_accepted_or_revoked_not_both",
                violation_error_message="An invitation that was accepted cannot be taken back.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"

    def state(self, at: datetime) -> InvitationState:
        """Tell where the invitation stands at this moment."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= at else InvitationState.OPEN
