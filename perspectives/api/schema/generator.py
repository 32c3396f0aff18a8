"""The OpenAPI document: made by drf-spectacular from the views, with their `shape` as the body of an answer."""

import json
from functools import cache
from threading import Lock
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, model_json_schema
from pydantic_core import core_schema
from uritemplate import variables

from perspectives.api.http import problems, sparse
from perspectives.api.http.errors import DESK, MEDIA_TYPE
from perspectives.api.http.formats import JSON, Format
from perspectives.api.schema import finishing
from perspectives.api.schema.problem_shapes import ProblemDocument
from perspectives.api.search import group_schema

_COMPONENT = "#/components/schemas/{model}"
_BOUNDS = {"ge": "minimum", "le": "maximum"}
_NAME = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_PATH: dict[str, tuple[dict[str, Any], str]] = {
    "slug": (_NAME, "The slug of the topic or article."),
    "topic": (_NAME, "The slug of the topic."),
    "article": (_NAME, "The slug of the article."),
    "claim": (_NAME, "The id of the claim within its topic."),
    "passage": (_NAME, "The id of the passage within its article."),
    "person": (_NAME, "The slug of the person."),
    "key": (_NAME, "The citekey of the source."),
    "number": (_NUMBER, "The number of the edition, from 1."),
    "bundle": (_NUMBER, "The number of the bundle."),
    "proposal": (_NUMBER, "The number of the proposal."),
    "suggestion": (_NUMBER, "The number of the suggestion."),
    "intake": (_NUMBER, "The number of the intake."),
    "entry": (_NUMBER, "The number of the entry."),
    "webhook": (_NUMBER, "The number of the webhook."),
    "delivery": (_NUMBER, "The number of the delivery."),
    "classroom": (_NUMBER, "The number of the class."),
    "activity": (_NUMBER, "The number of the activity."),
    "edition": (_NUMBER, "The id of the edition, as the list of editions gives it; not its number."),
    "part": ({"type": "string"}, "The path of a part, such as `perspectives/author/claims/s1`."),
    "before": (_NUMBER, "The number of the edition to start from."),
    "after": (_NUMBER, "The number of the edition to compare with it."),
}
_DESK_WORDS = (
    "What moderators do at the desk, for programs that curate: drafts, sources, suggestions, proposals; and what "
    "readers suggest. Every request needs a key: with the scope `curate` at the desk, with the scope `suggest` for "
    "one's own suggestions, `subscribe` for one's webhooks, `notices` for one's notices, `teach` for one's classes, "
    "`export` for what is kept of oneself. A change names in `If-Match` the ETag of what it started from."
)
_HTTP_DATE = {
    "type": "string",
    "pattern": "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] [A-Z][a-z]{2} [0-9]{4} [0-2][0-9](:[0-5][0-9]){2} GMT$",
    "examples": ["Thu, 20 Jun 2024 12:00:00 GMT"],
}
_TEXT = {"type": "string"}
_BYTES = {"type": "string", "format": "binary"}
_OTHERS_SHAPE = {"type": "object"}
"""JSON of a shape which others have described."""
_ERRORS = {
    400: "The query parameters are not as they must be.",
    406: problems.NOT_ACCEPTABLE.sentence,
    414: problems.QUERY_TOO_LONG.sentence,
    401: problems.INVALID_KEY.sentence,
    429: problems.TOO_MANY_REQUESTS.sentence,
    "default": "Any other problem.",
}
_ONE_AT_A_TIME = Lock()
"""drf-spectacular loads its extensions at first use, and two threads that do so at once trip over each other."""


