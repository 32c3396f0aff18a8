"""The desk's OpenAPI document: valid, complete, and apart from that of the readers."""

import json

from openapi_spec_validator import OpenAPIV31SpecValidator

from perspectives.api.desk.urls import urlpatterns
from perspectives.api.schema import openapi


def test_it_is_valid_and_names_every_operation(client):
    document = client.get("/api/v1/desk/schema/").json()
    assert document == json.loads(json.dumps(openapi(is_desk=True)))
    OpenAPIV31SpecValidator(document).validate()
    views = [pattern.callback.cls for pattern in urlpatterns if pattern.name != "desk-schema"]
    said = {(path, method) for path, item in document["paths"].items() for method in item}
    assert len(said) == sum(len(view().operations) for view in views)
    for item in document["paths"].values():
        for operation in item.values():
            assert operation["description"].endswith(".")
            assert {"401", "403", "404", "409"} <= set(operation["responses"])
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names))


def test_readers_do_not_see_it():
    assert not [path for path in openapi()["paths"] if path.startswith("/api/v1/desk/")]
