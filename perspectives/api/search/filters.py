"""By what each list can be filtered. A value is checked by form here, a name that finds nothing in `known_names`.

Of several values one is enough; several filters have to fit all.
"""

from typing import Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.search.filter_kinds import SLUG, choice, slugs, terms, text, texts, words, years
from perspectives.models import (
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
)
from perspectives.models.publication.published import STEMMED
from perspectives.queries.publication import published
from perspectives.queries.search.claim_search import MAX_CHARACTERS, claims_matching
from perspectives.vocab import ClaimKind, FindingKind, QuoteStatus, Relation, ResponseType, SourceCategory, Stance

_CITEKEY: Final = r"[a-z0-9]+([_-][a-z0-9]+)*"
_LANGUAGE: Final = r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_CLAIM: Final = rf"{SLUG}/{SLUG}"
_CLAIM_LENGTH: Final = 170
_DATE: Final = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_DATE_SENTENCE: Final = "Give YYYY, YYYY-MM or YYYY-MM-DD."
_YES_NO: Final = {"yes": True, "no": False}
_CLAIM_TOPIC: Final = "Claims of these topics."
_CLAIM_STANCE: Final = "Claims of perspectives with one of these stances."
_CLAIM_KIND: Final = "Claims of these kinds."
_CLAIM_ARTICLE: Final = "Claims of topics that one of these articles raises."
_CLAIM_CATEGORY: Final = "Claims that cite a source of one of these categories."
_CLAIM_YEAR: Final = "Claims that cite a source of one of these years, or of such a span (1990..1999, 1990.., ..1999)."


class TopicFilter(filters.FilterSet):
    """Topics by article and tag."""

    article = slugs("Topics that these articles raise.", field_name="article__slug")
    tag = slugs("Topics with one of these tags.", contains="tags")

    class Meta:
        model = PublishedTopic
        fields = ()


def _question(description: str, **how: object) -> filters.CharFilter:
    """Make a filter that takes a question in websearch syntax; one without a word is refused in `known_names`."""
    sentence = f"Give words to search for, at most {MAX_CHARACTERS} characters."
    return words(description, sentence, MAX_CHARACTERS, **how)


class ClaimFilter(filters.FilterSet):
    """Claims by topic, stance, kind, source, holder, who states them, tag, state of quotation, answers, and words."""

    id = texts(
        "These claims (topic/claim).",
        _CLAIM,
        "Give topic/claim.",
        max_length=_CLAIM_LENGTH,
        field_name="public_id",
    )
    topic = slugs(_CLAIM_TOPIC, field_name="published_topic__slug")
    article = slugs(_CLAIM_ARTICLE, field_name="published_topic__article__slug")
    stance = terms(_CLAIM_STANCE, Stance)
    kind = terms(_CLAIM_KIND, ClaimKind)
    source = texts("Claims that cite a source with one of these keys.", _CITEKEY, "Give citekeys.", contains="sources")
    category = terms(_CLAIM_CATEGORY, SourceCategory, contains="categories")
    year = years(_CLAIM_YEAR, contains="years")
    holder = slugs("Claims of perspectives that a person with one of these slugs holds.", contains="holders")
    stated_by = slugs("Claims that a cited work of a person with one of these slugs states.", contains="stated_by")
    tag = slugs("Claims of topics with one of these tags.", contains="tags")
    quote_status = terms(
        "Claims with a quotation whose words were seen in one of these ways.",
        QuoteStatus,
        contains="record__cites",
        key="quote_status",
    )
    answered = choice(
        "Claims to which a claim of another perspective responds, or to which none does.",
        list(_YES_NO),
        method="with_answers",
    )
    answered_by = terms("Claims to which a claim of one of these stances responds.", Stance, contains="answered_by")
    unanswered_by = terms(
        "Claims to which one of these stances does not respond.", Stance, contains="answered_by", exclude=True
    )
    q = _question("Claims that match these words, in the syntax of `/search/`; in no order of rank.", method="matching")

    class Meta:
        model = PublishedClaim
        fields = ()

    def with_answers(self, queryset: QuerySet[PublishedClaim], _name: str, value: str) -> QuerySet[PublishedClaim]:
        """Keep the claims that are answered, or those that are not."""
        return queryset.exclude(answered_by=[]) if _YES_NO[value] else queryset.filter(answered_by=[])

    def matching(self, queryset: QuerySet[PublishedClaim], _name: str, value: str) -> QuerySet[PublishedClaim]:
        """Keep the claims that match a question."""
        return claims_matching(queryset, value)