class AsStored(GenerateJsonSchema):
    """JSON Schema for documents as they are stored: what is unknown is left out, so nothing is null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Describe only what is there."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Tell no default where it would be null."""
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles that only repeat the names of members."""
        return False


class PartExtension(OpenApiSerializerExtension):
    """Describes pydantic models; unlike drf-spectacular's own extension it tells what may be left out."""

    target_class = "perspectives.rules.documents.fields.Part"
    match_subclasses = True
    priority = 1

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """Name the component like the class."""
        name: str = self.target.__name__
        return name

    def get_identity(self, auto_schema: AutoSchema, direction: str) -> str:
        """Tell components apart by name: models are also described as parts of others, where only the name is known."""
        return self.get_name(auto_schema, direction)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Describe the model, and its parts as components of their own."""
        schema: dict[str, Any] = _mended(
            model_json_schema(self.target, ref_template=_COMPONENT, schema_generator=AsStored)
        )
        for name, part in schema.pop("$defs", {}).items():
            component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=part)
            auto_schema.registry.register_on_missing(component)
        return schema


def _mended(schema: Any) -> Any:
    """Name bounds as JSON Schema does: before a validator's own, pydantic leaves its `ge` and `le` as they are."""
    if isinstance(schema, list):
        return [_mended(item) for item in schema]
    if isinstance(schema, dict):
        renamed = _BOUNDS if schema.get("type") == "integer" else {}
        return {renamed.get(name, name): _mended(part) for name, part in schema.items()}
    return schema


class ApiSchema(AutoSchema):
    """Describes one operation from its view class: docstring, `shape`, filters, pages, headers and problems."""

    @property
    def resource(self) -> Any:
        """The view: a `views.ResourceView`, which this module cannot import, as REST framework loads it first."""
        return self.view

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's signature, not its base's
        """Take the class's docstring: it says what the resource is."""
        return " ".join((self.resource.__doc__ or "").split())

    def get_summary(self) -> str | None:
        """Take the first sentence of the description."""
        return finishing.first_sentence(self.get_description())

    def get_operation_id(self) -> str:
        """Name the operation like its view class, a stable name for generated clients."""
        return type(self.resource).__name__.removesuffix("View")

    def get_auth(self) -> list[dict[str, Any]]:
        """Ask for no key: reading needs none, and the document says once for all that one may be sent."""
        return []

    def get_response_serializers(self) -> Any:
        """Describe the answer, 304, and the problems."""
        answers: dict[Any, Any] = {
            (200, form.media_type): self.resource.shape if form is JSON else OpenApiResponse(_body(form), form.words)
            for form in (renderer.form for renderer in self.resource.renderer_classes)
        }
        if hasattr(self.resource, "at") and "{number}" not in self.path:
            answers[302] = OpenApiResponse(None, "With `Accept-Datetime`: the edition of that time is at `Location`.")
        errors = {(code, MEDIA_TYPE): OpenApiResponse(ProblemDocument, text) for code, text in _ERRORS.items()}
        if variables(self.path):
            errors[404, MEDIA_TYPE] = OpenApiResponse(ProblemDocument, problems.NOT_FOUND.sentence)
        return {**answers, 304: OpenApiResponse(None, "The reader holds the current content."), **errors}

    def get_override_parameters(self) -> list[Any]:
        """Describe the headers of conditional requests and of answers."""
        headers = [
            OpenApiParameter("If-None-Match", str, "header", description="ETags of what the reader holds, or `*`."),
            _answer_header("ETag", "A strong validator: the SHA-256 of the content.", 200, 304),
            _answer_header("Cache-Control", "How long the answer may be kept.", 200, 304),
            _answer_header("RateLimit", "What is left of the limit, and for how many seconds.", 200, 304, 429),
            _answer_header("RateLimit-Policy", "The limit: how many requests in how many seconds.", 200, 304, 429),
        ]
        if getattr(self.resource, "is_list", False):
            headers.append(_answer_header("Link", "The pages `next` and `prev` (RFC 8288).", 200))
        if getattr(self.resource, "has_count", False):
            headers.append(_answer_header("X-Total-Count", "With `count=true`: how many records match.", 200))
        if hasattr(self.resource, "fetch"):
            headers.append(_answer_header("Link", "The other editions (RFC 5829, RFC 7089).", 200, 304))
            headers.append(_answer_header("Last-Modified", "When the edition was published.", 200, 304))
            headers.append(_answer_header("Edition-Number", "The number of the edition.", 200))
            headers.append(
                _answer_header(
                    "Edition-Retracted", "If the edition was retracted: when. `changes/` says why.", 200, 304
                )
            )
            words = "If the topic or guide is archived: since when. `changes/` says why."
            headers.append(_answer_header("Edition-Archived", words, 200, 304))
            if "{number}" not in self.path:
                words = "A moment as an HTTP date: the answer leads to the edition of that time (RFC 7089)."
                headers.append(OpenApiParameter("Accept-Datetime", _HTTP_DATE, "header", description=words))
                headers.append(_answer_header("Location", "The edition of the moment asked for.", 302))
        return headers + self._choices() + [path_parameter(name) for name in variables(self.path)]

    def _choices(self) -> list[OpenApiParameter]:
        """Describe what only this resource takes, and `fields` and `include`, where it has them."""
        found = [
            OpenApiParameter(name, dict(own.schema), "query", own.is_required, description=own.description)
            for name, own in self.resource.queries.items()
        ]
        if self.resource.is_sparse:
            names = sparse.members(self.resource.record_shape or self.resource.shape)
            found.append(_names_parameter("fields", "Only these members of each record; JSON only.", names))
        if groupings := getattr(self.resource, "groupings", None):
            found.append(group_schema.parameter(groupings))
        if self.resource.includes:
            found.append(
                _names_parameter("include", "Related records in each record; JSON only.", [*self.resource.includes])
            )
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.resource, "is_list", False) and (serializer is None or serializer is self.resource.shape)


