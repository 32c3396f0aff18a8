"""What the tests of the desk's resources share: clients with keys of people of each role."""

import json

import pytest
from django.test import Client

from perspectives.actions.accounts import api_keys
from perspectives.models import User
from perspectives.vocab import Role, Scope
from tests import people

BASE = "/api/v1/desk/"
SUGGESTIONS = "/api/v1/suggestions/"


class Curator:
    """Asks in the name of a person, who has a second factor; bodies are JSON. An address may begin at the root."""

    def __init__(self, user, scopes=(Scope.CURATE.value,)):
        self.user = user
        people.protect(user)
        _, secret = api_keys.create(by=user, name=f"key {user.api_keys.count()}", scopes=list(scopes), expires_at=None)
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def ask(self, method, path, body=None, version=None, **headers):
        if version is not None:
            headers["if-match"] = version
        content = b"" if body is None else json.dumps(body).encode()
        address = path if path.startswith("/") else f"{BASE}{path}"
        return self.client.generic(method.upper(), address, content, content_type="application/json", headers=headers)

    def get(self, path):
        return self.ask("get", path)

    def post(self, path, body=None, version=None):
        return self.ask("post", path, {} if body is None else body, version=version)


@pytest.fixture
def curator(db):
    """Make a curator of a role; a reader was a contributor when the key was made."""

    def make(role=Role.MODERATOR, username="", **options):
        user = User.objects.create_user(username or f"api-{role}", role=role)
        if role != Role.READER:
            return Curator(user, **options)
        user.role = Role.CONTRIBUTOR
        user.save()
        made = Curator(user, **options)
        user.role = role
        user.save()
        return made

    return make


@pytest.fixture
def moderator(curator):
    return curator()


@pytest.fixture
def sender(db):
    """A reader with a key that suggests."""
    return Curator(User.objects.create_user("sends"), scopes=[Scope.SUGGEST.value])
