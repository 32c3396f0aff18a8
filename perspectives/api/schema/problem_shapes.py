"""The shapes of problems, as `problems/` lists them and as errors are answered."""

from pydantic import ConfigDict

from perspectives.rules.documents.fields import Part


class ProblemKind(Part):
    """A kind of problem that the API may answer with."""

    status: int
    title: str
    sentence: str


class ProblemKinds(Part):
    """Every kind of problem by its code."""

    problems: dict[str, ProblemKind]


class ProblemDocument(Part):
    """An error (RFC 9457). `code` is stable; `parameter` names the query parameter at fault, `known` what it can be."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    parameter: str | None = None
    known: tuple[str, ...] = ()
    pointer: str | None = None
