"""The resources that are cut from the published index: claims, responses, events, people, passages, tags."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http import expanding, formats, sparse
from perspectives.api.http.views import ListView, RecordView, ResourceView
from perspectives.api.schema import shapes, source_shapes, writers
from perspectives.api.search import grouping
from perspectives.api.search.filters import ClaimFilter, EventFilter, PassageFilter, PersonFilter, ResponseFilter
from perspectives.api.search.grouping import GroupedListView
from perspectives.errors import NotFoundError
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import published, statistics
from perspectives.rules.publication import quotation_states
from perspectives.vocab import CheckOutcome, QuoteStatus, SourceCategory, Stance, Term


class ClaimList(GroupedListView):
    """The claims of all current editions, each with its citations, who answers it and whom it answers."""

    shape = shapes.ClaimRecord
    queryset = published.claims()
    renderer_classes = [
        formats.JsonRenderer,
        formats.CSV.renderer(writers.csv("claims")),
        formats.ANNOTATIONS.renderer(writers.claims_annotations),
    ]
    filterset_class = ClaimFilter
    groupings = grouping.OF_CLAIMS
    includes: ClassVar = {"sources": expanding.sources_of_claims}
    orderings: ClassVar = {
        "id": {"public_id": str},
        "topic": {"published_topic__order": int, "published_topic__slug": str, "order": int},
    }


class ClaimView(RecordView):
    """A claim of a current edition."""

    shape = shapes.ClaimRecord
    renderer_classes = [
        formats.JsonRenderer,
        *writers.OF_CLAIMS,
        formats.ANNOTATIONS.renderer(writers.claim_annotations),
    ]
    includes: ClassVar = {"sources": expanding.sources_of_claims}

    def record(self, topic: str, claim: str) -> sparse.Record:
        """Find the claim. Raises NotFoundError."""
        row = published.claims().filter(public_id=f"{topic}/{claim}").first()
        return _found(row, f"There is no published claim '{topic}/{claim}'.")


class ResponseList(GroupedListView):
    """The responses between claims of current editions: which claim answers which, how, and why."""

    shape = shapes.ResponseRecord
    queryset = published.responses()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("responses"))]
    filterset_class = ResponseFilter
    groupings = grouping.OF_RESPONSES
    includes: ClassVar = {"claims": expanding.claims_of_responses}
    orderings: ClassVar = {
        "from": {"from_claim": str, "to_claim": str, "type": str},
        "to": {"to_claim": str, "from_claim": str, "type": str},
    }


class EventList(ListView):
    """The events of all current editions by date; dates are known to the year, the month or the day."""

    shape = shapes.EventRecord
    queryset = published.events()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("events"))]
    filterset_class = EventFilter
    orderings: ClassVar = {
        "date": {"date": str, "slug": str, "order": int},
        "-date": {"-date": str, "slug": str, "order": int},
    }


class PersonList(ListView):
    """The people and organisations who hold a perspective or state a claim of a current edition, in all topics."""

    shape = shapes.Person
    queryset = published.people()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("people"))]
    filterset_class = PersonFilter
    includes: ClassVar = {"claims": expanding.claims_of_people}
    orderings: ClassVar = {
        "person": {"slug": str},
        "name": {"name": str, "slug": str},
        "-claims": {"-claims": int, "slug": str},
    }


class PersonView(RecordView):
    """Somebody who holds a perspective or states a claim, with both in all topics."""

    shape = shapes.Person
    includes: ClassVar = {"claims": expanding.claims_of_people}

    def record(self, person: str) -> sparse.Record:
        """Find the person. Raises NotFoundError."""
        return _found(
            published.people().filter(slug=person).first(),
            f"Nobody called '{person}' holds a position or states a claim.",
        )


class PassageList(ListView):
    """The passages of the current article guides with their findings, article by article in the article's order."""

    shape = shapes.PassageRecord
    queryset = published.passages()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("passages"))]
    filterset_class = PassageFilter
    includes: ClassVar = {"claim_records": expanding.claims_of_passages}
    orderings: ClassVar = {"order": {"published_article__slug": str, "order": int, "public_id": str}}


class PassageView(RecordView):
    """A passage of a current article guide with its findings."""

    shape = shapes.PassageRecord
    renderer_classes = [formats.JsonRenderer, formats.ANNOTATIONS.renderer(writers.passage_annotation)]
    includes: ClassVar = {"claim_records": expanding.claims_of_passages}

    def record(self, article: str, passage: str) -> sparse.Record:
        """Find the passage. Raises NotFoundError."""
        row = published.passages().filter(public_id=f"{article}/{passage}").first()
        return _found(row, f"There is no published passage '{article}/{passage}'.")


class TagsView(ResourceView):
    """The tags of the published topics, each with its topics."""

    shape = shapes.Tags

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give all tags."""
        return self.respond({"tags": [{"tag": tag, "topics": slugs} for tag, slugs in published.tags().items()]})


class TopicChecksView(RecordView):
    """What a machine found of the works that a topic cites, and of the words that are quoted from them."""

    shape = source_shapes.TopicChecks

    def record(self, slug: str) -> sparse.Record:
        """Gather it for the current edition. Raises NotFoundError."""
        document, stored = published.topic_document(slug)
        quoted = {(cite.source, cite.quote) for _, cite in quotation_states.topic_cites(document)}
        checked = check_reports.checked([*document.sources])
        checks = [one for one in checked.records if "quote" not in one or (one["source"], one["quote"]) in quoted]
        confirmations = [one.record for words, one in checked.confirmations.items() if words in quoted]
        return {"topic": slug, "edition": stored.number, "checks": checks, "confirmations": confirmations}


class FiguresView(ResourceView):
    """Counts of what is published: claims by stance, sources by category, quotations by state, checks by outcome."""

    shape = shapes.Figures

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give every code of the four lists, with how many there are."""
        del request
        return self.respond(
            {
                "claims": _all(Stance, statistics.claims_by_stance()),
                "sources": _all(SourceCategory, statistics.sources_by_category()),
                "quotations": _all(QuoteStatus, statistics.quotations_by_status()),
                "checks": _all(CheckOutcome, check_reports.by_outcome()),
            }
        )


def _all(terms: type[Term], counts: Mapping[str, int]) -> dict[str, int]:
    return {term.value: counts.get(term.value, 0) for term in terms}


def _found(row: Any, otherwise: str) -> sparse.Record:
    if row is None:
        raise NotFoundError(otherwise)
    record: sparse.Record = row.record
    return record
