"""Columns that name people: none of them can be deleted."""

from django.conf import settings
from django.db import models

from perspectives.models.accounts.account import User


def person(related_name: str) -> "models.ForeignKey[User, User]":
    """Name somebody; `related_name` leads back from the person."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=related_name)


def person_or_nobody(related_name: str) -> "models.ForeignKey[User | None, User | None]":
    """Name somebody, or nobody (yet)."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name=related_name)
