"""The OpenAPI document: valid, equal to its snapshot, and true of every answer."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from perspectives.api.http.problems import PROBLEMS
from perspectives.api.schema import generator, members, suffixes
from perspectives.api.schema.generator import openapi
from tests import factories

SNAPSHOT = Path(__file__).with_name("openapi.json")
REFRESH = "manage.py spectacular --format openapi-json --validate --fail-on-warn --file tests/api/openapi.json"
QUERIES = {
    "/api/v1/oembed/": {"url": f"http://testserver/topics/{factories.TOPIC}/"},
    "/api/v1/search/": {"q": "timber"},
    "/api/v1/answers/": {"topic": factories.TOPIC},
}
"""What an operation needs besides its path."""
SOMETIMES = {"Edition-Archived", "Edition-Retracted", "Link", "RateLimit", "RateLimit-Policy", "X-Total-Count"}
"""Headers that not every answer has."""
KEYWORDS = {"minimum", "maximum", "pattern", "maxLength", "format"}


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(openapi()))


def test_it_equals_its_snapshot(document):
    assert document == json.loads(SNAPSHOT.read_text(encoding="utf-8")), (
        f"The API is described otherwise than in {SNAPSHOT.name}. If that is meant, run: {REFRESH} — and say in the "
        "CHANGELOG what clients will notice."
    )


def test_it_is_valid(document):
    assert document["openapi"] == "3.1.1"
    OpenAPIV31SpecValidator(document).validate()


def test_null_is_said_the_way_of_3_1_and_only_between_pages(document):
    text = json.dumps(document)
    assert "nullable" not in text
    assert text.count('"null"') == 2 * text.count('"required": ["next", "previous", "results"')
    assert not re.search(r'"[gl][et]": ', text)


def test_it_is_served_as_it_is(client, document):
    served = client.get("/api/v1/schema/").json()
    assert served == {**document, "servers": [{**document["servers"][0], "url": "http://testserver"}]}


def test_each_operation_has_a_name_of_its_own_a_description_and_problems(document):
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, item in document["paths"].items():
        assert list(item) == ["get"]
        operation = item["get"]
        assert operation["description"]
        assert {"200", "304", "400", "406", "414", "default"} <= set(operation["responses"])
        assert ("404" in operation["responses"]) == ("{" in path)
        assert all(parameter["description"] for parameter in operation["parameters"])


def places(client):
    """Give values for the variables of every path."""
    claims = client.get("/api/v1/claims/?limit=200").json()["results"]
    passages = client.get("/api/v1/passages/?limit=200").json()["results"]
    sources = client.get("/api/v1/sources/?limit=200").json()["results"]
    people = client.get("/api/v1/people/?limit=200").json()["results"]
    return {
        "/api/v1/topics/{slug}/": [{"slug": factories.TOPIC}, {"slug": factories.OTHER_TOPIC}],
        "/api/v1/topics/{slug}/editions/": [{"slug": factories.TOPIC}],
        "/api/v1/topics/{slug}/editions/{number}/": [{"slug": factories.TOPIC, "number": "1"}],
        "/api/v1/topics/{slug}/timemap/": [{"slug": factories.TOPIC}],
        "/api/v1/topics/{slug}/diff/{before}/{after}/": [{"slug": factories.TOPIC, "before": "1", "after": "2"}],
        "/api/v1/topics/{slug}/matrix/": [{"slug": factories.TOPIC}, {"slug": factories.OTHER_TOPIC}],
        "/api/v1/topics/{slug}/brief/": [{"slug": factories.TOPIC}, {"slug": factories.OTHER_TOPIC}],
        "/api/v1/topics/{slug}/handouts/": [{"slug": factories.TOPIC}],
        "/api/v1/topics/{slug}/quiz/": [{"slug": factories.TOPIC}, {"slug": factories.OTHER_TOPIC}],
        "/api/v1/topics/{slug}/teach/": [{"slug": factories.TOPIC}, {"slug": factories.OTHER_TOPIC}],
        "/api/v1/topics/{slug}/graph/": [{"slug": factories.TOPIC}],
        "/api/v1/topics/{slug}/checks/": [{"slug": factories.TOPIC}],
        "/api/v1/topics/{slug}/timeline/": [{"slug": factories.TOPIC}],
        "/api/v1/articles/{slug}/timemap/": [{"slug": factories.ARTICLE}],
        "/api/v1/people/{person}/": [{"person": row["person"]} for row in people],
        "/api/v1/articles/{slug}/": [{"slug": factories.ARTICLE}],
        "/api/v1/articles/{slug}/editions/": [{"slug": factories.ARTICLE}],
        "/api/v1/articles/{slug}/editions/{number}/": [{"slug": factories.ARTICLE, "number": "1"}],
        "/api/v1/claims/{topic}/{claim}/": [named(claim["id"], "topic", "claim") for claim in claims],
        "/api/v1/passages/{article}/{passage}/": [named(row["id"], "article", "passage") for row in passages],
        "/api/v1/sources/{key}/": [{"key": source["key"]} for source in sources],
    }


def in_json(document):
    return {path: item for path, item in document["paths"].items() if not path.endswith((".{suffix}", ".zip"))}


def named(public_id, *names):
    return dict(zip(names, public_id.split("/"), strict=True))


def validator(document, schema):
    """Check a shape strictly: an answer has no member but those described, though clients must reckon with new ones."""
    return Draft202012Validator(closed({**schema, "components": document["components"]}))


def closed(schema):
    """Let objects have no members but those described, and records be whole, as they are without `fields=`."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if is_of_fields(schema.get("anyOf")):
        return {**schema, "anyOf": schema["anyOf"][:1]}
    made = {name: closed(part) for name, part in schema.items()}
    return {"additionalProperties": False, **made} if "properties" in made and made.get("type") == "object" else made


