"""Handouts: editions of topics as files to carry away."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.constraints import is_known
from perspectives.models.publication.edition import Edition
from perspectives.vocab import HandoutFormat, HandoutState


class Handout(models.Model):
    """An edition of a topic in one format, or how far its making has come.

    Made by a background job, one at a time. The database recomputes the hash of the file.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="handouts")
    format = models.CharField(max_length=10, choices=HandoutFormat.choices)
    state = models.CharField(max_length=20, choices=HandoutState.choices, default=HandoutState.WAITING)
    form = models.CharField(max_length=300)
    """In which form it was tried to be made: see `rules.study.handout.form`."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it was tried in this form."""
    begun_at = models.DateTimeField(null=True)
    """When it was tried last."""
    error = models.TextField(blank=True, default="")
    """Why the last attempt failed, in a sentence."""
    made_at = models.DateTimeField(null=True)
    body = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ("edition_id", "format")
        constraints: ClassVar = [
            is_known("handout", "format", HandoutFormat),
            is_known("handout", "state", HandoutState),
            models.UniqueConstraint(fields=["edition", "format"], name="perspectives_handout_is_made_once"),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=HandoutState.MAKING),
                name="perspectives_handout_one_is_made_at_a_time",
                violation_error_message="Another handout is being made.",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoutState.WAITING, attempts=0, begun_at=None)
                | (~Q(state=HandoutState.WAITING) & Q(attempts__gte=1, begun_at__isnull=False)),
                name="perspectives_handout_attempts_have_begun",
                violation_error_message="What was tried has the number and the time of its attempts.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=HandoutState.READY, made_at__isnull=False, body__isnull=False, sha256__regex="^[0-9a-f]{64}$"
                )
                | (~Q(state=HandoutState.READY) & Q(made_at=None, body=None, sha256="")),
                name="perspectives_handout_is_ready_when_there_is_a_file",
                violation_error_message="What is ready has a file with its time and hash; nothing else has one.",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoutState.FAILED, error__regex=r"\S")
                | (~Q(state=HandoutState.FAILED) & Q(error="")),
                name="perspectives_handout_failure_has_a_reason",
                violation_error_message="A failure has its reason, and nothing else has one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} as {self.format}: {self.state}"
