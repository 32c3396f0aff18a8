"""What readers suggest, over REST: send, look what became of it, answer a question, take it back."""

from typing import Any, ClassVar

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.suggestions import authoring as actions
from perspectives.actions.suggestions.authoring import Proposed
from perspectives.api.desk import pagination
from perspectives.api.desk.shapes import Nothing
from perspectives.api.desk.suggestions import suggestion_records
from perspectives.api.desk.suggestions import suggestion_shapes as shapes
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.permissions import HasScope, IsPermitted
from perspectives.models import Suggestion, User
from perspectives.policy import Permission
from perspectives.queries.suggestions import suggestion_queue
from perspectives.queries.suggestions.suggestion_queue import Likeness
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.vocab import Scope


class OwnView(DeskView):
    """A resource of whoever suggests; what is not one's own is not there."""

    scope = Scope.SUGGEST
    permission = Permission.SUGGESTION_SEND
    permission_classes = [HasScope, IsPermitted]


class OwnSuggestionListView(OwnView):
    """One's own suggestions."""

    orderings: ClassVar = {"-pk": {"-pk": int}}

    @operation(answer=shapes.OwnSuggestions, queries=pagination.QUERY)
    def get(self, request: Request) -> Response:
        """List one's own suggestions, newest first."""
        return self.page(suggestion_queue.own(self.person), shapes.SuggestionSummary.of)

    @operation(answer=shapes.OwnSuggestion, body=shapes.NewSuggestion, status=201)
    def post(self, request: Request) -> Response:
        """Suggest a change of what is published.

        Where it is like something that was suggested before or is among the sources, nothing is sent and the answer is
        409 with `like`, until `anyway` says that it is something else. Beyond the quota the answer is 409 too.
        """
        sent = self.body
        earlier = suggestion_queue.sent_with(self.person, sent.token or "")
        one = earlier or actions.send(
            by=self.person,
            proposed=_proposed(self.person, sent),
            version=sent.version or "",
            token=sent.token or "",
            via=request.auth.pk,
        )
        location = reverse("api:own-suggestion", kwargs={"suggestion": one.pk})
        return versioned(_record(self.person, one.pk), status=201, location=location)


class OwnSuggestionView(OwnView):
    """One of one's own suggestions."""

    @operation(answer=shapes.OwnSuggestion)
    def get(self, request: Request, suggestion: int) -> Response:
        """Give the suggestion, what was said about it and what became of it."""
        return versioned(_record(self.person, suggestion))


class SuggestionAnswerView(OwnView):
    """Answers to what moderators ask."""

    @operation(answer=shapes.OwnSuggestion, body=shapes.Text)
    def post(self, request: Request, suggestion: int) -> Response:
        """Answer what a moderator asked; the suggestion waits for a decision again."""
        one = suggestion_queue.own_suggestion(self.person, suggestion)
        actions.answer(suggestion_id=one.pk, by=self.person, text=self.body.text)
        return versioned(_record(self.person, suggestion))


class SuggestionWithdrawalView(OwnView):
    """Taking a suggestion back."""

    @operation(answer=shapes.OwnSuggestion, body=Nothing)
    def post(self, request: Request, suggestion: int) -> Response:
        """Take the suggestion back for good; only what is not decided can be."""
        one = suggestion_queue.own_suggestion(self.person, suggestion)
        actions.withdraw(suggestion_id=one.pk, by=self.person)
        return versioned(_record(self.person, suggestion))


def _proposed(person: User, sent: shapes.NewSuggestion) -> Proposed:
    """Read what is proposed. Raises RefusedError where it is like something, unless it is to be sent anyway."""
    target = Target(sent.topic or "", sent.article or "", sent.source or "", sent.path or "")
    proposed = Proposed(sent.kind.value, target, sent.payload, sent.words)
    if not sent.anyway:
        drafted, _ = actions.drafted(by=person, proposed=proposed)
        if likeness := suggestion_queue.like_for_author(drafted):
            sentence = "Much the same is there already, as `like` tells. If yours is something else, send it `anyway`."
            raise RefusedError(problems.NOT_POSSIBLE, sentence, like=_told(person, likeness))
    return proposed


def _told(person: User, likeness: Likeness) -> dict[str, Any]:
    return {"suggestions": [_hint(person, one) for one in likeness.suggestions], "sources": likeness.sources}


def _hint(person: User, one: Suggestion) -> dict[str, Any]:
    """Tell of one's own suggestion its number, and of others' only their kind, status and day."""
    own = {"id": one.pk} if one.by_id == person.pk else {}
    return {**own, "kind": one.kind, "status": one.status, "sent_on": one.sent_at.date().isoformat()}


def _record(person: User, number: int) -> dict[str, Any]:
    return suggestion_records.own(suggestion_queue.own_suggestion(person, number))
