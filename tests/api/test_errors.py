"""From exceptions to problem documents."""

import json
import logging
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from rest_framework.exceptions import (
    APIException,
    NotAcceptable,
    NotFound,
    ParseError,
    Throttled,
    UnsupportedMediaType,
    ValidationError,
)

from perspectives.api.http import problems
from perspectives.api.http.errors import problem_response
from perspectives.api.http.middleware import ProblemMiddleware
from perspectives.api.http.problems import PROBLEMS
from perspectives.errors import BrokenRulesError, DomainError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.queries.publication import published
from tests.api.conftest import assert_problem

PRIVATE = "host=10.0.0.1 password=hunter2"
KINDS = [
    (NotFoundError("No such thing."), 404, "not_found", "No such thing."),
    (NotPermittedError("Not you."), 403, "not_permitted", "Not you."),
    (NotPossibleError("Not now."), 409, "not_possible", "Not now."),
    (BrokenRulesError("Broken:", ("one",)), 422, "rules_broken", "Broken:\none"),
    (DomainError("No."), 400, "bad_request", "No."),
    (Http404(PRIVATE), 404, "not_found", None),
    (PermissionDenied(PRIVATE), 403, "not_permitted", None),
    (SuspiciousOperation(PRIVATE), 400, "bad_request", None),
    (BadRequest(PRIVATE), 400, "bad_request", None),
    (OperationalError(PRIVATE), 503, "unavailable", None),
    (InterfaceError(PRIVATE), 503, "unavailable", None),
    (ValueError(PRIVATE), 500, "server_error", None),
    (RecursionError(PRIVATE), 500, "server_error", None),
    (ParseError(PRIVATE), 400, "bad_request", None),
    (NotFound(PRIVATE), 404, "unknown_address", None),
    (NotAcceptable(PRIVATE), 406, "not_acceptable", None),
    (UnsupportedMediaType(PRIVATE), 415, "unsupported_media_type", None),
    (Throttled(wait=7.2), 429, "too_many_requests", None),
    (APIException(PRIVATE), 500, "server_error", None),
    (ValidationError(["no parameter"]), 400, "bad_request", None),
]


def answer(error):
    return problem_response(error, {"request": RequestFactory().get("/api/v1/")})


def parsed(response):
    response.json = lambda: json.loads(response.content)
    return response


@pytest.mark.parametrize(("error", "status", "code", "detail"), KINDS, ids=lambda value: type(value).__name__)
def test_each_exception_has_its_problem(error, status, code, detail):
    problem = assert_problem(parsed(answer(error)), status, code)
    assert problem["detail"] == (detail or PROBLEMS[code].sentence)
    assert PRIVATE not in str(problem)


def test_a_filter_that_refuses_names_its_parameter():
    error = ValidationError({"year": ["Give a year.", "Really."]})
    problem = assert_problem(parsed(answer(error)), 400, "invalid_parameter", parameter="year")
    assert problem["detail"] == "Give a year. Really."


def test_when_to_come_back():
    assert answer(Throttled(wait=7.2))["Retry-After"] == "8"
    assert answer(OperationalError())["Retry-After"] == "5"
    assert "Retry-After" not in answer(Throttled())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/topics/x/", "/api/v1/claims/x/y/"])
def test_a_mistake_of_ours_is_logged_and_told_to_nobody(monkeypatch, caplog, address):
    seen = []

    def told(**signal):
        seen.append(signal["request"].path)

    def fail(*_args, **_kwargs):
        raise ValueError(PRIVATE)

    got_request_exception.connect(told)
    monkeypatch.setattr("perspectives.api.topics.documents.TopicView.fetch", staticmethod(fail))
    monkeypatch.setattr(published, "claims", fail)
    with caplog.at_level(logging.ERROR, "django.request"):
        response = Client(raise_request_exception=False).get(address)
    got_request_exception.disconnect(told)
    assert PRIVATE not in response.content.decode()
    assert_problem(response, 500, "server_error")
    assert seen == [address]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert PRIVATE in str(record.exc_info)


@pytest.mark.django_db
def test_an_error_while_a_format_is_written_is_a_problem_too(library, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError(PRIVATE)

    monkeypatch.setattr("perspectives.queries.publication.formatted_references.biblatex", fail)
    response = Client(raise_request_exception=False).get("/api/v1/sources.bib")
    assert_problem(response, 503, "unavailable")
    assert response["Retry-After"] == "5"
    assert PRIVATE not in response.content.decode()


@pytest.mark.django_db
def test_every_kind_of_problem_is_described_where_its_type_points(client):
    listed = client.get("/api/v1/problems/").json()
    assert set(listed["problems"]) == set(PROBLEMS)
    for code, problem in PROBLEMS.items():
        address, pointer = problem.type.split("#")
        assert address == "/api/v1/problems/"
        assert pointer == f"/problems/{code}"
        assert listed["problems"][code]["status"] == problem.status


def test_every_kind_of_problem_stands_in_the_documentation():
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    for code, problem in PROBLEMS.items():
        assert f"| `{code}` | {problem.status} |" in text


def test_a_bare_status_has_a_kind():
    assert problems.of_status(418) is problems.BAD_REQUEST
    assert problems.of_status(502) is problems.SERVER_ERROR


@pytest.mark.parametrize(("status", "code"), [(400, "bad_request"), (403, "not_permitted"), (404, "unknown_address")])
@pytest.mark.parametrize("method", ["get", "head"])
def test_errors_of_others_below_the_api_become_problems(status, code, method):
    request = getattr(RequestFactory(), method)("/api/v2/")
    response = ProblemMiddleware(lambda _: HttpResponse("<h1>No</h1>", status=status, headers={"X-Kept": "1"}))(request)
    assert (response["Content-Type"], response["X-Kept"]) == ("application/problem+json", "1")
    assert int(response["Content-Length"]) > 100
    if method == "get":
        assert_problem(parsed(response), status, code)
    else:
        assert response.content == b""


@pytest.mark.parametrize(
    ("path", "status", "media_type"),
    [("/about/", 404, "text/html"), ("/api/v1/", 200, "text/html"), ("/api/v1/", 404, "application/problem+json")],
)
def test_other_answers_stay_as_they_are(path, status, media_type):
    response = HttpResponse("as it is", status=status, content_type=media_type)
    assert ProblemMiddleware(lambda _: response)(RequestFactory().get(path)).content == b"as it is"


@pytest.mark.django_db
def test_the_whole_stack_speaks_problems_below_the_api(client, settings):
    ours = "perspectives.api.http.middleware.ProblemMiddleware"
    settings.MIDDLEWARE = [ours, *(name for name in settings.MIDDLEWARE if name != ours)]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    assert_problem(client.get("/api/v2/"), 404, "unknown_address")
    assert_problem(client.get("/api/v1/", headers={"host": "evil.example"}), 400, "bad_request")
    page = client.get("/nothing/")
    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")
