"""Archiving topics and article guides over REST, and bringing them back."""

from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.publication import archiving
from perspectives.api.desk import shapes
from perspectives.api.desk.views import DeskView, operation
from perspectives.models import Archiving
from perspectives.queries.documents import lookups


class TopicArchivingView(DeskView):
    """Archiving a topic."""

    @operation(answer=shapes.ArchivingRecord, body=shapes.PublicNote)
    def post(self, request: Request, slug: str) -> Response:
        """Leave the topic out of all lists and searches; its address and editions stay, with the note."""
        given = {"note": self.body.note, "by": self.person}
        return _given(archiving.archive_topic(topic_id=lookups.topic_id(slug), **given))


class TopicReinstatementView(DeskView):
    """Bringing an archived topic back."""

    @operation(answer=shapes.ArchivingRecord, body=shapes.PublicNote)
    def post(self, request: Request, slug: str) -> Response:
        """List the topic again as it was."""
        given = {"note": self.body.note, "by": self.person}
        return _given(archiving.bring_back_topic(topic_id=lookups.topic_id(slug), **given))


class ArticleArchivingView(DeskView):
    """Archiving the guide to an article."""

    @operation(answer=shapes.ArchivingRecord, body=shapes.PublicNote)
    def post(self, request: Request, slug: str) -> Response:
        """Leave the guide out of all lists, once the article's topics are archived; its address and editions stay."""
        given = {"note": self.body.note, "by": self.person}
        return _given(archiving.archive_article(article_id=lookups.article_id(slug), **given))


class ArticleReinstatementView(DeskView):
    """Bringing the archived guide to an article back."""

    @operation(answer=shapes.ArchivingRecord, body=shapes.PublicNote)
    def post(self, request: Request, slug: str) -> Response:
        """List the guide again as it was; its topics are brought back one by one."""
        given = {"note": self.body.note, "by": self.person}
        return _given(archiving.bring_back_article(article_id=lookups.article_id(slug), **given))


def _given(made: Archiving) -> Response:
    return Response(shapes.ArchivingRecord.of(made, edition=made.edition.number))
