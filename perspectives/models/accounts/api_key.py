"""Keys with which people's programs use the API."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.constraints import is_sha256, not_blank
from perspectives.vocab import KeyState, Scope


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Sets of keys."""

    def live(self, at: datetime) -> Self:
        """Keep the keys that work at this moment."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


class ApiKey(models.Model):
    """A key: whose it is, what it may be used for and until when; of its secret only the hash and a hint."""

    owner = person("api_keys")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    hint = models.CharField(max_length=10)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = person_or_nobody("api_keys_revoked")

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = "API key"
        constraints: ClassVar = [
            not_blank("apikey", "name", "hint"),
            models.UniqueConstraint(fields=["sha256"], name="perspectives_apikey_sha256_is_unique"),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(revoked_at=None),
                name="perspectives_apikey_name_is_its_owners_only_one",
                violation_error_message="This person has a key of this name that is not revoked.",
            ),
            is_sha256("apikey_sha256_is_one", "sha256"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gte=1),
                name="perspectives_apikey_scopes_are_known",
                violation_error_message=f"Choose one or more of: {', '.join(Scope.values)}.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")),
                name="perspectives_apikey_expires_after_it_was_made",
                violation_error_message="A key expires after it was made.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="perspectives_apikey_is_revoked_by_somebody_or_not_at_all",
                violation_error_message="Say when and by whom a key was revoked, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    def state(self, at: datetime) -> KeyState:
        """Tell whether the key works at this moment, and if not, why."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        return KeyState.EXPIRED if self.expires_at is not None and self.expires_at <= at else KeyState.LIVE
