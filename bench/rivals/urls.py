"""The site's addresses, the rivals', and the constant answer."""

import os
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.rivals import rest
from bench.rivals.ninja_api import api
from debatekb import urls as site

_BODY = b'"' + b"a" * (int(os.environ.get("BENCH_CONSTANT_BYTES", "40000")) - 2) + b'"'


def constant(_request: HttpRequest) -> HttpResponse:
    """Answer with as many bytes as the median topic has, without any work: what this server can do at most."""
    return HttpResponse(_BODY, content_type="application/json")


def constant_stateless(request: HttpRequest) -> HttpResponse:
    """Answer the same without the middlewares for pages, as our API does: the most that is possible here."""
    return constant(request)


constant_stateless.cls = SimpleNamespace(is_stateless=True)  # type: ignore[attr-defined]  # where StatelessMiddleware looks


urlpatterns = [
    path("rivals/constant/", constant),
    path("api/rivals/constant/", constant_stateless),
    path("rivals/rest/topics/", rest.TopicList.as_view()),
    path("rivals/rest/topics/<slug:slug>/", rest.TopicView.as_view()),
    path("rivals/rest/claims/", rest.ClaimList.as_view()),
    path("rivals/ninja/", api.urls),
    *site.urlpatterns,
]
