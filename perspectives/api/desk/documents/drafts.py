"""Drafts over REST: read, replaced, changed part by part. The ETag of a draft or a part is its version."""

from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.documents import drafting
from perspectives.api.desk import shapes
from perspectives.api.desk.views import NOTE, DeskView, operation, versioned
from perspectives.queries.documents import lookups
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain


class DraftListView(DeskView):
    """All drafts."""

    @operation(answer=shapes.Drafts)
    def get(self, _request: Request) -> Response:
        """List the drafts of all topics."""
        return Response({"results": lookups.drafts()})

    @operation(answer=TopicDocument, body=shapes.Anything, queries=NOTE, status=201)
    def post(self, request: Request) -> Response:
        """Begin the draft of a new topic of any article from a topic document; nothing is published by that."""
        begun = drafting.begin(document=self.body.model_dump(), by=self.person, note=self.query.get("note", ""))
        return versioned(lookups.draft(begun.slug), status=201, location=reverse("api:desk-topic", args=[begun.slug]))


class DraftView(DeskView):
    """A topic's draft, whole."""

    @operation(answer=TopicDocument)
    def get(self, _request: Request, slug: str) -> Response:
        """Give the draft as the topic document that packs hold."""
        return versioned(lookups.draft(slug))

    @operation(answer=TopicDocument, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, request: Request, slug: str) -> Response:
        """Put another document in the place of the draft; nothing is published by that."""
        document = drafting.replace(document=self.body.model_dump(), version=self.version or "", **_edit(self, slug))
        return versioned(plain(document))


class DraftPartView(DeskView):
    """A part of a draft, such as `head`, `perspectives/author/claims/s1` or `events/0`."""

    @operation(answer=shapes.Anything)
    def get(self, _request: Request, slug: str, part: str) -> Response:
        """Give the part."""
        return versioned(parts.find(lookups.draft(slug), part))

    @operation(answer=shapes.Anything, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, request: Request, slug: str, part: str) -> Response:
        """Change the part, or add it where `If-None-Match: *` says that there is none."""
        value = self.body.model_dump()
        drafting.put(path=part, value=value, version=self.version, **_edit(self, slug))
        return versioned(value)

    @operation(is_versioned=True, queries=NOTE)
    def removed(self, request: Request, slug: str, part: str) -> Response:
        """Remove the part, and what cannot stand without it: a claim takes its responses and gaps along."""
        drafting.remove(path=part, version=self.version or "", **_edit(self, slug))
        return Response(status=204)

    delete = removed


class DraftMoveView(DeskView):
    """Moves within the lists of a draft."""

    @operation(answer=TopicDocument, body=shapes.Move, is_versioned=True)
    def post(self, request: Request, slug: str) -> Response:
        """Move a part within its list; If-Match names the version of the whole draft."""
        change = Change(self.body.path, place=0, moved_to=self.body.to)
        return versioned(plain(drafting.change(changes=[change], version=self.version, **_edit(self, slug))))


def _edit(view: DeskView, slug: str) -> dict[str, Any]:
    """Give what every change of a draft takes: of which topic, by whom, why."""
    return {"topic_id": lookups.topic_id(slug), "by": view.person, "note": view.query.get("note", "")}
