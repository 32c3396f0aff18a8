"""The kinds of problem that the API answers with, each with a stable code, a status and a sentence (RFC 9457)."""

from dataclasses import dataclass
from typing import Any

ADDRESS = "/api/v1/problems/"


@dataclass(frozen=True)
class Problem:
    """One kind of problem. Codes never change their meaning; new ones may come."""

    code: str
    status: int
    title: str
    sentence: str

    @property
    def type(self) -> str:
        """The reference that names the kind: a JSON pointer into the resource that lists them all."""
        return f"{ADDRESS}#/problems/{self.code}"

    def record(self) -> dict[str, Any]:
        """Describe the kind as the resource of problems does."""
        return {"status": self.status, "title": self.title, "sentence": self.sentence}


BAD_REQUEST = Problem("bad_request", 400, "Bad request", "The request cannot be read; `detail` says why.")
UNKNOWN_PARAMETER = Problem(
    "unknown_parameter",
    400,
    "Unknown query parameter",
    "The address has a query parameter that this resource does not know; `known` lists those it does.",
)
REPEATED_PARAMETER = Problem(
    "repeated_parameter",
    400,
    "Repeated query parameter",
    "A query parameter is given more than once; give it once.",
)
INVALID_PARAMETER = Problem(
    "invalid_parameter",
    400,
    "Invalid query parameter",
    "The value of a query parameter is not one it can have; `detail` says what it can be.",
)
INVALID_CURSOR = Problem(
    "invalid_cursor",
    404,
    "Invalid cursor",
    "The cursor is not one that this resource gave out; start from the first page or follow `next`.",
)
INVALID_KEY = Problem(
    "invalid_key",
    401,
    "Invalid API key",
    "The header `Authorization` holds no API key that works; `detail` says why. Without the header reading needs none.",
)
NOT_PERMITTED = Problem("not_permitted", 403, "Not permitted", "You may not do this.")
NOT_FOUND = Problem("not_found", 404, "Not found", "Nothing is published under this name or number.")
UNKNOWN_ADDRESS = Problem(
    "unknown_address",
    404,
    "Unknown address",
    "The API has no resource of this form; `/api/v1/` lists what it has.",
)
METHOD_NOT_ALLOWED = Problem(
    "method_not_allowed",
    405,
    "Method not allowed",
    "The API is read-only; the header `Allow` lists the methods.",
)
NOT_ACCEPTABLE = Problem(
    "not_acceptable",
    406,
    "Not acceptable",
    "The resource has none of the media types that `Accept` asks for; it has `application/json`.",
)
NOT_POSSIBLE = Problem("not_possible", 409, "Not possible now", "The action does not fit the present state.")
PRECONDITION_FAILED = Problem(
    "precondition_failed",
    412,
    "Changed in the meantime",
    "Somebody else changed the same thing since; `now` is how it stands. Put your change on that and send it anew.",
)
CONTENT_TOO_LARGE = Problem("content_too_large", 413, "Body too large", "The request's body is too large.")
PRECONDITION_REQUIRED = Problem(
    "precondition_required",
    428,
    "If-Match is missing",
    "Name in `If-Match` the ETag of what the change starts from, or say `If-None-Match: *` to add something.",
)
QUERY_TOO_LONG = Problem("query_too_long", 414, "Query too long", "The query of the address has too many characters.")
UNSUPPORTED_MEDIA_TYPE = Problem(
    "unsupported_media_type",
    415,
    "Unsupported media type",
    "The request's body has a media type that the API does not read.",
)
RANGE_NOT_SATISFIABLE = Problem(
    "range_not_satisfiable",
    416,
    "No such range",
    "The file has none of the bytes that `Range` asks for; `Content-Range` says how many it has.",
)
RULES_BROKEN = Problem("rules_broken", 422, "Rules broken", "What was sent breaks rules; `detail` lists them.")
TOO_MANY_REQUESTS = Problem("too_many_requests", 429, "Too many requests", "Wait as long as `Retry-After` says.")
SERVER_ERROR = Problem("server_error", 500, "Server error", "The mistake is ours, and has been logged.")
UNAVAILABLE = Problem(
    "unavailable",
    503,
    "Unavailable",
    "The database does not answer, too much is asked for at once, or what you ask for is still being made; ask again "
    "after `Retry-After`, or in a while.",
)

PROBLEMS = {problem.code: problem for problem in list(globals().values()) if isinstance(problem, Problem)}
BY_STATUS = {
    400: BAD_REQUEST,
    401: INVALID_KEY,
    403: NOT_PERMITTED,
    404: UNKNOWN_ADDRESS,
    405: METHOD_NOT_ALLOWED,
    406: NOT_ACCEPTABLE,
    412: PRECONDITION_FAILED,
    415: UNSUPPORTED_MEDIA_TYPE,
    429: TOO_MANY_REQUESTS,
    503: UNAVAILABLE,
}
"""What a refusal of Django or REST framework, of which only the status is known, is called here."""


def of_status(status: int) -> Problem:
    """Find the kind for a bare status: the nearest one known, or a plain bad request or server error."""
    return BY_STATUS.get(status, SERVER_ERROR if status >= SERVER_ERROR.status else BAD_REQUEST)
