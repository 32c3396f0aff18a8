"""The queue of suggestions over REST: look, decide."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, Final

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.suggestions import suggestion_decisions as actions
from perspectives.actions.suggestions.suggestion_states import locked
from perspectives.api.desk import pagination
from perspectives.api.desk.suggestions import suggestion_records
from perspectives.api.desk.suggestions import suggestion_shapes as shapes
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.api.http.conventions import Parameter
from perspectives.policy import Permission
from perspectives.queries.suggestions import suggestion_queue
from perspectives.queries.suggestions.suggestion_queue import Filters
from perspectives.vocab import SuggestionKind, SuggestionStatus

_ANY: Final = "any"
_QUERIES: Final = {
    **pagination.QUERY,
    "status": Parameter(
        "Suggestions that stand here; open ones if you say nothing.",
        {"type": "string", "enum": [*SuggestionStatus.values, _ANY], "default": SuggestionStatus.OPEN.value},
    ),
    "kind": Parameter("Suggestions of this kind.", {"type": "string", "enum": SuggestionKind.values}),
    "topic": Parameter("Suggestions about the topic with this slug.", {"type": "string", "maxLength": 80}),
    "quarantined": Parameter(
        "`yes` for those that look like spam, which the queue leaves out.", {"type": "string", "enum": ["yes", "no"]}
    ),
}


_DECISIONS: Final[Mapping[str, Callable[..., object]]] = {
    "accept": actions.accept,
    "decline": partial(actions.decline, reason=""),
    "ask": actions.ask,
    "reopen": actions.reopen,
    "release": actions.release,
}


class QueueView(DeskView):
    """A resource of the queue, which moderators alone see."""

    permission = Permission.TOPIC_CHANGE


class SuggestionListView(QueueView):
    """Suggestions."""

    orderings: ClassVar = {"oldest": {"pk": int}}

    @operation(answer=shapes.SuggestionQueue, queries=_QUERIES)
    def get(self, _request: Request) -> Response:
        """List suggestions, oldest first; those that are open, if the query does not say otherwise."""
        found = suggestion_queue.matching(_filters(self.query))
        response = self.page(found, suggestion_records.queued)
        response.data = {"total": found.count(), **response.data}
        return response


class SuggestionView(QueueView):
    """One suggestion."""

    @operation(answer=shapes.SuggestionRecord)
    def get(self, _request: Request, suggestion: int) -> Response:
        """Give the suggestion with the part as its author saw it."""
        return versioned(_record(suggestion))


class SuggestionDecisionView(QueueView):
    """Decisions on a suggestion."""

    @operation(answer=shapes.SuggestionRecord, body=shapes.SuggestionDecision, is_versioned=True)
    def post(self, request: Request, suggestion: int) -> Response:
        """Accept, decline, ask, open again or let out of quarantine; If-Match names the suggestion as it was seen.

        To accept makes the change in the draft. Where the part has changed since it was suggested, the answer is 412
        with `now` and its `version`; send that as `onto` once you have compared.
        """
        with transaction.atomic():
            locked(suggestion)
            self.require_version(_record(suggestion), "Something was said or decided on it in the meantime.")
            _DECISIONS[self.body.decision](suggestion_id=suggestion, by=self.person, **self.body.given())
        return versioned(_record(suggestion))


def _filters(query: Mapping[str, str]) -> Filters:
    status, kind = query.get("status", SuggestionStatus.OPEN.value), query.get("kind")
    return Filters(
        status=None if status == _ANY else SuggestionStatus.of(status),
        kind=SuggestionKind.of(kind) if kind else None,
        topic=query.get("topic", ""),
        is_quarantined=query.get("quarantined") == "yes",
    )


def _record(number: int) -> dict[str, Any]:
    return suggestion_records.whole(suggestion_queue.suggestion(number))
