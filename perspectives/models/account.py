"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from perspectives.models.constraints import is_known
from perspectives.vocab import Role


class User(AbstractUser):
    """An account with the role that the policy table asks for."""

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)

    class Meta(AbstractUser.Meta):
        constraints: ClassVar = [is_known("user", "role", Role)]
