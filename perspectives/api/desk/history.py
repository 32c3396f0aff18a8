"""The history over REST: every action, and undoing one."""

from typing import Any, ClassVar, Final

from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.documents import article_drafting, drafting
from perspectives.actions.sources import source_records
from perspectives.api.desk import pagination, shapes
from perspectives.api.desk.views import DeskView, operation
from perspectives.api.http.conventions import Parameter
from perspectives.policy import Permission
from perspectives.queries.desk import history
from perspectives.queries.desk.history import Question
from perspectives.vocab import EventCode

_QUERIES: Final = {
    **pagination.QUERY,
    "topic": Parameter("Actions on the topic with this slug.", {"type": "string", "maxLength": 80}),
    "part": Parameter(
        "Actions that changed the part, or the field of a record, with this path.", {"type": "string", "maxLength": 250}
    ),
    "article": Parameter("Actions on the article guide with this slug.", {"type": "string", "maxLength": 80}),
    "source": Parameter("Actions on the source with this citekey.", {"type": "string", "maxLength": 80}),
    "code": Parameter("Actions of this kind.", {"type": "string", "enum": EventCode.values}),
    "person": Parameter("Actions of the person with this user name.", {"type": "string", "maxLength": 150}),
}


class HistoryView(DeskView):
    """A resource of those who may see every action."""

    permission = Permission.HISTORY_SEE


class ActionListView(HistoryView):
    """The history."""

    orderings: ClassVar = {"newest": {"-pk": int}}

    @operation(answer=shapes.Actions, queries=_QUERIES)
    def get(self, _request: Request) -> Response:
        """List the actions, newest first."""
        asked: dict[str, Any] = {name: value for name, value in self.query.items() if name != "cursor"}
        return self.page(history.matching(Question(**asked)), shapes.Action.of)


class ActionView(HistoryView):
    """One action."""

    @operation(answer=shapes.Action)
    def get(self, _request: Request, entry: int) -> Response:
        """Give the action with all that it changed."""
        return Response(shapes.Action.of(history.entry(entry)))


class RevertView(HistoryView):
    """Undoing an action."""

    @operation(body=shapes.Note)
    def post(self, request: Request, entry: int) -> Response:
        """Undo what the action changed in the draft of a topic or a guide, or in a source's record.

        There is no If-Match: the entry says how it left each part or field, and where one is another now the answer is
        412 and nothing is undone.
        """
        found = history.entry(entry)
        of_draft = article_drafting.revert if found.article_id else drafting.revert
        revert = source_records.revert if found.source_id else of_draft
        revert(entry_id=found.pk, by=self.person, note=self.body.note or "")
        return Response(status=204)
