"""Print the key of a moderator, made in the system of `DEBATEKB_VAR`: `python -m tests.outside.desk_key NAME [SLUG]`.

With a slug the moderator also begins a topic of that name, a copy of `minsk-ii`, to be changed and thrown away.
"""

import os
import sys

import django

from tests import content


def main(name: str, slug: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    django.setup()
    from perspectives.actions.accounts import api_keys
    from perspectives.actions.documents import drafting
    from perspectives.models import User
    from perspectives.rules.documents import yaml_text
    from perspectives.vocab import Role, Scope
    from tests import people

    moderator = User.objects.create_user(name, role=Role.MODERATOR)
    people.protect(moderator)
    if slug:
        copied = yaml_text.read(content.files()["topics/minsk-ii.yaml"]).data
        drafting.begin(document={**copied, "topic": slug, "order": 900}, by=moderator)
    _, secret = api_keys.create(by=moderator, name="Outside", scopes=[scope.value for scope in Scope], expires_at=None)
    sys.stdout.write(f"{secret}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
