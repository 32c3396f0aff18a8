"""By what each list can be filtered. A value is checked by form here, a name that finds nothing in `known_names`."""

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from perspectives.api.http.conventions import READABLE
from perspectives.models import (
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
)
from perspectives.models.publication.published import STEMMED
from perspectives.queries.publication import published
from perspectives.queries.search.claim_search import MAX_CHARACTERS, claims_matching
from perspectives.vocab import ClaimKind, FindingKind, QuoteStatus, ResponseType, SourceCategory, Stance, Term

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_CITEKEY = r"[a-z0-9]+([_-][a-z0-9]+)*"
_LANGUAGE = r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_YEAR = r"[1-9][0-9]{0,3}"
_CLAIM = rf"{_SLUG}/{_SLUG}"
_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


class _Contains(filters.Filter):
    """Keeps the rows whose list `contains` holds the value: as it is, or as the member `key` of one of its objects."""

    def __init__(self, *args: Any, contains: str = "", key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contains, self.key = contains, key

    def filter(self, queryset: QuerySet[Any], value: str) -> Any:
        """Keep them, or leave them out where the filter excludes."""
        if self.contains and value:
            held = {self.key: value} if self.key else value
            return self.get_method(queryset)(**{f"{self.contains}__contains": [held]})
        return super().filter(queryset, value)


class _Text(_Contains, filters.CharFilter):
    pass


class _Choice(_Contains, filters.ChoiceFilter):
    pass


def _formed(shape: dict[str, Any], pattern: str, sentence: str, **how: Any) -> filters.CharFilter:
    """Make a filter whose value must match a pattern as a whole; `shape` describes it in the schema."""
    check = RegexValidator(rf"\A(?:{pattern})\Z", message=sentence)
    return extend_schema_field(shape)(_Text(validators=[check], strip=False, **how))


def _text(description: str, pattern: str, sentence: str, *, max_length: int = 80, **how: Any) -> filters.CharFilter:
    shape = {"type": "string", "pattern": f"^{pattern}$", "maxLength": max_length, "description": description}
    return _formed(shape, pattern, sentence, max_length=max_length, **how)


def _slug(description: str, **how: Any) -> filters.CharFilter:
    return _text(description, _SLUG, "Give a slug: small letters, digits and single hyphens.", **how)


def _term(description: str, terms: type[Term], **how: Any) -> filters.ChoiceFilter:
    """Make a filter whose value is a code of the vocabulary."""
    messages = {"invalid_choice": f"Give one of: {', '.join(terms.values)}."}
    field = _Choice(choices=terms.choices, error_messages=messages, **how)
    return extend_schema_field({"type": "string", "enum": terms.values, "description": description})(field)


class TopicFilter(filters.FilterSet):
    """Topics by article and tag."""

    article = _slug("Topics that this article raises.", field_name="article__slug")
    tag = _slug("Topics with this tag.", contains="tags")

    class Meta:
        model = PublishedTopic
        fields = ()


def _free_text(description: str, sentence: str, max_length: int, **how: Any) -> filters.CharFilter:
    """Make a filter that takes any text without control characters, which the conventions refuse everywhere."""
    shape = {
        "type": "string",
        "minLength": 1,
        "maxLength": max_length,
        "pattern": READABLE,
        "description": description,
    }
    messages = {"required": sentence, "max_length": sentence}
    return extend_schema_field(shape)(
        filters.CharFilter(max_length=max_length, strip=False, error_messages=messages, **how)
    )


def _question(description: str, **how: Any) -> filters.CharFilter:
    """Make a filter that takes a question in websearch syntax."""
    sentence = f"Give words to search for, at most {MAX_CHARACTERS} characters."
    return _free_text(description, sentence, MAX_CHARACTERS, **how)


_YES_NO = {"yes": True, "no": False}
_CLAIM_TOPIC = "Claims of this topic."
_CLAIM_ARTICLE = "Claims of topics that this article raises."
_CLAIM_STANCE = "Claims of perspectives with this stance."
_CLAIM_KIND = "Claims of this kind."


class ClaimFilter(filters.FilterSet):
    """Claims by topic, stance, kind, source, holder, who states them, tag, state of quotation, answers, and words."""

    id = _text(
        "These claims (topic/claim), separated by commas.",
        rf"{_CLAIM}(,{_CLAIM})*",
        "Give topic/claim, several separated by commas.",
        max_length=3000,
        method="named",
    )
    topic = _slug(_CLAIM_TOPIC, field_name="published_topic__slug")
    article = _slug(_CLAIM_ARTICLE, field_name="published_topic__article__slug")
    stance = _term(_CLAIM_STANCE, Stance)
    kind = _term(_CLAIM_KIND, ClaimKind)
    source = _text("Claims that cite the source with this key.", _CITEKEY, "Give a citekey.", contains="sources")
    holder = _slug("Claims of perspectives that the person with this slug holds.", contains="holders")
    stated_by = _slug("Claims that a cited work of the person with this slug states.", contains="stated_by")
    tag = _slug("Claims of topics with this tag.", contains="tags")
    quote_status = _term(
        "Claims with a quotation whose words were seen in this way.",
        QuoteStatus,
        contains="record__cites",
        key="quote_status",
    )
    answered = extend_schema_field(
        {
            "type": "string",
            "enum": list(_YES_NO),
            "description": "Claims to which a claim of another perspective responds, or to which none does.",
        }
    )(
        filters.ChoiceFilter(
            choices=[(word, word) for word in _YES_NO],
            error_messages={"invalid_choice": f"Give one of: {', '.join(_YES_NO)}."},
            method="with_answers",
        )
    )
    answered_by = _term("Claims to which a claim of this stance responds.", Stance, contains="answered_by")
    unanswered_by = _term(
        "Claims to which no claim of this stance responds.", Stance, contains="answered_by", exclude=True
    )
    q = _question("Claims that match these words, in the syntax of `/search/`; in no order of rank.", method="matching")

    class Meta:
        model = PublishedClaim
        fields = ()

    def named(self, queryset: QuerySet[PublishedClaim], _name: str, value: str) -> QuerySet[PublishedClaim]:
        """Keep the claims with these ids."""
        return queryset.filter(public_id__in=value.split(","))

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
    topic = _slug(_CLAIM_TOPIC)
    article = _slug(_CLAIM_ARTICLE)
    stance = _term(_CLAIM_STANCE, Stance)
    kind = _term(_CLAIM_KIND, ClaimKind)
    category = _term("Claims that cite a source of this category.", SourceCategory)
    year = _formed(
        {"type": "integer", "minimum": 1, "maximum": 9999, "description": "Claims that cite a source of this year."},
        _YEAR,
        "Give a year from 1 to 9999.",
    )

    class Meta:
        model = PublishedClaim
        fields = ()


class ResponseFilter(filters.FilterSet):
    """Responses by topic, type, the claims and their stances."""

    topic = _slug("Responses within this topic.", field_name="published_topic__slug")
    article = _slug("Responses within the topics of this article.", field_name="published_topic__article__slug")
    type = _term("Responses of this type.", ResponseType)
    from_stance = _term("Responses by claims of this stance.", Stance)
    to_stance = _term("Responses to claims of this stance.", Stance)
    claim = _text(
        "Responses by or to this claim (topic/claim).", _CLAIM, "Give topic/claim.", max_length=170, method="of"
    )

    class Meta:
        model = PublishedResponse
        fields = ()

    def of(self, queryset: QuerySet[PublishedResponse], _name: str, value: str) -> QuerySet[PublishedResponse]:
        """Keep the responses of which a claim is one end."""
        return queryset.filter(Q(from_claim=value) | Q(to_claim=value))


class EventFilter(filters.FilterSet):
    """Events by topic, tag and span of time."""

    topic = _slug("Events of this topic.", field_name="published_topic__slug")
    article = _slug("Events of the topics of this article.", field_name="published_topic__article__slug")
    tag = _slug("Events of topics with this tag.", contains="published_topic__tags")
    after = _text(
        "Events on or after this date.", _DATE, "Give YYYY, YYYY-MM or YYYY-MM-DD.", max_length=10, method="on_or_after"
    )
    before = _text(
        "Events before this date.", _DATE, "Give YYYY, YYYY-MM or YYYY-MM-DD.", max_length=10, method="earlier"
    )

    class Meta:
        model = PublishedEvent
        fields = ()

    def on_or_after(self, queryset: QuerySet[PublishedEvent], _name: str, value: str) -> QuerySet[PublishedEvent]:
        """Keep what may have happened on the date or later: an event known to the year counts by its whole year."""
        shorter = [value[:length] for length in (4, 7) if length < len(value)]
        return queryset.filter(Q(date__gte=value) | Q(date__in=shorter))

    def earlier(self, queryset: QuerySet[PublishedEvent], _name: str, value: str) -> QuerySet[PublishedEvent]:
        """Keep what began before the date."""
        return queryset.filter(date__lt=value)


class PersonFilter(filters.FilterSet):
    """People by topic and stance of a position, and by name."""

    topic = _slug("People with a position on this topic.", contains="record__positions", key="topic")
    stance = _term("People with a position of this stance.", Stance, contains="record__positions", key="stance")
    name = _free_text(
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

    category = _term("Sources of this category.", SourceCategory)
    year = _formed(
        {"type": "integer", "minimum": 1, "maximum": 9999, "description": "Sources issued in this year."},
        _YEAR,
        "Give a year from 1 to 9999.",
    )
    language = _text("Sources in this language (BCP 47).", _LANGUAGE, "Give a language tag such as en.", max_length=35)
    q = _question("Sources whose title and authors have all these words.", method="matching")
    topic = _slug("Sources that this topic's current edition uses.", method="used_in")
    article = _slug("Sources that this article's guide and topics use now.", method="used_around")
    stance = _term("Sources that claims of this stance cite.", Stance, method="cited_by")

    class Meta:
        model = PublishedSource
        fields = ()

    def matching(self, queryset: QuerySet[PublishedSource], _name: str, value: str) -> QuerySet[PublishedSource]:
        """Keep the sources whose title or authors match."""
        return queryset.filter(search=SearchQuery(value, config=STEMMED))

    def used_in(self, queryset: QuerySet[PublishedSource], _name: str, value: str) -> QuerySet[PublishedSource]:
        """Keep the sources that a topic uses, each once."""
        users = published.sources().filter(uses__edition__current_for_topic__slug=value)
        return queryset.filter(pk__in=users.values("pk"))

    def used_around(self, queryset: QuerySet[PublishedSource], _name: str, value: str) -> QuerySet[PublishedSource]:
        """Keep the sources that an article's guide or one of its topics uses, each once."""
        of_topics = Q(uses__edition__current_for_topic__article__slug=value)
        users = published.sources().filter(of_topics | Q(uses__edition__current_for_article__slug=value))
        return queryset.filter(pk__in=users.values("pk"))

    def cited_by(self, queryset: QuerySet[PublishedSource], _name: str, value: str) -> QuerySet[PublishedSource]:
        """Keep the sources that claims of a stance cite, each once."""
        users = published.sources().filter(uses__record__stance=value)
        return queryset.filter(pk__in=users.values("pk"))


class PassageFilter(filters.FilterSet):
    """Passages by article, by the topic that takes them up, and by finding."""

    article = _slug("Passages of this article.", field_name="published_article__slug")
    topic = _slug("Passages that this topic takes up.", contains="topics")
    finding = _term("Passages with such a finding.", FindingKind, contains="record__findings", key="finding")

    class Meta:
        model = PublishedPassage
        fields = ()
