"""Print the key of a moderator, made in the system that `DEBATEKB_VAR` names: `python -m tests.outside.desk_key`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
django.setup()

from perspectives.actions.accounts import api_keys  # noqa: E402 - Django must have been set up
from perspectives.models import User  # noqa: E402 - likewise
from perspectives.vocab import Role, Scope  # noqa: E402 - likewise
from tests import people  # noqa: E402 - likewise

moderator = User.objects.create_user("outside", role=Role.MODERATOR)
people.protect(moderator)
_, secret = api_keys.create(by=moderator, name="Outside", scopes=[scope.value for scope in Scope], expires_at=None)
print(secret)  # noqa: T201 - this is a command
