"""What can go wrong, each with a stable code that API, pages and commands all show."""

from typing import ClassVar, TypeVar

Found = TypeVar("Found")


class DomainError(Exception):
    """A refusal with a sentence for people; nothing has been written when it is raised."""

    code: ClassVar[str] = "domain_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(DomainError):
    """The object does not exist, or this person may not know that it does."""

    code = "not_found"


def require_found(found: Found | None, otherwise: str) -> Found:
    """Give back what was found. Raises NotFoundError with the sentence `otherwise` for nothing."""
    if found is None:
        raise NotFoundError(otherwise)
    return found


class NotPermittedError(DomainError):
    """The policy table does not let this person do this."""

    code = "not_permitted"


class NotPossibleError(DomainError):
    """The action does not fit the present state, for instance a second open proposal."""

    code = "not_possible"


class BrokenRulesError(DomainError):
    """One or more named rules are broken; `problems` lists all of them, each a sentence when written out."""

    code = "rules_broken"

    def __init__(self, message: str, problems: tuple[object, ...]) -> None:
        super().__init__(message)
        self.problems = problems

    def __str__(self) -> str:
        """Write the summary and then each problem on a line of its own."""
        return "\n".join([self.message, *map(str, self.problems)])


class ConflictError(DomainError):
    """Somebody else changed the same thing since; `now` is how it stands (None: it is gone)."""

    code = "conflict"

    def __init__(self, message: str, *, path: str = "", now: object = None) -> None:
        super().__init__(message)
        self.path = path
        self.now = now
