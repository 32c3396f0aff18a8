"""A client for the REST API of Debate KB.

`debatekb_client.rest` is generated: a module for each operation below `rest.api`, records in `rest.models`. Here is
what it lacks: answers that are no problems (`read`), and lists page after page (`records`).
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from debatekb_client.rest import AuthenticatedClient, Client
from debatekb_client.rest.models import ProblemDocument

__all__ = ("AuthenticatedClient", "Client", "RefusedError", "read", "records")


class RefusedError(Exception):
    """The API refused a request; `problem.code` is stable, `problem.known` lists what can be given instead."""

    def __init__(self, problem: ProblemDocument) -> None:
        super().__init__(f"{problem.status} {problem.code}: {problem.detail}")
        self.problem = problem


def read(operation: ModuleType, *place: Any, client: Client | AuthenticatedClient, **parameters: Any) -> Any:
    """Call an operation, such as `rest.api.topics.topic`; return the record, None where the answer is 304.

    Raises RefusedError.
    """
    answer = operation.sync(*place, client=client, **parameters)
    if isinstance(answer, ProblemDocument):
        raise RefusedError(answer)
    return answer


def records(
    operation: ModuleType, *place: Any, client: Client | AuthenticatedClient, **parameters: Any
) -> Iterator[Any]:
    """Give every record of a list, such as `rest.api.claims.claim_list`, page after page. Raises RefusedError."""
    while True:
        page = read(operation, *place, client=client, **parameters)
        yield from page.results
        if not page.next_:
            return
        parameters["cursor"] = parse_qs(urlsplit(page.next_).query)["cursor"][0]
