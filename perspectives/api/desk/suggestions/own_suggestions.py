"""What readers suggest, over REST: send, look what became of it, answer a question, take it back."""

from typing import Any

from django.urls import reverse

from perspectives.actions.suggestions import authoring as actions
from perspectives.actions.suggestions.authoring import Proposed
from perspectives.api.desk import pagination
from perspectives.api.desk.suggestions import suggestion_records
from perspectives.api.desk.suggestions import suggestion_shapes as shapes
from perspectives.api.desk.views import Answer, Call, DeskView, operation
from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.models import Suggestion, User
from perspectives.policy import Permission
from perspectives.queries.suggestions import suggestion_queue
from perspectives.queries.suggestions.suggestion_queue import Likeness
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.rules.documents import parts
from perspectives.vocab import Scope


class OwnView(DeskView):
    """A resource of whoever suggests; what is not one's own is not there."""

    scope = Scope.SUGGEST
    permission = Permission.SUGGESTION_SEND


class OwnSuggestionListView(OwnView):
    """One's own suggestions."""

    @operation(answer=shapes.OwnSuggestions, queries=pagination.QUERY)
    def get(self, call: Call) -> Answer:
        """List one's own suggestions, newest first."""
        return pagination.cut(call, suggestion_queue.own(call.person), "-pk", int, suggestion_records.summary)

    @operation(answer=shapes.OwnSuggestion, body=shapes.NewSuggestion, status=201)
    def post(self, call: Call) -> Answer:
        """Suggest a change of what is published.

        Where it is like something that was suggested before or is among the sources, nothing is sent and the answer is
        409 with `like`, until `anyway` says that it is something else. Beyond the quota the answer is 409 too.
        """
        sent = call.body
        earlier = suggestion_queue.sent_with(call.person, sent.token or "")
        one = earlier or actions.send(
            by=call.person,
            proposed=_proposed(call),
            version=sent.version or "",
            token=sent.token or "",
            via=call.key.pk,
        )
        answer = _given(call.person, one.pk)
        location = reverse("api:own-suggestion", kwargs={"suggestion": one.pk})
        return Answer(answer.data, answer.version, status=201, location=location)


class OwnSuggestionView(OwnView):
    """One of one's own suggestions."""

    @operation(answer=shapes.OwnSuggestion)
    def get(self, call: Call, suggestion: int) -> Answer:
        """Give the suggestion, what was said about it and what became of it."""
        return _given(call.person, suggestion)


class SuggestionAnswerView(OwnView):
    """Answers to what moderators ask."""

    @operation(answer=shapes.OwnSuggestion, body=shapes.Text)
    def post(self, call: Call, suggestion: int) -> Answer:
        """Answer what a moderator asked; the suggestion waits for a decision again."""
        one = suggestion_queue.own_suggestion(call.person, suggestion)
        actions.answer(suggestion_id=one.pk, by=call.person, text=call.body.text)
        return _given(call.person, suggestion)


class SuggestionWithdrawalView(OwnView):
    """Taking a suggestion back."""

    @operation(answer=shapes.OwnSuggestion, body=shapes.Nothing)
    def post(self, call: Call, suggestion: int) -> Answer:
        """Take the suggestion back for good; only what is not decided can be."""
        one = suggestion_queue.own_suggestion(call.person, suggestion)
        actions.withdraw(suggestion_id=one.pk, by=call.person)
        return _given(call.person, suggestion)


def _proposed(call: Call) -> Proposed:
    """Read what is proposed. Raises RefusedError where it is like something, unless it is to be sent anyway."""
    sent = call.body
    target = Target(sent.topic or "", sent.article or "", sent.source or "", sent.path or "")
    proposed = Proposed(sent.kind.value, target, sent.payload, sent.words)
    if not sent.anyway:
        drafted, _ = actions.drafted(by=call.person, proposed=proposed)
        if likeness := suggestion_queue.like_for_author(drafted):
            sentence = "Much the same is there already, as `like` tells. If yours is something else, send it `anyway`."
            raise RefusedError(problems.NOT_POSSIBLE, sentence, like=_told(call.person, likeness))
    return proposed


def _told(person: User, likeness: Likeness) -> dict[str, Any]:
    return {"suggestions": [_hint(person, one) for one in likeness.suggestions], "sources": likeness.sources}


def _hint(person: User, one: Suggestion) -> dict[str, Any]:
    """Tell of one's own suggestion its number, and of others' only their kind, status and day."""
    own = {"id": one.pk} if one.by_id == person.pk else {}
    return {**own, "kind": one.kind, "status": one.status, "sent_on": one.sent_at.date().isoformat()}


def _given(person: User, number: int) -> Answer:
    record = suggestion_records.own(suggestion_queue.own_suggestion(person, number))
    return Answer(record, version=parts.version(record))
