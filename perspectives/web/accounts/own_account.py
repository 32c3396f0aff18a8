"""Whose account it is."""

from typing import cast

from django.http import HttpRequest

from perspectives.models import User


def person(request: HttpRequest) -> User:
    """Give the person who is signed in, which the page has seen to."""
    return cast("User", request.user)
