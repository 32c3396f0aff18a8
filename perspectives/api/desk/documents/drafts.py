"""Drafts over REST: read, replaced, changed part by part. The ETag of a draft or a part is its version."""

from typing import Any

from perspectives.actions.documents import drafting
from perspectives.api.desk import shapes
from perspectives.api.desk.views import NOTE, Answer, Call, DeskView, operation
from perspectives.queries.documents import lookups
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain


class DraftListView(DeskView):
    """All drafts."""

    @operation(answer=shapes.Drafts)
    def get(self, _call: Call) -> Answer:
        """List the drafts of all topics."""
        return Answer({"results": lookups.drafts()})


class DraftView(DeskView):
    """A topic's draft, whole."""

    @operation(answer=TopicDocument)
    def get(self, _call: Call, slug: str) -> Answer:
        """Give the draft as the topic document that packs hold."""
        return _whole(lookups.draft(slug))

    @operation(answer=TopicDocument, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, call: Call, slug: str) -> Answer:
        """Put another document in the place of the draft; nothing is published by that."""
        document = drafting.replace(
            topic_id=lookups.topic_id(slug),
            document=call.body.model_dump(),
            version=call.version or "",
            by=call.person,
            note=call.query.get("note", ""),
        )
        return _whole(plain(document))


class DraftPartView(DeskView):
    """A part of a draft, such as `head`, `perspectives/author/claims/s1` or `events/0`."""

    @operation(answer=shapes.Anything)
    def get(self, _call: Call, slug: str, part: str) -> Answer:
        """Give the part."""
        return _part(parts.find(lookups.draft(slug), part))

    @operation(answer=shapes.Anything, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, call: Call, slug: str, part: str) -> Answer:
        """Change the part, or add it where `If-None-Match: *` says that there is none."""
        value = call.body.model_dump()
        drafting.put(
            topic_id=lookups.topic_id(slug),
            path=part,
            value=value,
            version=call.version,
            by=call.person,
            note=call.query.get("note", ""),
        )
        return _part(value)

    @operation(is_versioned=True, queries=NOTE)
    def removed(self, call: Call, slug: str, part: str) -> Answer:
        """Remove the part, and what cannot stand without it: a claim takes its responses and gaps along."""
        drafting.remove(
            topic_id=lookups.topic_id(slug),
            path=part,
            version=call.version or "",
            by=call.person,
            note=call.query.get("note", ""),
        )
        return Answer()

    delete = removed


class DraftMoveView(DeskView):
    """Moves within the lists of a draft."""

    @operation(answer=TopicDocument, body=shapes.Move, is_versioned=True)
    def post(self, call: Call, slug: str) -> Answer:
        """Move a part within its list; If-Match names the version of the whole draft."""
        change = Change(call.body.path, place=0, moved_to=call.body.to)
        document = drafting.change(
            topic_id=lookups.topic_id(slug), changes=[change], version=call.version, by=call.person
        )
        return _whole(plain(document))


def _whole(draft: dict[str, Any]) -> Answer:
    return Answer(draft, version=parts.version(draft))


def _part(value: Any) -> Answer:
    return Answer(value, version=parts.version(value))