class SearchFilter(filters.FilterSet):
    """What a search takes: the question, and the facets of its answer."""

    q = _question(
        'What to search for: words, "a phrase", `or`, and `-` before what is not to be found.',
        required=True,
    )
    topic = slugs(_CLAIM_TOPIC)
    article = slugs(_CLAIM_ARTICLE)
    stance = terms(_CLAIM_STANCE, Stance)
    kind = terms(_CLAIM_KIND, ClaimKind)
    category = terms(_CLAIM_CATEGORY, SourceCategory)
    year = years(_CLAIM_YEAR)

    class Meta:
        model = PublishedClaim
        fields = ()


class CitationFilter(filters.FilterSet):
    """Citations of claims by topic, stance, claim, relation, state of quotation, and by the source."""

    topic = slugs("Citations of claims of these topics.", field_name="edition__current_for_topic__slug")
    stance = terms("Citations of claims with one of these stances.", Stance, field_name="record__stance")
    claim = texts(
        "Citations of these claims (topic/claim).",
        _CLAIM,
        "Give topic/claim.",
        max_length=_CLAIM_LENGTH,
        field_name="record__claim",
    )
    relation = terms("Citations with one of these relations.", Relation, field_name="record__cite__relation")
    quote_status = terms(
        "Citations with a quotation whose words were seen in one of these ways.",
        QuoteStatus,
        field_name="record__cite__quote_status",
    )
    source = texts("Citations of sources with these keys.", _CITEKEY, "Give citekeys.", field_name="source__key")
    category = terms("Citations of sources of these categories.", SourceCategory, field_name="source__category")
    year = years(
        "Citations of sources of these years, or of such a span (1990..1999, 1990.., ..1999).",
        field_name="source__year",
    )

    class Meta:
        model = PublishedUse
        fields = ()


class ResponseFilter(filters.FilterSet):
    """Responses by topic, type, the claims and their stances."""

    topic = slugs("Responses within these topics.", field_name="published_topic__slug")
    article = slugs("Responses within topics of these articles.", field_name="published_topic__article__slug")
    type = terms("Responses of these types.", ResponseType)
    from_stance = terms("Responses by claims of these stances.", Stance)
    to_stance = terms("Responses to claims of these stances.", Stance)
    claim = texts(
        "Responses by or to one of these claims (topic/claim).",
        _CLAIM,
        "Give topic/claim.",
        max_length=_CLAIM_LENGTH,
        method="of",
    )

    class Meta:
        model = PublishedResponse
        fields = ()

    def of(self, queryset: QuerySet[PublishedResponse], _name: str, value: list[str]) -> QuerySet[PublishedResponse]:
        """Keep the responses of which one of the claims is one end."""
        return queryset.filter(Q(from_claim__in=value) | Q(to_claim__in=value))


