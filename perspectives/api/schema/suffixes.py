"""The addresses with a suffix that asks for a format, which drf-spectacular leaves out: `claims.csv`, `dataset.zip`."""

from copy import deepcopy
from typing import Any, Final

from django.urls import resolve
from uritemplate import expand, variables

from perspectives.api.http.errors import MEDIA_TYPE
from perspectives.api.http.formats import JSON, ZIP, Format

_SUFFIX: Final = "{suffix}"
_OF_OTHERS: Final = {"style", "format"}
"""Parameters that ask for another format than JSON."""


def add_suffixes(document: dict[str, Any]) -> None:
    """Add beside each resource that has several formats the address whose suffix chooses, and `dataset.zip`."""
    for path, item in list(document["paths"].items()):
        forms = [renderer.form for renderer in view_of(path).renderer_classes]
        others = [form for form in forms if form not in (JSON, ZIP)]
        if ZIP in forms:
            document["paths"][f"{path.rstrip('/')}.{ZIP.suffix}"] = {"get": _download(item["get"])}
        if others:
            document["paths"][f"{path.rstrip('/')}.{_SUFFIX}"] = {"get": _in_format(item["get"], others)}
            _leave_json(item["get"], others)


def view_of(path: str) -> Any:
    """Find the view class of a path, with any value for its variables."""
    answer: Any = resolve(expand(path, dict.fromkeys(variables(path), "1"))).func
    return answer.cls


def _leave_json(operation: dict[str, Any], others: list[Format]) -> None:
    """Describe the address without a suffix in JSON alone, or typed clients would take each answer for text or JSON."""
    told = "; ".join(f"`.{form.suffix}` or `{form.media_type}`" for form in others)
    operation["description"] += f" Other formats, by suffix or by `Accept`: {told}."
    answer = operation["responses"]["200"]
    answer["content"] = {JSON.media_type: answer["content"][JSON.media_type]}
    operation["parameters"] = [one for one in operation["parameters"] if one["name"] not in _OF_OTHERS]


def _in_format(operation: dict[str, Any], forms: list[Format]) -> dict[str, Any]:
    """Describe the same in the formats other than JSON: text first, which every client can read."""
    made = deepcopy(operation)
    made["operationId"] += "InFormat"
    made["summary"] += ", in another format"
    made["parameters"] = [one for one in made["parameters"] if one["name"] not in {"fields", "include"}]
    words = "; ".join(f"`{form.suffix}`: {form.words}" for form in forms)
    schema = {"type": "string", "enum": [form.suffix for form in forms]}
    made["parameters"].append(
        {"in": "path", "name": "suffix", "required": True, "description": f"{words}.", "schema": schema}
    )
    answer = made["responses"]["200"]
    ordered = sorted(forms, key=lambda form: not form.media_type.startswith("text/"))
    answer["content"] = {form.media_type: operation["responses"]["200"]["content"][form.media_type] for form in ordered}
    if not any(one["in"] == "path" for one in operation["parameters"]):
        made["responses"]["404"] = _problem(operation, "There is no such format.")
    made["responses"] = dict(sorted(made["responses"].items()))
    return made


def _download(operation: dict[str, Any]) -> dict[str, Any]:
    """Describe the zip, whole or in parts (RFC 9110, 14)."""
    made = deepcopy(operation)
    made["operationId"] += "Zip"
    made["summary"] = "Everything that is published, as a zip"
    made["parameters"] += [
        _header("Range", "Which bytes: `bytes=1000-` goes on after the first thousand."),
        _header("If-Range", "The ETag of what one has a part of: only of the same file a part is given."),
    ]
    binary = {ZIP.media_type: {"schema": {"type": "string", "format": "binary"}}}
    whole = made["responses"]["200"]
    whole["content"] = binary
    whole["headers"]["Accept-Ranges"] = _answer_header("That parts of the file may be asked for.")
    part = {"Content-Range": _answer_header("Which bytes these are, and of how many.")}
    made["responses"]["206"] = {"content": binary, "description": "The part that was asked for.", "headers": part}
    made["responses"]["416"] = {**_problem(operation, "The file has none of these bytes."), "headers": part}
    made["responses"] = dict(sorted(made["responses"].items()))
    return made


def _problem(operation: dict[str, Any], words: str) -> dict[str, Any]:
    return {"content": {MEDIA_TYPE: operation["responses"]["400"]["content"][MEDIA_TYPE]}, "description": words}


def _header(name: str, words: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "description": words, "schema": {"type": "string"}}


def _answer_header(words: str) -> dict[str, Any]:
    return {"schema": {"type": "string"}, "description": words}