def is_of_fields(choices):
    return isinstance(choices, list) and choices[-1].get("$ref", "").startswith("#/components/schemas/Partial")


@pytest.mark.django_db
def test_every_answer_has_the_shape_that_is_promised(client, library, document):
    known = places(client)
    for path, item in in_json(document).items():
        promised = validator(document, item["get"]["responses"]["200"]["content"]["application/json"]["schema"])
        headers = item["get"]["responses"]["200"]["headers"]
        for values in known.get(path, [{}]):
            response = client.get(path.format(**values), QUERIES.get(path, {}))
            assert response.status_code == 200, path
            promised.validate(response.json())
            assert set(headers) - SOMETIMES <= set(response.headers)


@pytest.mark.django_db
def test_a_choice_of_fields_has_a_shape_that_is_promised_too(client, library, document):
    known, tried = places(client), 0
    for path, item in in_json(document).items():
        [names] = [one["schema"] for one in item["get"]["parameters"] if one["name"] == "fields"] or [None]
        if names is None:
            continue
        promised = Draft202012Validator(
            {
                **item["get"]["responses"]["200"]["content"]["application/json"]["schema"],
                "components": document["components"],
            }
        )
        address = path.format(**known.get(path, [{}])[0])
        for name in names["items"]["enum"]:
            response = client.get(address, {**QUERIES.get(path, {}), "fields": name})
            assert (response.status_code, response["Content-Type"]) == (200, "application/json")
            promised.validate(response.json())
            tried += 1
    assert tried > 100


@pytest.mark.django_db
def test_counts_and_totals_have_the_shape_that_is_promised_too(client, library, document):
    tried = 0
    for path, item in in_json(document).items():
        promised = validator(document, item["get"]["responses"]["200"]["content"]["application/json"]["schema"])
        choices = {one["name"]: one["schema"] for one in item["get"]["parameters"] if one["in"] == "query"}
        asked = [{"group_by": name} for name in choices.get("group_by", {"items": {"enum": []}})["items"]["enum"]]
        asked += [{"count": "true"}] if "count" in choices and "{" not in path else []
        for query in asked:
            answer = client.get(path, query).json()
            promised.validate(answer)
            assert "count" in answer
            tried += 1
    assert tried > 25


def test_lists_are_described_as_generated_clients_can_send_them(document):
    """With commas or repeated: both are understood."""
    for item in document["paths"].values():
        for one in item["get"]["parameters"]:
            is_list = one["in"] == "query" and one["schema"].get("type") == "array"
            assert ("style" in one, one.get("explode")) == ((True, False) if is_list else (False, None)), one["name"]
            assert not is_list or "commas" in one["description"]


def test_every_member_is_described_and_no_description_is_left_over(document):
    seen = set()
    for name, schema in document["components"]["schemas"].items():
        for member, about in schema.get("properties", {}).items():
            assert about.get("description"), f"{name}.{member}: describe it in perspectives/api/schema/members.py"
            seen |= {member, (name, member)}
    assert set(members.OF_ALL) <= seen
    assert {(shape, member) for shape, own in members.OF_SHAPES.items() for member in own} <= seen


def test_readers_must_reckon_with_new_members_and_the_desk_refuses_them(document):
    assert '"additionalProperties": false' not in json.dumps(document)
    assert '"additionalProperties": false' in json.dumps(openapi(is_desk=True))


def test_other_formats_are_no_pages_of_json(document):
    for item in document["paths"].values():
        for media_type, body in item["get"]["responses"]["200"]["content"].items():
            if media_type != "application/json":
                assert "properties" not in body["schema"], media_type


def test_addresses_with_a_suffix_and_headers_are_described(document):
    paths = document["paths"]
    assert list(paths["/api/v1/dataset.zip"]["get"]["responses"]["206"]["content"]) == ["application/zip"]
    [form] = [one for one in paths["/api/v1/claims.{suffix}"]["get"]["parameters"] if one["name"] == "suffix"]
    assert form["schema"]["enum"] == ["csv", "annotations"]
    for path, item in in_json(document).items():
        forms = {renderer.format for renderer in suffixes.view_of(path).renderer_classes} - {"json", "zip"}
        described = paths.get(f"{path.rstrip('/')}.{{suffix}}", {"get": {"parameters": []}})["get"]["parameters"]
        assert {name for one in described if one["name"] == "suffix" for name in one["schema"]["enum"]} == forms
        is_gate = path in {"/api/v1/topics/{slug}/", "/api/v1/articles/{slug}/"}
        assert is_gate == any(one["name"] == "Accept-Datetime" for one in item["get"]["parameters"])
        assert is_gate == ("302" in item["get"]["responses"])
        assert item["get"]["summary"]


@pytest.mark.django_db
def test_every_problem_has_the_shape_that_is_promised(client, library, document):
    promised = validator(document, {"$ref": "#/components/schemas/ProblemDocument"})
    for address in ("claims/?x=y", "claims/?limit=0", "topics/none/", "nothing/"):
        problem = client.get(f"/api/v1/{address}").json()
        promised.validate(problem)
        assert problem["code"] in PROBLEMS


def test_it_is_made_once_when_several_ask_first_at_once(monkeypatch):
    made = []

    def make(**_words):
        made.append(1)
        time.sleep(0.1)
        return {"openapi": "3.1.1"}

    monkeypatch.setattr(generator, "openapi", make)
    generator._openapi_bytes.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        answers = [asked.result() for asked in [threads.submit(generator.openapi_bytes) for _ in range(4)]]
    generator._openapi_bytes.cache_clear()
    assert (len(made), set(answers)) == (1, {b'{"openapi":"3.1.1"}'})
