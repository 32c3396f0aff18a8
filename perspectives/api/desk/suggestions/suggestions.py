"""The queue of suggestions over REST: look, decide."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction

from perspectives.actions.suggestions import suggestion_decisions as actions
from perspectives.actions.suggestions.suggestion_states import locked
from perspectives.api.desk import pagination
from perspectives.api.desk.suggestions import suggestion_records
from perspectives.api.desk.suggestions import suggestion_shapes as shapes
from perspectives.api.desk.views import Answer, Call, DeskView, operation
from perspectives.api.http.conventions import Parameter
from perspectives.errors import ConflictError
from perspectives.policy import Permission
from perspectives.queries.suggestions import suggestion_queue
from perspectives.queries.suggestions.suggestion_queue import Filters
from perspectives.rules.documents import parts
from perspectives.vocab import SuggestionKind, SuggestionStatus

_ORDER: Final = "oldest"
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


def _accept(number: int, call: Call) -> Any:
    said = call.body
    return actions.accept(
        suggestion_id=number,
        by=call.person,
        words=said.words,
        payload=said.payload,
        onto=said.onto or "",
        is_by_hand=said.is_by_hand,
    )


def _decline(number: int, call: Call) -> Any:
    return actions.decline(suggestion_id=number, by=call.person, reason=call.body.reason or "", words=call.body.words)


def _ask(number: int, call: Call) -> Any:
    return actions.ask(suggestion_id=number, by=call.person, text=call.body.text)


def _reopen(number: int, call: Call) -> Any:
    return actions.reopen(suggestion_id=number, by=call.person)


def _release(number: int, call: Call) -> Any:
    return actions.release(suggestion_id=number, by=call.person)


_DECISIONS: Final[Mapping[str, Callable[[int, Call], Any]]] = {
    "accept": _accept,
    "decline": _decline,
    "ask": _ask,
    "reopen": _reopen,
    "release": _release,
}


class QueueView(DeskView):
    """A resource of the queue, which moderators alone see."""

    permission = Permission.TOPIC_CHANGE


class SuggestionListView(QueueView):
    """Suggestions."""

    @operation(answer=shapes.SuggestionQueue, queries=_QUERIES)
    def get(self, call: Call) -> Answer:
        """List suggestions, oldest first; those that are open, if the query does not say otherwise."""
        found = suggestion_queue.queue(_filters(call.query), after=pagination.start(call, _ORDER, int) or 0)
        records = [suggestion_records.queued(one) for one in found.rows]
        answer = pagination.page(call, _ORDER, records, found.next_after or None)
        return Answer({"total": found.total, **answer.data})


class SuggestionView(QueueView):
    """One suggestion."""

    @operation(answer=shapes.SuggestionRecord)
    def get(self, _call: Call, suggestion: int) -> Answer:
        """Give the suggestion with the part as its author saw it."""
        return _given(suggestion)


class SuggestionDecisionView(QueueView):
    """Decisions on a suggestion."""

    @operation(answer=shapes.SuggestionRecord, body=shapes.SuggestionDecision, is_versioned=True)
    def post(self, call: Call, suggestion: int) -> Answer:
        """Accept, decline, ask, open again or let out of quarantine; If-Match names the suggestion as it was seen.

        To accept makes the change in the draft. Where the part has changed since it was suggested, the answer is 412
        with `now` and its `version`; send that as `onto` once you have compared.
        """
        with transaction.atomic():
            locked(suggestion)
            seen = _given(suggestion)
            if seen.version != call.version:
                raise ConflictError("Something was said or decided on it in the meantime.", now=seen.data)
            _DECISIONS[call.body.decision](suggestion, call)
        return _given(suggestion)


def _filters(query: Mapping[str, str]) -> Filters:
    status, kind = query.get("status", SuggestionStatus.OPEN.value), query.get("kind")
    return Filters(
        status=None if status == _ANY else SuggestionStatus.of(status),
        kind=SuggestionKind.of(kind) if kind else None,
        topic=query.get("topic", ""),
        is_quarantined=query.get("quarantined") == "yes",
    )


def _given(number: int) -> Answer:
    record = suggestion_records.whole(suggestion_queue.suggestion(number))
    return Answer(record, version=parts.version(record))
