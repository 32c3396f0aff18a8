"""The content of a topic as one writes it with Django REST framework, by its documentation.

Nested `ModelSerializer`s over everything that a topic needs, fetched ahead (`select_related`, `prefetch_related`), page
numbers, and django-filter. A citation names its source by key and each record stands once in the answer, as in ours:
repeating the record at each citation would make the answer longer and slower.
"""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django_filters import rest_framework as filters
from rest_framework import generics, pagination, renderers, serializers
from rest_framework.negotiation import DefaultContentNegotiation

from perspectives.models import (
    Agreement,
    Article,
    BibliographyEntry,
    Citation,
    Claim,
    Crux,
    Event,
    Gap,
    Holding,
    Perspective,
    Response,
    Topic,
)
from perspectives.vocab import Stance

CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))
HOLDINGS = Prefetch("holdings", Holding.objects.select_related("person"))


class CitationSerializer(serializers.ModelSerializer[Citation]):
    """A citation."""

    source = serializers.CharField(source="source.key")  # type: ignore[assignment]  # the model's name for it

    class Meta:
        model = Citation
        fields = (
            *("source", "relation", "locator", "quote", "quote_status", "quote_language"),
            *("translation", "translator"),
        )


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A claim with its citations."""

    citations = CitationSerializer(many=True)

    class Meta:
        model = Claim
        fields = ("identifier", "text", "kind", "citations")


class PerspectiveSerializer(serializers.ModelSerializer[Perspective]):
    """A perspective with its claims."""

    held_by = serializers.SerializerMethodField()
    claims = ClaimSerializer(many=True)

    class Meta:
        model = Perspective
        fields = ("identifier", "stance", "label", "summary", "plain", "held_by", "held_by_note", "claims")

    def get_held_by(self, perspective: Perspective) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in perspective.holdings.all()]


class ResponseSerializer(serializers.ModelSerializer[Response]):
    """How a claim answers another."""

    from_claim = serializers.CharField(source="from_claim.identifier")
    to_claim = serializers.CharField(source="to_claim.identifier")

    class Meta:
        model = Response
        fields = ("from_claim", "to_claim", "type", "note")


class GapSerializer(serializers.ModelSerializer[Gap]):
    """An answer that is missing."""

    claim = serializers.CharField(source="claim.identifier")

    class Meta:
        model = Gap
        fields = ("claim", "stance", "note")


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """A fact that all accept."""

    citations = CitationSerializer(many=True)

    class Meta:
        model = Agreement
        fields = ("text", "citations")


class CruxSerializer(serializers.ModelSerializer[Crux]):
    """A question on which the sides part."""

    class Meta:
        model = Crux
        fields = ("question", "kind", "author", "opposing", "neutral", "would_settle")


class EventSerializer(serializers.ModelSerializer[Event]):
    """An item of the timeline."""

    citations = CitationSerializer(many=True)

    class Meta:
        model = Event
        fields = ("date", "title", "description", "citations")


class BibliographySerializer(serializers.ModelSerializer[BibliographyEntry]):
    """What a work says."""

    source = serializers.CharField(source="source.key")  # type: ignore[assignment]  # the model's name for it

    class Meta:
        model = BibliographyEntry
        fields = ("source", "argues")


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """The head of the article."""

    source = serializers.CharField(source="source.key")  # type: ignore[assignment]  # the model's name for it

    class Meta:
        model = Article
        fields = ("slug", "source", "author", "author_short", "title")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic, whole."""

    article = ArticleSerializer()
    asked_as = serializers.SlugRelatedField(source="phrasings", many=True, read_only=True, slug_field="text")  # type: ignore[var-annotated]  # a name of a field, not a related type
    tags = serializers.SlugRelatedField(many=True, read_only=True, slug_field="tag")  # type: ignore[var-annotated]  # as above
    perspectives = PerspectiveSerializer(many=True)
    responses = ResponseSerializer(many=True)
    gaps = GapSerializer(many=True)
    agreements = AgreementSerializer(many=True)
    cruxes = CruxSerializer(many=True)
    events = EventSerializer(many=True)
    bibliography = BibliographySerializer(many=True)
    sources = serializers.SerializerMethodField()

    class Meta:
        model = Topic
        fields = (
            *("slug", "article", "order", "title", "question", "background", "period_start", "period_end", "tags"),
            *("asked_as", "perspectives", "responses", "gaps", "agreements", "cruxes", "events", "bibliography"),
            "sources",
        )

    def get_sources(self, topic: Topic) -> dict[str, Any]:
        """Give each source's record once."""
        return sources_of(topic)


def sources_of(topic: Topic) -> dict[str, Any]:
    """Collect the records of all sources that a topic mentions, from what was fetched ahead."""
    claims = [claim for side in topic.perspectives.all() for claim in side.claims.all()]
    citing: list[Claim | Agreement | Event] = [*claims, *topic.agreements.all(), *topic.events.all()]
    sources = [citation.source for item in citing for citation in item.citations.all()]
    sources += [topic.article.source, *(entry.source for entry in topic.bibliography.all())]
    return {source.key: source.record for source in sources}


class PositionSerializer(serializers.ModelSerializer[Perspective]):
    """A perspective in a list of topics."""

    held_by = serializers.SerializerMethodField()
    claims = serializers.IntegerField(source="claim_count")

    class Meta:
        model = Perspective
        fields = ("identifier", "stance", "label", "held_by", "claims")

    def get_held_by(self, perspective: Perspective) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in perspective.holdings.all()]


