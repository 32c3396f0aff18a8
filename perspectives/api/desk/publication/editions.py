"""Editions over REST: who stands behind each, restoring one into the draft, retracting one."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.documents import restoring
from perspectives.actions.publication import retracting
from perspectives.api.desk import pagination, shapes
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import review
from perspectives.queries.publication.review import Subject
from perspectives.rules.publication.index_records import plain

_NEWEST_FIRST = {"-number": {"-number": int}}


class TopicDraftEditionListView(DeskView):
    """The editions of a topic."""

    orderings: ClassVar = _NEWEST_FIRST

    @operation(answer=shapes.Editions, queries=pagination.QUERY)
    def get(self, _request: Request, slug: str) -> Response:
        """List the editions with everybody behind them, newest first."""
        return self.page(review.editions(review.topic(slug)), shapes.EditionRecord.of)


class ArticleDraftEditionListView(DeskView):
    """The editions of an article guide."""

    orderings: ClassVar = _NEWEST_FIRST

    @operation(answer=shapes.Editions, queries=pagination.QUERY)
    def get(self, _request: Request, slug: str) -> Response:
        """List the editions with everybody behind them, newest first."""
        return self.page(review.editions(review.article(slug)), shapes.EditionRecord.of)


class EditionRestorationView(DeskView):
    """Making a draft anew from an old edition."""

    @operation(answer=shapes.Anything, body=shapes.Note, is_versioned=True)
    def post(self, request: Request, edition: int) -> Response:
        """Make the draft as the edition was; If-Match names the draft as it is. Nothing is published by that."""
        subject = restoring.restore(
            edition_id=edition, version=self.version or "", by=self.person, reason=self.body.note or ""
        )
        return _draft(subject)


class EditionRetractionView(DeskView):
    """Retracting an edition."""

    @operation(answer=shapes.EditionRecord, body=shapes.PublicNote)
    def post(self, request: Request, edition: int) -> Response:
        """Tell all readers of the edition not to rely on it; nothing takes that back."""
        retracting.retract(edition_id=edition, note=self.body.note, by=self.person)
        return Response(shapes.EditionRecord.of(review.edition(edition)))


def _draft(subject: Subject) -> Response:
    return versioned(plain(draft_documents.draft(subject)))
