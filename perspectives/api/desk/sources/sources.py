"""Sources over REST: list, read, correct, set aside, merge. The ETag of a source is the version of its record."""

from typing import Any, ClassVar, Final

from django.db import transaction
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.sources import open_copies, source_merging
from perspectives.actions.sources import source_records as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.shapes import Note
from perspectives.api.desk.sources import source_shapes as shapes
from perspectives.api.desk.views import NOTE, DeskView, operation, versioned
from perspectives.api.http.conventions import Parameter
from perspectives.errors import require_found
from perspectives.models import Article, Source, Topic
from perspectives.policy import Permission
from perspectives.queries.sources import source_catalogue
from perspectives.queries.sources.source_catalogue import Filters
from perspectives.rules.documents import parts
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import MetadataState, SourceCategory, SourceState

Plain = dict[str, Any]
_QUERIES: Final = {
    **pagination.QUERY,
    "words": Parameter("Words of the key, the title, the authors or the DOI.", {"type": "string", "maxLength": 100}),
    "state": Parameter("Sources in this state.", {"type": "string", "enum": SourceState.values}),
    "category": Parameter("Sources of this category.", {"type": "string", "enum": SourceCategory.values}),
    "metadata": Parameter(
        "Sources whose records are confirmed so far.", {"type": "string", "enum": MetadataState.values}
    ),
    "lacks": Parameter("Sources that lack this.", {"type": "string", "enum": [*source_catalogue.LACKS]}),
    "uncited": Parameter("`yes` for those that no draft cites.", {"type": "string", "enum": ["yes", "no"]}),
}


class SourceListView(DeskView):
    """Sources."""

    orderings: ClassVar = {"key": {"key": str}}

    @operation(answer=shapes.ListedSources, queries=_QUERIES)
    def get(self, _request: Request) -> Response:
        """List sources by citekey, with the number of places in drafts that name each."""
        named: dict[str, Any] = {name: value for name, value in self.query.items() if name not in {"cursor", "uncited"}}
        filters = Filters(**named, is_uncited=self.query.get("uncited") == "yes")
        return self.page(source_catalogue.listed(filters), _listed)


class SourceView(DeskView):
    """A source's record."""

    @operation(answer=SourceRecord)
    def get(self, _request: Request, key: str) -> Response:
        """Give the record."""
        return versioned(source_catalogue.source(key).record)

    @operation(answer=SourceRecord, body=SourceRecord, is_versioned=True, queries=NOTE)
    def put(self, request: Request, key: str) -> Response:
        """Correct the record, or add the source where `If-None-Match: *` says that there is none.

        Readers see it with the next edition of each topic that cites it; `bundles/` proposes these.
        """
        record, note = self.body, self.query.get("note", "")
        if self.version is None:
            added = actions.add(key=key, record=record, by=self.person, note=note)
            return versioned(added.record, status=201, location=reverse("api:desk-source", kwargs={"key": key}))
        changed = actions.change(key=key, record=record, version=self.version, by=self.person, note=note)
        return versioned(changed.record)


class SourceStandingView(DeskView):
    """How a source stands, beside its record."""

    @operation(answer=shapes.SourceStanding)
    def get(self, _request: Request, key: str) -> Response:
        """Tell whether the source may be cited, which drafts use it, and which others may be the same work."""
        return _standing(key)


class SourceDeprecationView(DeskView):
    """Setting a source aside."""

    @operation(answer=shapes.SourceStanding, body=shapes.Reason, is_versioned=True)
    def post(self, request: Request, key: str) -> Response:
        """Let the source not be cited anew; If-Match names the version of its record."""
        with transaction.atomic():
            actions.require_version(actions.locked(key), self.version)
            actions.deprecate(key=key, reason=self.body.reason, by=self.person)
        return _standing(key)


class SourceReinstatementView(DeskView):
    """Letting a source be cited again."""

    @operation(answer=shapes.SourceStanding, body=Note, is_versioned=True)
    def post(self, request: Request, key: str) -> Response:
        """Let the source be cited again with the record that it has; If-Match names the version of that."""
        with transaction.atomic():
            actions.require_version(actions.locked(key), self.version)
            actions.reinstate(key=key, by=self.person, note=self.body.note or "")
        return _standing(key)


class SourceOpenCopyView(DeskView):
    """The copy of a source's work that anyone may read."""

    permission = Permission.SOURCE_CHANGE

    @operation(answer=shapes.OpenCopy)
    def get(self, _request: Request, key: str) -> Response:
        """Ask Unpaywall for the copy: 404 where it knows of none, 409 where it cannot be asked.

        The ETag is that of the source's record.
        """
        found = open_copies.find(key=key, by=self.person)
        found = require_found(found, f"Unpaywall knows no open copy of '{key}'.")
        return versioned(shapes.OpenCopy.of(found), of=source_catalogue.source(key).record)

    @operation(answer=SourceRecord, body=shapes.AcceptedCopy, is_versioned=True)
    def post(self, request: Request, key: str) -> Response:
        """Put the copy's address into the record's `URL`, in the place of what is there; If-Match names the record."""
        changed = open_copies.accept(key=key, address=self.body.address, version=self.version or "", by=self.person)
        return versioned(changed.record)


class SourceMergeView(DeskView):
    """Merging two sources that are the same work."""

    @operation(answer=shapes.SourceStanding, body=shapes.Merge)
    def post(self, request: Request, key: str) -> Response:
        """Let `into` stand in the place of this source in every draft, with `record`.

        `versions` names the versions of both records, by citekey, since both are changed: there is no If-Match.
        """
        wanted = self.body
        source_merging.merge(
            from_key=key,
            into_key=wanted.into,
            record=wanted.record,
            versions=wanted.versions,
            by=self.person,
            note=wanted.note or "",
        )
        return _standing(wanted.into)


def _listed(source: Source) -> Plain:
    return shapes.ListedSource.of(source, version=parts.version(source.record))


def _standing(key: str) -> Response:
    """Tell how a source stands; the ETag is that of its record, which the next action names."""
    source = source_catalogue.source(key)
    record = shapes.SourceStanding.of(
        source,
        reason=source.state_reason,
        likely_duplicates=source_catalogue.likely_duplicates(source),
        uses=[{**subject(use.subject), **shapes.SourceUse.of(use)} for use in source_catalogue.uses(source.pk)],
    )
    return versioned(record, of=source.record)


def subject(named: Topic | Article) -> dict[str, str]:
    """Name a topic or an article guide as records do."""
    return {"topic" if isinstance(named, Topic) else "article": named.slug}
