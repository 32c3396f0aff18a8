"""Proposals over REST: propose, look, decide."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.publication import publishing
from perspectives.api.desk import shapes
from perspectives.api.desk.shapes import ProposalRecord
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.models import Proposal
from perspectives.queries.documents import lookups
from perspectives.queries.publication import review
from perspectives.vocab import ProposalStatus

_DECISIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "approve": publishing.approve,
    "return": publishing.send_back,
    "withdraw": publishing.withdraw,
}


class TopicProposalView(DeskView):
    """The proposals of a topic's draft."""

    @operation(answer=ProposalRecord, body=shapes.Note, status=201)
    def post(self, request: Request, slug: str) -> Response:
        """Propose the draft as the next edition; the balance gate decides whether it can be."""
        return _made(
            publishing.propose_topic(topic_id=lookups.topic_id(slug), by=self.person, note=self.body.note or "")
        )


class ArticleProposalView(DeskView):
    """The proposals of an article guide's draft."""

    @operation(answer=ProposalRecord, body=shapes.Note, status=201)
    def post(self, request: Request, slug: str) -> Response:
        """Propose the draft of the guide as its next edition."""
        return _made(
            publishing.propose_article(article_id=lookups.article_id(slug), by=self.person, note=self.body.note or "")
        )


class ProposalListView(DeskView):
    """Proposals."""

    @operation(answer=shapes.Proposals)
    def get(self, _request: Request) -> Response:
        """List the proposals that wait for a second person, the newest first."""
        return Response({"results": [ProposalRecord.of(found) for found in lookups.proposals(ProposalStatus.OPEN)]})


class ProposalView(DeskView):
    """One proposal."""

    @operation(answer=ProposalRecord)
    def get(self, _request: Request, proposal: int) -> Response:
        """Give the proposal."""
        return versioned(ProposalRecord.of(review.proposal(proposal)))

    @operation(answer=ProposalRecord, body=shapes.Decision, is_versioned=True)
    def post(self, request: Request, proposal: int) -> Response:
        """Decide on the proposal: another moderator approves or returns it, its proposer withdraws it."""
        self.require_version(ProposalRecord.of(review.proposal(proposal)), "The proposal was decided in the meantime.")
        _DECISIONS[self.body.decision](proposal_id=proposal, by=self.person, reason=self.body.reason or "")
        return versioned(ProposalRecord.of(review.proposal(proposal)))


def _made(proposal: Proposal) -> Response:
    location = reverse("api:desk-proposal", kwargs={"proposal": proposal.pk})
    return versioned(ProposalRecord.of(review.proposal(proposal.pk)), status=201, location=location)
