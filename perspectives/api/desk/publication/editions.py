"""Editions over REST: who stands behind each, restoring one into the draft, retracting one."""

from typing import Any

from perspectives.actions.documents import restoring
from perspectives.actions.publication import retracting
from perspectives.api.desk import pagination, shapes
from perspectives.api.desk.views import Answer, Call, DeskView, operation
from perspectives.models import Edition
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import review
from perspectives.queries.publication.review import Subject
from perspectives.rules.documents import parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.publication.index_records import plain


class ArticleDraftView(DeskView):
    """An article guide's draft, whole."""

    @operation(answer=ArticleDocument)
    def get(self, _call: Call, slug: str) -> Answer:
        """Give the draft of the guide; its ETag is what the restoration of an edition names."""
        return _draft(review.article(slug))


class TopicDraftEditionListView(DeskView):
    """The editions of a topic."""

    @operation(answer=shapes.Editions, queries=pagination.QUERY)
    def get(self, call: Call, slug: str) -> Answer:
        """List the editions with everybody behind them, newest first."""
        return pagination.cut(call, review.editions(review.topic(slug)), "-number", int, _record)


class ArticleDraftEditionListView(DeskView):
    """The editions of an article guide."""

    @operation(answer=shapes.Editions, queries=pagination.QUERY)
    def get(self, call: Call, slug: str) -> Answer:
        """List the editions with everybody behind them, newest first."""
        return pagination.cut(call, review.editions(review.article(slug)), "-number", int, _record)


class EditionRestorationView(DeskView):
    """Making a draft anew from an old edition."""

    @operation(answer=shapes.Anything, body=shapes.Note, is_versioned=True)
    def post(self, call: Call, edition: int) -> Answer:
        """Make the draft as the edition was; If-Match names the draft as it is. Nothing is published by that."""
        subject = restoring.restore(
            edition_id=edition, version=call.version or "", by=call.person, reason=call.body.note or ""
        )
        return _draft(subject)


class EditionRetractionView(DeskView):
    """Retracting an edition."""

    @operation(answer=shapes.EditionRecord, body=shapes.PublicNote)
    def post(self, call: Call, edition: int) -> Answer:
        """Tell all readers of the edition not to rely on it; nothing takes that back."""
        retracting.retract(edition_id=edition, note=call.body.note, by=call.person)
        return Answer(_record(review.edition(edition)))


def _draft(subject: Subject) -> Answer:
    draft = plain(draft_documents.draft(subject))
    return Answer(draft, version=parts.version(draft))


def _record(edition: Edition) -> dict[str, Any]:
    retraction = getattr(edition, "retraction", None)
    found = {
        "note": edition.note,
        "proposed_by": edition.proposed_by and edition.proposed_by.username,
        "approved_by": edition.approved_by and edition.approved_by.username,
        "retraction": retraction
        and {"note": retraction.note, "at": retraction.at.isoformat(), "by": retraction.by.username},
    }
    return {
        "id": edition.pk,
        "number": edition.number,
        "sha256": edition.sha256,
        "origin": edition.origin,
        "published_at": edition.published_at.isoformat(),
        **{name: value for name, value in found.items() if value},
    }
