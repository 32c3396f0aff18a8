"""Whose account it is, and the pages that are for that person alone."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.views.decorators.cache import never_cache

from perspectives.models import User
from perspectives.web.http.view_decorators import Parameters, View, taking


def person(request: HttpRequest) -> User:
    """Give the person who is signed in, which the page has seen to."""
    return cast("User", request.user)


def own_page(*methods: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let who is signed in see a page that takes these methods and that no cache keeps; lead others to the sign-in."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        answer: View[Parameters] = never_cache(taking(*methods)(login_required(view)))
        return answer

    return decorate
