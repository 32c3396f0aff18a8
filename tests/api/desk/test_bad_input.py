"""Whatever is wrong with a request to write is refused and changes nothing: generated from the document of the desk."""

import json
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.actions.webhooks import webhooks
from perspectives.api.schema.generator import openapi
from perspectives.models import Article, LogEntry, Topic, User, WebhookDelivery
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests import factories, lesson, suggesting
from tests.api.conftest import assert_problem
from tests.api.test_bad_input import wrong_values
from tests.repo import desk_routes

pytestmark = pytest.mark.django_db
DOCUMENT = json.loads(json.dumps(openapi(is_desk=True)))
OPERATIONS = [(method, path, about) for path, item in DOCUMENT["paths"].items() for method, about in item.items()]
METHODS = {"get", "post", "put", "delete", "patch", "trace", "query"}
SOME_VERSION = '"0123456789abcdef"'
NAMES = {"topic", "article", "source", "person"}
"""Filters that name something."""
RULED = {"AcceptedCopy", "IntakeDecision", "Merge", "NewActivity", "NewFeedback", "Picks", "Sighting", "SourceRecord"}
"""Bodies with rules that no smallest body keeps to; these are read before anything is looked for."""
OF_A_KIND = {
    "string": [5, True, [], {}],
    "integer": ["x", 1.5, [], {}],
    "boolean": ["maybe", 5, [], {}],
    "array": ["x", 5, {"a": 1}],
    "object": ["x", 5, []],
}
"""Values that are not of a type of JSON Schema."""


def chosen(choose):
    """Run a test for each operation that is chosen."""
    found = [one for one in OPERATIONS if choose(one[2])]
    return pytest.mark.parametrize(
        ("method", "path", "about"), found, ids=[f"{method}-{path}" for method, path, _ in found]
    )


def queries(about):
    return {one["name"]: one["schema"] for one in about.get("parameters", ()) if one["in"] == "query"}


def is_versioned(about):
    return any(one["name"] == "If-Match" for one in about.get("parameters", ()))


def body(about):
    """Give the schema of the body, {} where there is none."""
    if "requestBody" not in about:
        return {}
    return resolved(about["requestBody"]["content"]["application/json"]["schema"])


def resolved(schema):
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


every_operation = chosen(lambda about: True)
every_body = chosen(lambda about: "requestBody" in about)
every_versioned = chosen(is_versioned)


class World:
    """A chief editor with a key of all scopes, and something at every address."""

    def __init__(self):
        made = desk_routes.world()
        self.headers = {"authorization": f"Bearer {desk_routes.key_of_all_scopes(Role.CHIEF_EDITOR)}"}
        chief = User.objects.get(username=Role.CHIEF_EDITOR)
        webhook, _ = webhooks.add(by=chief, address="https://93.184.215.14/hook")
        delivery = WebhookDelivery.objects.get(webhook=webhook)
        activity = lesson.activity(owner=chief)
        own = {"webhook": webhook.pk, "delivery": delivery.pk, "suggestion": suggesting.sent(chief).pk}
        own |= {"classroom": activity.classroom_id, "activity": activity.pk}
        self.values = {**made, **desk_routes.SOURCE, **own, "slug": factories.TOPIC, "part": "head"}
        self.values["number"] = made["confirmation"]

    def address(self, path, **other):
        slug = {"slug": factories.ARTICLE} if "/articles/" in path else {}
        entry = {"entry": 1} if "/intakes/" in path else {}
        source = {"key": factories.ARTICLE_SOURCE} if "/confirmations/" in path else {}
        return path.format(**{**self.values, **slug, **entry, **source, **other})

    def ask(self, method, address, content=b"{}", media_type="application/json", **headers):
        client = Client(raise_request_exception=False)
        content = b"" if method == "get" else content
        return client.generic(method.upper(), address, content, media_type, headers={**self.headers, **headers})


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
        for subject in [*Topic.objects.order_by("order"), *Article.objects.all()]:
            publishing.publish_first(subjects=[subject], by=OPERATOR)
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db):
    before = LogEntry.objects.count()
    yield made
    assert LogEntry.objects.count() == before


def version(about):
    return {"if-match": SOME_VERSION} if is_versioned(about) else {}


@every_operation
def test_an_unknown_parameter_is_refused_with_those_that_are_known(world, method, path, about):
    for name in ("colour", "Cursor", "note[]"):
        response = world.ask(method, f"{world.address(path)}?{name}=x", **version(about))
        problem = assert_problem(response, 400, "unknown_parameter", parameter=name)
        assert set(problem["known"]) == set(queries(about))


