"""What readers suggest, over REST: send, look what became of it, answer a question, take it back."""

from typing import Any

from django.urls import reverse

from perspectives.actions import suggestions as deeds
from perspectives.actions.suggestions import Proposed
from perspectives.api import problems
from perspectives.api.desk import pages, suggestion_records
from perspectives.api.desk import suggestion_shapes as shapes
from perspectives.api.desk.views import Answer, Call, DeskView, operation
from perspectives.api.errors import RefusedError
from perspectives.models import Suggestion, User
from perspectives.policy import Permission
from perspectives.queries import suggestions
from perspectives.queries.suggestion_targets import Target
from perspectives.queries.suggestions import Likeness
from perspectives.rules import parts
from perspectives.vocab import Scope


class OwnView(DeskView):
    """A resource of whoever suggests; what is not one's own is not there."""

    scope = Scope.SUGGEST
    permission = Permission.SUGGESTION_SEND


class OwnSuggestionListView(OwnView):
    """One's own suggestions."""

    @operation(answer=shapes.OwnSuggestions, queries=pages.QUERY)
    def get(self, call: Call) -> Answer:
        """List one's own suggestions, newest first."""
        return pages.cut(call, suggestions.own(call.person), "-pk", int, suggestion_records.summary)

    @operation(answer=shapes.OwnSuggestion, body=shapes.NewSuggestion, status=201)
    def post(self, call: Call) -> Answer:
        """Suggest a change of what is published.

        Where it is like something that was suggested before or is among the sources, nothing is sent and the answer is
        409 with `like`, until `anyway` says that it is something else. Beyond the quota the answer is 409 too.
        """
        sent = call.body
        earlier = suggestions.sent_with(call.person, sent.token or "")
        one = earlier or deeds.send(
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
        one = suggestions.own_suggestion(call.person, suggestion)
        deeds.answer(suggestion_id=one.pk, by=call.person, text=call.body.text)
        return _given(call.person, suggestion)


class SuggestionWithdrawalView(OwnView):
    """Taking a suggestion back."""

    @operation(answer=shapes.OwnSuggestion, body=shapes.Nothing)
    def post(self, call: Call, suggestion: int) -> Answer:
        """Take the suggestion back for good; only what is not decided can be."""
        one = suggestions.own_suggestion(call.person, suggestion)
        deeds.withdraw(suggestion_id=one.pk, by=call.person)
        return _given(call.person, suggestion)


def _proposed(call: Call) -> Proposed:
    """Read what is proposed. Raises RefusedError where it is like something, unless it is to be sent anyway."""
    sent = call.body
    target = Target(sent.topic or "", sent.article or "", sent.source or "", sent.path or "")
    proposed = Proposed(sent.kind.value, target, sent.payload, sent.words)
    if not sent.anyway:
        drafted, _ = deeds.drafted(by=call.person, proposed=proposed)
        if likeness := suggestions.like_for_author(drafted):
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
    record = suggestion_records.own(suggestions.own_suggestion(person, number))
    return Answer(record, version=parts.version(record))
