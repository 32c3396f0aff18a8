"""Whatever is wrong with a request is refused, and it is told how to mend it: generated from the OpenAPI document."""

import json

import pytest

from perspectives.api.schema.generator import openapi
from tests import factories
from tests.api.conftest import assert_problem
from tests.api.test_openapi import QUERIES, in_json

pytestmark = pytest.mark.django_db
DOCUMENT = json.loads(json.dumps(openapi()))
PLACES = {
    "slug": factories.TOPIC,
    "topic": factories.TOPIC,
    "claim": "s1",
    "article": factories.ARTICLE,
    "passage": "p1",
    "person": factories.PERSON,
    "key": "pratt2018timber",
    "number": "1",
    "before": "1",
    "after": "2",
}
WHOLE = {"fields", "include"}
"""Lists that go with JSON alone."""
NAMES = {"topic", "article", "tag", "source", "holder", "stated_by", "claim", "id", "style", "cursor", "since"}
"""Parameters whose value names something: what is well-formed may still be nothing's name."""


def operations():
    """Give every address that is described, filled in, with its path and operation."""
    for path, item in in_json(DOCUMENT).items():
        known = {**PLACES, **({"slug": factories.ARTICLE} if "/articles/" in path else {})}
        yield path, path.format(**known), item["get"]


OPERATIONS = list(operations())
PARAMETERS = [
    (path, address, one)
    for path, address, operation in OPERATIONS
    for one in operation["parameters"]
    if one["in"] == "query"
]
every_operation = pytest.mark.parametrize(
    ("path", "address", "operation"), OPERATIONS, ids=[one[0] for one in OPERATIONS]
)
every_parameter = pytest.mark.parametrize(
    ("path", "address", "parameter"), PARAMETERS, ids=[f"{path}-{one['name']}" for path, _, one in PARAMETERS]
)


def wrong_values(schema):
    """Make values that the schema forbids, one for each thing that it says."""
    if schema.get("type") == "array":
        yield from wrong_lists(schema)
    if schema.get("type") == "boolean":
        yield from ("yes", "1", "TRUE", "null", "true,false")
    if schema.get("type") == "integer":
        yield from ("x", "1.5", "1e3", " 1", "-1", "0", str(schema["maximum"] + 1), "9" * 400, "\u0661")
    if "enum" in schema:
        yield from ("no-such-code", schema["enum"][0].upper(), f"{schema['enum'][0]},{schema['enum'][-1]}")
    if "maxLength" in schema:
        yield "a" * (schema["maxLength"] + 1)
    if "pattern" in schema:
        yield from ("\x00", "a\nb", "\ufffd")
        if "\\x00" not in schema["pattern"]:
            yield from ("#", " ")


def wrong_lists(schema):
    """Make lists that the schema forbids: of codes, or of values that match a pattern."""
    items = schema["items"]
    if "enum" in items:
        codes = items["enum"]
        yield from ("no-such-member", f"{codes[0]},no-such-member", f"{codes[0]},{codes[0]}", f",{codes[0]}")
        yield codes[0].upper()
    else:
        yield from ("#", " ", "a,a", ",a", "a,", "a,,b", "A b", "a\nb", "\x00", "a" * (items.get("maxLength", 10) + 1))
    if "maxItems" in schema:
        yield ",".join(items["enum"][: schema["maxItems"] + 1])


def ask(client, path, address, query):
    return client.get(address, {**QUERIES.get(path, {}), **query})


def assert_pointed(problem, path):
    """Check that the pointer leads into the served document to the operation that describes the parameter."""
    base, _, pointer = problem["pointer"].partition("#")
    assert base == "/api/v1/schema/"
    found = DOCUMENT
    for step in pointer.split("/")[1:]:
        found = found[step.replace("~1", "/").replace("~0", "~")]
    assert found is DOCUMENT["paths"][path]["get"]


