"""What the OpenAPI document says besides what drf-spectacular takes from the views."""

from collections.abc import Iterator
from typing import Any, Final

from perspectives.api.schema.members import describe
from perspectives.api.schema.suffixes import add_suffixes
from perspectives.api.search.group_schema import tell_of_groups

Schema = dict[str, Any]
_REFERENCE: Final = "#/components/schemas/"
_PARTIAL: Final = "Partial"
_KEY: Final[dict[str, list[str]]] = {"apiKey": []}
"""Without a key the desk gives nothing; readers need none."""
SERVER: Final = {"url": "/", "description": "The server that gave this document."}


def first_sentence(text: str) -> str:
    """Give the first sentence or clause of a description, without its stop."""
    for stop in (". ", ": ", "; "):
        text = text.partition(stop)[0]
    return text.rstrip(".:;")


def finished(document: Schema, *, is_desk: bool) -> Schema:
    """Finish a document: a description of every member, where it is served, and how clients may rely on it.

    Answers to readers may get new members, so their shapes are open, and with `fields=` any member may be missing.
    What is sent to the desk may not have other members than those described.
    """
    document["servers"] = [SERVER]
    _tell_of_lists(document)
    document["security"] = [_KEY] if is_desk else [{}, _KEY]
    schemas = document["components"]["schemas"]
    describe(schemas)
    if not is_desk:
        _open(document)
        _unwrap_formats(document)
        _tell_of_fields(document)
        tell_of_groups(document)
        add_suffixes(document)
        document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _tell_of_lists(document: Schema) -> None:
    """Say that lists are written with commas; clients that repeat the parameter instead are understood too."""
    for path in document["paths"].values():
        for operation in path.values():
            for one in operation.get("parameters", ()):
                if one["in"] == "query" and one["schema"].get("type") == "array":
                    one.update(style="form", explode=False)
                    one["description"] += " Several are separated by commas, or the parameter is repeated."


def _open(part: Any) -> None:
    """Let objects have further members than those described."""
    for one in _objects(part):
        if one.get("additionalProperties") is False:
            del one["additionalProperties"]


def _objects(part: Any) -> Iterator[Schema]:
    if isinstance(part, dict):
        yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from _objects(one)


def _unwrap_formats(document: Schema) -> None:
    """Say that other formats are whole texts: drf-spectacular wraps a page of JSON around each of a list."""
    for path in document["paths"].values():
        for media_type, body in path["get"]["responses"]["200"]["content"].items():
            rows = body["schema"].get("properties", {}).get("results")
            if media_type != "application/json" and rows:
                body["schema"] = rows["items"]


def _tell_of_fields(document: Schema) -> None:
    """Say that records are whole or, with `fields=`, some of their members: each shape gets a partial one beside it."""
    schemas = document["components"]["schemas"]
    for path in document["paths"].values():
        operation = path["get"]
        if not any(one["name"] == "fields" for one in operation["parameters"]):
            continue
        body = operation["responses"]["200"]["content"]["application/json"]
        page = schemas[body["schema"]["$ref"].removeprefix(_REFERENCE)]
        rows = page.get("properties", {}).get("results")
        holder, place = (rows, "items") if rows else (body, "schema")
        if "$ref" in holder[place]:
            name = holder[place]["$ref"].removeprefix(_REFERENCE)
            schemas[f"{_PARTIAL}{name}"] = _partial(name, schemas[name])
            holder[place] = {"anyOf": [holder[place], {"$ref": f"{_REFERENCE}{_PARTIAL}{name}"}]}


def _partial(name: str, whole: Schema) -> Schema:
    told = {key: value for key, value in whole.items() if key not in {"required", "description", "title"}}
    return {
        **told,
        "title": f"{_PARTIAL}{name}",
        "description": f"`{name}` with the members that `fields=` chooses alone.",
    }
