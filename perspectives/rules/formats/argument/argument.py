"""The argument of a topic: its claims and who answers whom. What Argdown and AIF carry out and bring back."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.fields import Line, Part, Slug
from perspectives.rules.documents.problems import Problem, from_validation, written
from perspectives.rules.documents.topic_document import Response
from perspectives.vocab import ClaimKind, Stance

MOST_PROBLEMS = 200
"""How many problems are told at once."""
Model = TypeVar("Model", bound=Part)


class ArgumentClaim(Part):
    """A claim without its citations, and whose it is."""

    id: Slug
    text: Line
    kind: ClaimKind
    perspective: Slug
    stance: Stance


class Argument(Part):
    """Claims in the order of the topic; responses in the order of the claims that answer."""

    topic: Slug
    claims: tuple[ArgumentClaim, ...]
    responses: tuple[Response, ...]


def in_order(claims: Iterable[ArgumentClaim], responses: Iterable[Response]) -> tuple[Response, ...]:
    """Sort responses by the claim that answers; those of one claim keep their order."""
    places = {claim.id: place for place, claim in enumerate(claims)}
    return tuple(sorted(responses, key=lambda link: places.get(link.from_claim, len(places))))


def refused(problems: Iterable[Problem]) -> BrokenRulesError:
    """Make the refusal that lists these problems in the order of the file."""
    found = tuple(sorted(problems))
    return BrokenRulesError(f"{len(found)} problem{'s' if len(found) > 1 else ''} found; nothing was changed.", found)


class Reading:
    """Collects what a reader finds, and every problem with its line, so that one run shows all mistakes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.named: set[str] = set()
        """Ids of claims that stand in the file, readable or not."""
        self.claims: list[tuple[int, ArgumentClaim]] = []
        """What was read, each with its line; so are the responses."""
        self.responses: list[tuple[int, Response]] = []

    def report(self, line: int, message: str, path: str = "") -> None:
        """Note one thing to mend; `line` counts from 1, 0 means that it is not known.

        Raises BrokenRulesError with all of them once there are more than `MOST_PROBLEMS`.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            words = "has further problems, which are not listed; mend these first"
            raise refused([*self.problems, Problem(self.name, 0, "", words)])
        self.problems.append(Problem(self.name, line, path, message))

    def claim(self, line: int, fields: Mapping[str, Any], at: str = "") -> ArgumentClaim | None:
        """Take a claim from its fields, or report why they cannot be taken; `at` is the path that leads to them."""
        self.named.add(str(fields.get("id")))
        claim = self._made(ArgumentClaim, line, fields, at)
        if claim:
            self.claims.append((line, claim))
        return claim

    def response(self, line: int, fields: Mapping[str, Any], at: str = "") -> Response | None:
        """Take a response from its fields, or report why they cannot be taken; `at` is the path that leads to them."""
        response = self._made(Response, line, fields, at)
        if response:
            self.responses.append((line, response))
        return response

    def argument(self, topic: str) -> Argument:
        """Put together what was read. Raises BrokenRulesError with all problems if there is any."""
        self._refuse_repeated()
        for line, link in self.responses:
            for end in (link.from_claim, link.to_claim):
                if end not in self.named:
                    self.report(line, f"'{end}' is no claim of this file; write the id of one, or add the claim")
        made = self._made(Argument, 0, {"topic": topic, "claims": (), "responses": ()})
        if self.problems or made is None:
            raise refused(self.problems)
        own = tuple(claim for _, claim in self.claims)
        links = in_order(own, (link for _, link in self.responses))
        return made.model_copy(update={"claims": own, "responses": links})

    def _refuse_repeated(self) -> None:
        seen: set[str] = set()
        for line, claim in self.claims:
            if claim.id in seen:
                self.report(line, f"'{claim.id}' stands here a second time; keep one or rename it")
            seen.add(claim.id)

    def _made(self, model: type[Model], line: int, fields: Mapping[str, Any], at: str = "") -> Model | None:
        try:
            return model.model_validate(dict(fields))
        except ValidationError as error:
            for path, message in from_validation(error, model):
                self.report(line, message, f"{at}{written(path)}")
            return None