@chosen(queries)
def test_each_wrong_value_of_a_parameter_is_refused(world, method, path, about):
    for name, schema in queries(about).items():
        for value in ["", *wrong_values(schema)]:
            response = world.ask(method, f"{world.address(path)}?{urlencode({name: value})}", **version(about))
            code = response.json().get("code")
            assert code in {"invalid_parameter", "invalid_cursor"}, (name, value, response.content[:300])
            problem = assert_problem(response, response.status_code, code, parameter=name)
            assert response.status_code in {400, 404}
            if value and "," not in value and "enum" in schema:
                assert set(problem["known"]) == set(schema["enum"])
        twice = world.ask(method, f"{world.address(path)}?{name}=a&{name}=b", **version(about))
        assert_problem(twice, 400, "repeated_parameter", parameter=name)


@chosen(lambda about: NAMES & set(queries(about)))
def test_a_filter_that_names_nothing_is_refused(world, method, path, about):
    for name in NAMES & set(queries(about)):
        response = world.ask(method, f"{world.address(path)}?{name}=no-such-thing")
        assert_problem(response, 404, "not_found", parameter=name)


@every_body
def test_what_is_no_object_of_json_is_refused(world, method, path, about):
    for content in (b"", b"{", b"\xff", b'{"a": NaN', b"[" * 100_000):
        assert_problem(world.ask(method, world.address(path), content, **version(about)), 400, "bad_request")
    for content in (b"[]", b'"x"', b"5", b"null", b"true"):
        response = world.ask(method, world.address(path), content, **version(about))
        assert assert_problem(response, 422, "rules_broken")["problems"]
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        response = world.ask(method, world.address(path), b"{}", media_type, **version(about))
        assert_problem(response, 415, "unsupported_media_type")


@chosen(lambda about: body(about).get("additionalProperties") is False)
def test_each_wrong_member_of_a_body_is_told_by_its_name(world, method, path, about):
    schema = body(about)
    wrong = [("colour", "red")]
    wrong += [(name, value) for name, one in schema["properties"].items() for value in wrong_members(resolved(one))]
    for name, value in wrong:
        content = json.dumps({name: value}).encode()
        response = world.ask(method, world.address(path), content, **version(about))
        told = assert_problem(response, 422, "rules_broken")["problems"]
        assert any(name in words for words in told), (name, value, told)
        assert all(any(needed in words for words in told) for needed in set(schema.get("required", ())) - {name})


def wrong_members(schema):
    """Make values that a member of a body may not have, one for each thing that its schema says."""
    yield from OF_A_KIND.get(schema.get("type"), ())
    if "enum" in schema:
        yield from ("no-such-code", schema["enum"][0].upper())
    if "maxLength" in schema:
        yield "a" * (schema["maxLength"] + 1)
    if schema.get("minimum") == 0:
        yield -1
    if schema.get("minItems"):
        yield []


@every_versioned
def test_no_version_none_that_can_be_read_and_another_are_refused(world, method, path, about):
    address = world.address(path)
    assert_problem(world.ask(method, address), 428, "precondition_required")
    for tag in ("x", '"x"', f"W/{SOME_VERSION}", f"{SOME_VERSION}, {SOME_VERSION}", "*"):
        assert_problem(world.ask(method, address, **{"if-match": tag}), 400, "bad_request")


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_no_method_but_those_that_are_described_is_taken(world, path):
    described = set(DOCUMENT["paths"][path])
    for method in METHODS - described:
        response = world.ask(method, world.address(path))
        assert_problem(response, 405, "method_not_allowed")
        allowed = {one.strip().lower() for one in response["Allow"].split(",")}
        assert allowed - {"head", "options"} == described


@every_operation
def test_what_is_not_there_is_not_found(world, method, path, about):
    for one in [parameter for parameter in about.get("parameters", ()) if parameter["in"] == "path"]:
        is_number = one["schema"]["type"] == "integer"
        address = world.address(path, **{one["name"]: 999_999 if is_number else "no-such-thing"})
        content = json.dumps(least(body(about))).encode()
        response = world.ask(method, address, content, **version(about))
        is_more_needed = body(about).get("title") in RULED
        assert_problem(response, *((422, "rules_broken") if is_more_needed else (404, "not_found")))
        if is_number:
            assert_problem(world.ask(method, world.address(path, **{one["name"]: "x"})), 404, "unknown_address")


def least(schema):
    """Make the smallest body that keeps to a schema."""
    kinds = {"string": "x", "integer": 0, "boolean": False, "array": [], "object": {}}
    return {
        name: one["enum"][0] if "enum" in one else kinds[one["type"]]
        for name in schema.get("required", ())
        for one in [resolved(schema["properties"][name])]
    }
