"""What the tests of the desk's resources share: clients with keys of people of each role."""

import json

import pytest
from django.test import Client

from perspectives.actions import keys
from perspectives.models import User
from perspectives.vocab import Role, Scope

BASE = "/api/v1/desk/"


class Curator:
    """Asks in the name of a person; bodies are JSON."""

    def __init__(self, user, scopes=(Scope.CURATE.value,)):
        self.user = user
        _, secret = keys.create(by=user, name=f"key {user.api_keys.count()}", scopes=list(scopes), expires_at=None)
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def ask(self, method, path, body=None, version=None, **headers):
        if version is not None:
            headers["if-match"] = version
        content = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method.upper(), f"{BASE}{path}", content, content_type="application/json", headers=headers
        )

    def get(self, path):
        return self.ask("get", path)


@pytest.fixture
def curator(db):
    """Make a curator of a role."""

    def make(role=Role.MODERATOR, username="", **options):
        return Curator(User.objects.create_user(username or f"api-{role}", role=role), **options)

    return make


@pytest.fixture
def moderator(curator):
    return curator()