class EventFilter(filters.FilterSet):
    """Events by topic, tag and span of time."""

    topic = slugs("Events of these topics.", field_name="published_topic__slug")
    article = slugs("Events of topics of these articles.", field_name="published_topic__article__slug")
    tag = slugs("Events of topics with one of these tags.", contains="published_topic__tags")
    after = text("Events on or after this date.", _DATE, _DATE_SENTENCE, max_length=10, method="on_or_after")
    before = text("Events before this date.", _DATE, _DATE_SENTENCE, max_length=10, method="earlier")

    class Meta:
        model = PublishedEvent
        fields = ()

    def on_or_after(self, queryset: QuerySet[PublishedEvent], _name: str, value: str) -> QuerySet[PublishedEvent]:
        """Keep what may have happened on the date or later: an event known to the year counts by its whole year."""
        shorter = [value[:length] for length in (4, 7) if length < len(value)]
        return queryset.filter(Q(date__gte=value) | Q(date__in=shorter))

    def earlier(self, queryset: QuerySet[PublishedEvent], _name: str, value: str) -> QuerySet[PublishedEvent]:
        """Keep what began before the date. Raises RefusedError where nothing can: `after` is not before it."""
        if self.form.cleaned_data["after"] >= value:
            sentence = f"'before' is '{value}', which is not later than 'after'; give the earlier date in 'after'."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="before")
        return queryset.filter(date__lt=value)


class PersonFilter(filters.FilterSet):
    """People by topic and stance of a position, and by name."""

    topic = slugs("People with a position on one of these topics.", contains="record__positions", key="topic")
    stance = terms(
        "People with a position of one of these stances.", Stance, contains="record__positions", key="stance"
    )
    name = words(
        "People whose name contains this.",
        "Give at most 80 characters.",
        80,
        field_name="name",
        lookup_expr="icontains",
    )

    class Meta:
        model = PublishedPerson
        fields = ()


class SourceFilter(filters.FilterSet):
    """Sources by category, year, language, the topic that cites them, and the stance of claims that do."""

    category = terms("Sources of these categories.", SourceCategory)
    year = years("Sources issued in one of these years, or in such a span (1990..1999, 1990.., ..1999).")
    language = texts(
        "Sources in one of these languages (BCP 47).", _LANGUAGE, "Give language tags such as en.", max_length=35
    )
    q = _question("Sources whose title and authors have all these words.", method="matching")
    topic = slugs("Sources that the current edition of one of these topics uses.", method="used_in")
    article = slugs("Sources that the guide or topics of one of these articles use now.", method="used_around")
    stance = terms("Sources that claims of one of these stances cite.", Stance, method="cited_by")

    class Meta:
        model = PublishedSource
        fields = ()

    def matching(self, queryset: QuerySet[PublishedSource], _name: str, value: str) -> QuerySet[PublishedSource]:
        """Keep the sources whose title or authors match."""
        return queryset.filter(search=SearchQuery(value, config=STEMMED))

    def used_in(self, queryset: QuerySet[PublishedSource], _name: str, value: list[str]) -> QuerySet[PublishedSource]:
        """Keep the sources that one of the topics uses, each once."""
        users = published.sources().filter(uses__edition__current_for_topic__slug__in=value)
        return queryset.filter(pk__in=users.values("pk"))

    def used_around(
        self, queryset: QuerySet[PublishedSource], _name: str, value: list[str]
    ) -> QuerySet[PublishedSource]:
        """Keep the sources that the guide or a topic of one of the articles uses, each once."""
        of_topics = Q(uses__edition__current_for_topic__article__slug__in=value)
        users = published.sources().filter(of_topics | Q(uses__edition__current_for_article__slug__in=value))
        return queryset.filter(pk__in=users.values("pk"))

    def cited_by(self, queryset: QuerySet[PublishedSource], _name: str, value: list[str]) -> QuerySet[PublishedSource]:
        """Keep the sources that claims of one of the stances cite, each once."""
        users = published.sources().filter(uses__record__stance__in=value)
        return queryset.filter(pk__in=users.values("pk"))


class PassageFilter(filters.FilterSet):
    """Passages by article, by the topic that takes them up, and by finding."""

    article = slugs("Passages of these articles.", field_name="published_article__slug")
    topic = slugs("Passages that one of these topics takes up.", contains="topics")
    finding = terms("Passages with one of these findings.", FindingKind, contains="record__findings", key="finding")

    class Meta:
        model = PublishedPassage
        fields = ()