@every_parameter
def test_each_wrong_value_is_refused_with_what_it_can_be(client, library, path, address, parameter):
    name, schema = parameter["name"], parameter["schema"]
    values = ["", *wrong_values(schema)]
    assert len(values) > 1 or name == "url"
    for value in values:
        response = ask(client, path, address, {name: value})
        code = response.json().get("code")
        assert code in {"invalid_parameter", "invalid_cursor", "not_found"}, (value, response.content[:300])
        problem = assert_problem(
            response, 404 if code in {"invalid_cursor", "not_found"} else 400, code, parameter=name
        )
        assert name in problem["detail"] or problem["detail"]
        assert_pointed(problem, path)
        choices = schema.get("enum") or schema.get("items", {}).get("enum")
        if choices and value and "," not in value:
            assert set(problem["known"]) == set(choices), value


@every_parameter
def test_a_parameter_given_twice_is_refused_unless_it_is_a_list(client, library, path, address, parameter):
    name = parameter["name"]
    query = "&".join(f"{key}={value}" for key, value in QUERIES.get(path, {}).items() if key != name)
    response = client.get(f"{address}?{query}&{name}=a&{name}=b")
    codes = {"invalid_parameter", "not_found"} if parameter["schema"]["type"] == "array" else {"repeated_parameter"}
    code = response.json()["code"]
    assert code in codes
    assert_pointed(assert_problem(response, 404 if code == "not_found" else 400, code, parameter=name), path)


@every_operation
def test_an_unknown_parameter_is_refused_with_those_that_are_known(client, library, path, address, operation):
    for name in ("colour", "Limit", "colour[]", "limit[]"):
        problem = assert_problem(ask(client, path, address, {name: "x"}), 400, "unknown_parameter", parameter=name)
        described = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        elsewhere = {"style", "format"}  # described where texts are, and left to the suffix where there is one
        assert set(problem["known"]) - elsewhere == described - elsewhere
        assert_pointed(problem, path)


@every_operation
def test_a_name_in_the_address_that_nothing_has_is_not_found(client, library, path, address, operation):
    for variable in [one["name"] for one in operation["parameters"] if one["in"] == "path"]:
        known = {**PLACES, **({"slug": factories.ARTICLE} if "/articles/" in path else {})}
        wrong = "999999" if known[variable].isdigit() else "no-such-thing"
        for query in ({}, {"colour": "red"}):
            response = client.get(path.format(**{**known, variable: wrong}), query)
            expected = (400, "unknown_parameter") if query else (404, "not_found")
            assert_problem(response, *expected, parameter="colour" if query else None)


@every_operation
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_no_other_method_is_taken_at_any_form_of_the_address(client, path, address, operation, method):
    bare = address.rstrip("/")
    for form in (address, bare, f"{bare}.json", f"{bare}.csv", f"{address}?colour=red"):
        if path == "/api/v1/" and form != address:
            continue
        response = client.generic(method, form, data=b"{}", content_type="application/json")
        assert_problem(response, 405, "method_not_allowed")
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@every_operation
def test_what_goes_with_json_only_is_refused_with_other_formats(client, library, path, address, operation):
    described = DOCUMENT["paths"].get(f"{path.rstrip('/')}.{{suffix}}", {"get": {"parameters": []}})["get"]
    suffixes = next((one["schema"]["enum"] for one in described["parameters"] if one["name"] == "suffix"), [])
    lists = [one for one in operation["parameters"] if one["name"] in WHOLE]
    for suffix in suffixes:
        for one in lists:
            query = {**QUERIES.get(path, {}), one["name"]: one["schema"]["items"]["enum"][0]}
            response = client.get(f"{address.rstrip('/')}.{suffix}", query)
            assert_problem(response, 400, "invalid_parameter", parameter=one["name"])
    unknown = client.get(f"{address.rstrip('/')}.nothing", QUERIES.get(path, {}))
    assert_problem(unknown, 404, "unknown_address")


def test_every_kind_of_value_is_tried():
    """The table of wrong values knows each keyword with which the document narrows a parameter."""
    keywords = {word for _, _, one in PARAMETERS for word in one["schema"]}
    told = {"description", "examples", "default", "type"}
    assert keywords - told == {
        *("array", "enum", "format", "items", "maxItems", "maxLength", "maximum", "minItems"),
        *("minLength", "minimum", "pattern", "uniqueItems"),
    } - {"array"}
    assert len(PARAMETERS) > 100