class CruxLineSerializer(serializers.ModelSerializer[Crux]):
    """A crux in a list of topics."""

    class Meta:
        model = Crux
        fields = ("question", "kind")


class TopicLineSerializer(serializers.ModelSerializer[Topic]):
    """A topic in a list. Ours also counts the sources; that is left out here, since it would need a union."""

    article = serializers.CharField(source="article.slug")
    tags = serializers.SlugRelatedField(many=True, read_only=True, slug_field="tag")  # type: ignore[var-annotated]  # as above
    perspectives = PositionSerializer(many=True)
    cruxes = CruxLineSerializer(many=True)
    responses = serializers.IntegerField(source="response_count")
    events = serializers.IntegerField(source="event_count")

    class Meta:
        model = Topic
        fields = (
            *("slug", "article", "order", "title", "question", "period_start", "period_end", "tags"),
            *("perspectives", "cruxes", "responses", "events"),
        )


class LinkFromSerializer(serializers.ModelSerializer[Response]):
    """A claim that answers the one shown."""

    claim = serializers.CharField(source="from_claim.identifier")

    class Meta:
        model = Response
        fields = ("claim", "type", "note")


class LinkToSerializer(serializers.ModelSerializer[Response]):
    """A claim that the one shown answers."""

    claim = serializers.CharField(source="to_claim.identifier")

    class Meta:
        model = Response
        fields = ("claim", "type", "note")


class ClaimLineSerializer(serializers.ModelSerializer[Claim]):
    """A claim on its own: whose it is, its citations, who answers it and whom it answers."""

    topic = serializers.CharField(source="topic.slug")
    article = serializers.CharField(source="topic.article.slug")
    perspective = serializers.CharField(source="perspective.identifier")
    perspective_label = serializers.CharField(source="perspective.label")
    stance = serializers.CharField(source="perspective.stance")
    held_by = serializers.SerializerMethodField()
    citations = CitationSerializer(many=True)
    answers_given = LinkToSerializer(many=True)
    answers_received = LinkFromSerializer(many=True)
    gaps = GapSerializer(many=True)

    class Meta:
        model = Claim
        fields = (
            *("identifier", "topic", "article", "perspective", "perspective_label", "stance", "held_by", "kind"),
            *("text", "citations", "answers_given", "answers_received", "gaps"),
        )

    def get_held_by(self, claim: Claim) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in claim.perspective.holdings.all()]


class Pages(pagination.PageNumberPagination):
    """Pages by number, as REST framework's tutorial has them."""

    page_size = 50


class PlainView(generics.GenericAPIView[Any]):
    """REST framework's own conventions instead of the site's; no authentication, like ours."""

    content_negotiation_class = DefaultContentNegotiation
    renderer_classes = [renderers.JSONRenderer]
    pagination_class = Pages


class TopicView(PlainView, generics.RetrieveAPIView[Topic]):
    """A topic, whole."""

    serializer_class = TopicSerializer
    lookup_field = "slug"
    queryset = Topic.objects.select_related("article__source").prefetch_related(
        "phrasings",
        "tags",
        Prefetch("perspectives__holdings", HOLDINGS.queryset),
        Prefetch("perspectives__claims__citations", CITATIONS.queryset),
        Prefetch("responses", Response.objects.select_related("from_claim", "to_claim")),
        Prefetch("gaps", Gap.objects.select_related("claim")),
        Prefetch("agreements__citations", CITATIONS.queryset),
        "cruxes",
        Prefetch("events__citations", CITATIONS.queryset),
        Prefetch("bibliography", BibliographyEntry.objects.select_related("source")),
    )


def counted(model: type[Response | Event]) -> Coalesce:
    """Count a topic's rows in a subquery: two joined counts would multiply each other's rows for every topic."""
    own = model._default_manager.filter(topic=OuterRef("pk")).order_by().values("topic")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


TOPIC_LINES = (
    Topic.objects.select_related("article")
    .annotate(response_count=counted(Response), event_count=counted(Event))
    .prefetch_related(
        "tags",
        "cruxes",
        Prefetch(
            "perspectives",
            Perspective.objects.annotate(claim_count=Count("claims")).order_by("order").prefetch_related(HOLDINGS),
        ),
    )
    .order_by("article__slug", "order")
)


class TopicList(PlainView, generics.ListAPIView[Topic]):
    """The topics."""

    serializer_class = TopicLineSerializer
    queryset = TOPIC_LINES


class ClaimFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Claims by topic and stance."""

    topic = filters.CharFilter(field_name="topic__slug")
    stance = filters.ChoiceFilter(field_name="perspective__stance", choices=Stance.choices)

    class Meta:
        model = Claim
        fields = ("topic", "stance")


CLAIM_LINES = (
    Claim.objects.select_related("topic__article", "perspective")
    .prefetch_related(
        Prefetch("perspective__holdings", HOLDINGS.queryset),
        CITATIONS,
        Prefetch("answers_given", Response.objects.select_related("to_claim")),
        Prefetch("answers_received", Response.objects.select_related("from_claim")),
        Prefetch("gaps", Gap.objects.select_related("claim")),
    )
    .order_by("pk")
)


class ClaimList(PlainView, generics.ListAPIView[Claim]):
    """The claims."""

    serializer_class = ClaimLineSerializer
    filter_backends = [filters.DjangoFilterBackend]
    filterset_class = ClaimFilter
    queryset = CLAIM_LINES
