"""The desk's OpenAPI document: valid, complete, and apart from that of the readers."""

import json
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from perspectives.api.desk.urls import of_account, of_classes, of_notices, of_readers, of_webhooks, urlpatterns
from perspectives.api.schema import generator
from perspectives.api.schema.generator import openapi

SNAPSHOT = Path(__file__).with_name("openapi.json")
REFRESH = (
    "manage.py spectacular --generator-class perspectives.api.schema.generator.Desk --format openapi-json --validate "
    "--fail-on-warn --file tests/api/desk/openapi.json"
)


def test_it_is_valid_and_names_every_operation(client):
    document = client.get("/api/v1/desk/schema/").json()
    described = json.loads(json.dumps(openapi(is_desk=True)))
    assert document == {**described, "servers": [{**described["servers"][0], "url": "http://testserver"}]}
    OpenAPIV31SpecValidator(document).validate()
    patterns = [*urlpatterns, *of_readers, *of_webhooks, *of_notices, *of_classes, *of_account]
    views = [pattern.callback.cls for pattern in patterns if pattern.name != "desk-schema"]
    said = {(path, method) for path, item in document["paths"].items() for method in item}
    assert len(said) == sum(len(view().operations) for view in views)
    for item in document["paths"].values():
        for operation in item.values():
            assert operation["description"].endswith(".")
            assert {"401", "403", "404", "409"} <= set(operation["responses"])
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))


def test_it_equals_its_snapshot():
    assert json.loads(json.dumps(openapi(is_desk=True))) == json.loads(SNAPSHOT.read_text(encoding="utf-8")), (
        f"The desk is described otherwise than in {SNAPSHOT.name}. If that is meant, run: {REFRESH} — and say in the "
        "CHANGELOG what clients will notice."
    )


def test_readers_do_not_see_it():
    assert not [path for path in openapi()["paths"] if path.startswith(generator.DESK)]
