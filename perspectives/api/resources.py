"""The resources that are cut from the published index: claims, responses, events, people, passages, sources, tags."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse

from perspectives.api import expanding, shapes, sparse
from perspectives.api.filters import (
    ClaimFilter,
    EventFilter,
    PassageFilter,
    PersonFilter,
    ResponseFilter,
    SourceFilter,
)
from perspectives.api.views import ListView, RecordView, ResourceView
from perspectives.errors import NotFoundError
from perspectives.models import (
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedResponse,
    PublishedSource,
)
from perspectives.queries import published


class ClaimList(ListView):
    """The claims of all current editions, each with its citations, who answers it and whom it answers."""

    shape = shapes.ClaimRecord
    filterset_class = ClaimFilter
    includes: ClassVar = {"sources": expanding.sources_of_claims}
    orderings: ClassVar = {
        "id": {"public_id": str},
        "topic": {"published_topic__order": int, "published_topic__slug": str, "order": int},
    }

    def get_queryset(self) -> QuerySet[PublishedClaim]:
        """Find all claims."""
        return published.claims()


class ClaimView(RecordView):
    """A claim of a current edition."""

    shape = shapes.ClaimRecord
    includes: ClassVar = {"sources": expanding.sources_of_claims}

    def record(self, topic: str, claim: str) -> sparse.Record:
        """Find the claim. Raises NotFoundError."""
        row = published.claims().filter(public_id=f"{topic}/{claim}").first()
        return _found(row, f"There is no published claim '{topic}/{claim}'.")


class ResponseList(ListView):
    """The responses between claims of current editions: which claim answers which, how, and why."""

    shape = shapes.ResponseRecord
    filterset_class = ResponseFilter
    includes: ClassVar = {"claims": expanding.claims_of_responses}
    orderings: ClassVar = {
        "from": {"from_claim": str, "to_claim": str, "type": str},
        "to": {"to_claim": str, "from_claim": str, "type": str},
    }

    def get_queryset(self) -> QuerySet[PublishedResponse]:
        """Find all responses."""
        return published.responses()


class EventList(ListView):
    """The events of all current editions by date; dates are known to the year, the month or the day."""

    shape = shapes.EventRecord
    filterset_class = EventFilter
    orderings: ClassVar = {
        "date": {"date": str, "slug": str, "order": int},
        "-date": {"-date": str, "slug": str, "order": int},
    }

    def get_queryset(self) -> QuerySet[PublishedEvent]:
        """Find all events."""
        return published.events()


class PersonList(ListView):
    """The people who hold a perspective of a current edition, with their positions in all topics."""

    shape = shapes.Person
    filterset_class = PersonFilter
    includes: ClassVar = {"claims": expanding.claims_of_people}
    orderings: ClassVar = {
        "person": {"slug": str},
        "name": {"name": str, "slug": str},
        "-claims": {"-claims": int, "slug": str},
    }

    def get_queryset(self) -> QuerySet[PublishedPerson]:
        """Find all people."""
        return published.people()


class PersonView(RecordView):
    """Somebody who holds a perspective, with the positions and claims in all topics."""

    shape = shapes.Person
    includes: ClassVar = {"claims": expanding.claims_of_people}

    def record(self, person: str) -> sparse.Record:
        """Find the person. Raises NotFoundError."""
        return _found(published.people().filter(slug=person).first(), f"Nobody called '{person}' holds a position.")


class PassageList(ListView):
    """The passages of the current article guides with their findings, article by article in the article's order."""

    shape = shapes.PassageRecord
    filterset_class = PassageFilter
    includes: ClassVar = {"claim_records": expanding.claims_of_passages}
    orderings: ClassVar = {"order": {"published_article__slug": str, "order": int, "public_id": str}}

    def get_queryset(self) -> QuerySet[PublishedPassage]:
        """Find all passages."""
        return published.passages()


class PassageView(RecordView):
    """A passage of a current article guide with its findings."""

    shape = shapes.PassageRecord
    includes: ClassVar = {"claim_records": expanding.claims_of_passages}

    def record(self, article: str, passage: str) -> sparse.Record:
        """Find the passage. Raises NotFoundError."""
        row = published.passages().filter(public_id=f"{article}/{passage}").first()
        return _found(row, f"There is no published passage '{article}/{passage}'.")


class SourceList(ListView):
    """The sources that current editions use, by citekey."""

    shape = shapes.SourceEntry
    filterset_class = SourceFilter
    record = JSONObject(key=F("key"), record=F("record"))
    includes: ClassVar = {"uses": expanding.uses_of_sources}
    orderings: ClassVar = {
        "key": {"key": str},
        "year": {"known_year": int, "key": str},
        "-year": {"-known_year": int, "key": str},
    }

    def get_queryset(self) -> QuerySet[PublishedSource]:
        """Find all sources."""
        return published.sources_by_year()


class SourceView(RecordView):
    """A source with each of its uses in current editions: where, for what, and in what words."""

    shape = shapes.SourceDetail

    def record(self, key: str) -> sparse.Record:
        """Find the source and its uses. Raises NotFoundError."""
        row = published.source(key)
        return {"key": row.key, "record": row.record, "uses": [use.record for use in row.uses.all()]}


class TagsView(ResourceView):
    """The tags of the published topics, each with its topics."""

    shape = shapes.Tags

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Give all tags."""
        del request
        return self.respond({"tags": [{"tag": tag, "topics": slugs} for tag, slugs in published.tags().items()]})


def _found(row: Any, otherwise: str) -> sparse.Record:
    if row is None:
        raise NotFoundError(otherwise)
    record: sparse.Record = row.record
    return record