def _body(form: Format) -> dict[str, Any]:
    if form.is_packed:
        return _BYTES
    if form.suffix == "csljson":
        return {"type": "array", "items": _OTHERS_SHAPE}
    return _TEXT if form.is_text else _OTHERS_SHAPE


def _answer_header(name: str, description: str, *codes: int) -> OpenApiParameter:
    return OpenApiParameter(name, str, "header", description=description, response=list(codes))


def _names_parameter(name: str, description: str, names: list[str]) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "uniqueItems": True}
    return OpenApiParameter(name, schema, "query", description=description, style="form", explode=False)


def path_parameter(name: str) -> OpenApiParameter:
    """Describe a variable of an address."""
    schema, description = _PATH[name]
    return OpenApiParameter(name, schema, "path", description=description)


class Readers(SchemaGenerator):
    """Describes what readers read."""

    is_desk = False

    def _get_paths_and_endpoints(self) -> list[Any]:
        found = super()._get_paths_and_endpoints()  # type: ignore[no-untyped-call]  # the generator is untyped
        return [endpoint for endpoint in found if endpoint[0].startswith(DESK) == self.is_desk]

    def get_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Describe it, and what drf-spectacular cannot say."""
        document: dict[str, Any] = super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]  # as above
        return finishing.finished(document, is_desk=self.is_desk)


class Desk(Readers):
    """Describes the desk, and what readers suggest."""

    is_desk = True

    def get_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Describe it, under a title of its own: nothing is to be had without a key."""
        document: dict[str, Any] = super().get_schema(*args, **kwargs)
        document["info"] = {**document["info"], "title": "Debate KB: the desk", "description": _DESK_WORDS}
        return document


def openapi(*, is_desk: bool = False) -> dict[str, Any]:
    """Describe the API of the readers, or that of the desk."""
    document: dict[str, Any] = (Desk if is_desk else Readers)().get_schema(  # type: ignore[no-untyped-call]  # as above
        request=None, public=True
    )
    return document


def openapi_bytes(*, is_desk: bool = False) -> bytes:
    """Give an OpenAPI document as JSON; made once a process, since it depends on the code alone."""
    with _ONE_AT_A_TIME:
        return _openapi_bytes(is_desk=is_desk)


@cache
def _openapi_bytes(*, is_desk: bool) -> bytes:
    return json.dumps(openapi(is_desk=is_desk), ensure_ascii=False, separators=(",", ":")).encode()
