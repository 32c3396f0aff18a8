"""Make the people who write, and print their keys and sessions: `python -m tests.run.crash.crew`.

Runs in the environment of the system, whose database is then another than that of the tests.
"""

import json
import os
import sys

import django

SENDERS = 4
"""So many contributors suggest in turn: each may send 200 suggestions a day."""


def main() -> None:
    """Make moderators, a chief editor and contributors."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    django.setup()
    from django.test import Client

    from perspectives.actions.accounts import api_keys
    from perspectives.models import User
    from perspectives.vocab import Role, Scope
    from tests import people

    roles = {"first": Role.MODERATOR, "second": Role.MODERATOR, "chief": Role.CHIEF_EDITOR}
    roles |= {f"sender-{number}": Role.CONTRIBUTOR for number in range(SENDERS)}
    secrets = {"anybody": ""}
    for name, role in roles.items():
        person = User.objects.create_user(f"crash-{name}", email=f"{name}@crash.example", role=role)
        people.protect(person)
        scopes = [scope.value for scope in Scope]
        _, secrets[name] = api_keys.create(by=person, name="Crash", scopes=scopes, expires_at=None)
    browser = Client(headers={"host": "127.0.0.1"})
    people.sign_in(browser, User.objects.get(username="crash-first"))
    secrets["session of first"] = browser.cookies["session"].value
    sys.stdout.write(json.dumps(secrets) + "\n")


if __name__ == "__main__":
    main()
