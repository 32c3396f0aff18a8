"""The OpenAPI document of the desk: made from the operations of its resources, apart from that of the readers."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from uritemplate import variables

from perspectives.api.http import problems
from perspectives.api.http.errors import MEDIA_TYPE
from perspectives.api.schema.generator import ApiSchema, path_parameter
from perspectives.api.schema.problem_shapes import ProblemDocument

_VERSION = "The ETag of what the edit started from."
_ERRORS: dict[int | str, str] = {
    401: problems.INVALID_KEY.sentence,
    403: problems.NOT_PERMITTED.sentence,
    404: "There is no such thing, or the key's owner may not know of it.",
    409: problems.NOT_POSSIBLE.sentence,
    429: problems.TOO_MANY_REQUESTS.sentence,
    "default": "Any other problem.",
}
_ERRORS_OF_CHANGES: dict[int | str, str] = {
    412: problems.PRECONDITION_FAILED.sentence,
    422: problems.RULES_BROKEN.sentence,
    428: problems.PRECONDITION_REQUIRED.sentence,
}


class DeskSchema(ApiSchema):
    """Describes one operation of the desk from what `operation` says of it."""

    @property
    def about(self) -> Any:
        """The operation: a `views.Operation`, which this module cannot import."""
        return getattr(self.resource, self.method.lower()).operation

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's signature, not its base's
        """Take the method's docstring."""
        return str(self.about.sentence)

    def get_operation_id(self) -> str:
        """Name the operation like its view class and method."""
        return f"{type(self.resource).__name__.removesuffix('View')}{self.method.capitalize()}"

    def get_auth(self) -> list[dict[str, Any]]:
        """Ask for a key."""
        return [{"apiKey": []}]

    def get_request_serializer(self) -> Any:
        """Describe the body."""
        return self.about.body

    def get_response_serializers(self) -> Any:
        """Describe the answer and the problems."""
        about = self.about
        answers: dict[Any, Any] = (
            {about.status: about.answer} if about.answer else {204: OpenApiResponse(None, "Done.")}
        )
        errors = {**_ERRORS, **(_ERRORS_OF_CHANGES if about.is_versioned or about.body else {})}
        for code, text in errors.items():
            answers[code, MEDIA_TYPE] = OpenApiResponse(ProblemDocument, text)
        return answers

    def get_override_parameters(self) -> list[Any]:
        """Describe the address, the query and the headers."""
        found = [path_parameter(name) for name in variables(self.path)]
        found += [
            OpenApiParameter(name, dict(one.schema), "query", one.is_required, description=one.description)
            for name, one in self.about.queries.items()
        ]
        if self.about.is_versioned:
            found.append(OpenApiParameter("If-Match", str, "header", description=_VERSION))
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False
