"""Print the key of a moderator, made in the system that `DEBATEKB_VAR` names: `python -m tests.outside.desk_key`."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    django.setup()
    from perspectives.actions.accounts import api_keys
    from perspectives.models import User
    from perspectives.vocab import Role, Scope
    from tests import people

    moderator = User.objects.create_user("outside", role=Role.MODERATOR)
    people.protect(moderator)
    _, secret = api_keys.create(by=moderator, name="Outside", scopes=[scope.value for scope in Scope], expires_at=None)
    sys.stdout.write(f"{secret}\n")


if __name__ == "__main__":
    main()
