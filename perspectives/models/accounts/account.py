"""People who sign in."""

from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from perspectives.models.constraints import is_known
from perspectives.vocab import Leaning, Role

_NOTHING_OF_A_PERSON = Q(
    is_active=False,
    is_staff=False,
    is_superuser=False,
    role=Role.READER,
    leaning=Leaning.NOT_DECLARED,
    last_login=None,
    password__startswith=UNUSABLE_PASSWORD_PREFIX,
    **dict.fromkeys(("email", "first_name", "last_name", "display_name", "interests"), ""),
)
_SALT = "perspectives.models.accounts.account.User.session_number"


class User(AbstractUser):
    """An account with the role that the policy table asks for, and what its person says of themselves.

    Every session is signed with `session_number` beside the password: whoever raises it ends all sessions of the
    person, also those that somebody else has. An account that was erased is nobody's any more: its row stays for what
    names its number, and `date_joined` tells it from another that got the same number after a restore.
    """

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)
    display_name = models.CharField(max_length=80, blank=True, default="")
    leaning = models.CharField(max_length=20, choices=Leaning.choices, default=Leaning.NOT_DECLARED)
    interests = models.TextField(blank=True, default="")
    session_number = models.PositiveIntegerField(default=0)
    erased_at = models.DateTimeField(null=True)

    class Meta(AbstractUser.Meta):
        constraints: ClassVar = [
            is_known("user", "role", Role),
            is_known("user", "leaning", Leaning),
            models.CheckConstraint(
                condition=Q(erased_at=None) | _NOTHING_OF_A_PERSON,
                name="perspectives_user_erased_is_nobody",
                violation_error_message="An account that was erased tells nothing of a person.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Give the name by which others know the person: the chosen one, else the user name."""
        return self.display_name or self.get_username()

    def get_session_auth_hash(self) -> str:
        """Give what a session must have been signed with to be this person's."""
        return self._numbered(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Give the same under each of the keys that are being replaced."""
        return map(self._numbered, super().get_session_auth_fallback_hash())

    def _numbered(self, signature: str) -> str:
        return salted_hmac(_SALT, f"{signature} {self.session_number}", algorithm="sha256").hexdigest()
