"""The kinds of filters: most take several values, of which a row needs one; what they are is described for OpenAPI."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from perspectives.api.http.conventions import READABLE
from perspectives.queries.functions import HasBetween
from perspectives.rules.search import years as year_spans
from perspectives.rules.search.years import Span
from perspectives.vocab import Term

SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
Read = Callable[[str], Any]
"""Reads one value. Raises ValidationError."""


class QueryBackend(filters.DjangoFilterBackend):
    """django-filter's backend, which reads the view's `query`: there a repeated list is one, parted by commas."""

    def get_filterset_kwargs(self, request: Any, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        """Give what a filter set is made of."""
        return {**super().get_filterset_kwargs(request, queryset, view), "data": view.query}


class ValuesField(forms.Field):
    """Reads values that are parted by commas, each given once."""

    def __init__(self, *, read: Read, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read
        self.choices = choices

    def to_python(self, value: str | None) -> list[Any]:
        """Read each value. Raises ValidationError."""
        if not value:
            return []
        texts = value.split(",")
        if len(set(texts)) < len(texts):
            raise ValidationError("Give each value once.")
        return [self.read(text) for text in texts]


class Values(filters.Filter):
    """Keeps the rows that have one of the values.

    A row has a value in its column, or in the list `contains`: as it is, or as the member `key` of one of its objects.
    """

    field_class = ValuesField

    def __init__(self, *, contains: str = "", key: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.contains, self.key = contains, key

    def filter(self, queryset: QuerySet[Any], value: Sequence[Any]) -> QuerySet[Any]:
        """Keep them; where the filter excludes, those that lack one of the values."""
        if not value:
            return queryset
        if self.exclude:
            return queryset.exclude(**{f"{self.contains}__contains": value})
        return queryset.filter(self.condition(value))

    def condition(self, value: Sequence[Any]) -> Q:
        """Say that a row has one of the values."""
        if self.key:
            held = ({f"{self.contains}__contains": [{self.key: one}]} for one in value)
            return Q(*(Q(**one) for one in held), _connector=Q.OR)
        if self.contains:
            return Q(**{f"{self.contains}__overlap": value})
        return Q(**{f"{self.field_name}__in": value})


class YearValues(Values):
    """Keeps the rows of which a year, in the column or in the list `contains`, is one of the years or in a span."""

    def condition(self, value: Sequence[Span]) -> Q:
        """Say that a row has such a year."""
        conditions = [self._within(span) for span in value if not span.is_single]
        if single := [span.first for span in value if span.is_single]:
            conditions.append(super().condition(single))  # which an index may help to find
        return Q(*conditions, _connector=Q.OR)

    def _within(self, span: Span) -> Q:
        if self.contains:
            return Q(HasBetween(self.contains, *span))
        return Q(**{f"{self.field_name}__range": span})


def list_names(kinds: Mapping[str, Any]) -> list[str]:
    """Name the filters that take several values."""
    return [name for name, kind in kinds.items() if isinstance(kind, Values)]


def several(description: str, items: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a parameter that takes several values, each given once."""
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True, "description": description}


def _formed(pattern: str, sentence: str, max_length: int) -> Read:
    form = re.compile(pattern)

    def read(text: str) -> str:
        if len(text) > max_length or form.fullmatch(text) is None:
            raise ValidationError(sentence)
        return text

    return read


def texts(description: str, pattern: str, sentence: str, *, max_length: int = 80, **how: Any) -> Values:
    """Make a filter whose values match a pattern as a whole."""
    items = {"type": "string", "pattern": f"^{pattern}$", "maxLength": max_length}
    made = Values(read=_formed(pattern, sentence, max_length), **how)
    return extend_schema_field(several(description, items))(made)


def text(description: str, pattern: str, sentence: str, *, max_length: int, method: str) -> filters.CharFilter:
    """Make a filter with one value, which matches a pattern as a whole."""

    def check(value: str) -> None:
        if re.fullmatch(pattern, value) is None:
            raise ValidationError(sentence)

    shape = {"type": "string", "pattern": f"^{pattern}$", "maxLength": max_length, "description": description}
    made = filters.CharFilter(validators=[check], strip=False, max_length=max_length, method=method)
    return extend_schema_field(shape)(made)


def slugs(description: str, **how: Any) -> Values:
    """Make a filter whose values are slugs."""
    return texts(description, SLUG, "Give slugs: small letters, digits and single hyphens.", **how)


def terms(description: str, known: type[Term], **how: Any) -> Values:
    """Make a filter whose values are codes of the vocabulary."""

    def read(value: str) -> str:
        if value not in known.values:
            raise ValidationError(f"Give one or several of: {', '.join(known.values)}.")
        return value

    made = Values(read=read, choices=known.choices, **how)
    return extend_schema_field(several(description, {"type": "string", "enum": known.values}))(made)


def years(description: str, **how: Any) -> YearValues:
    """Make a filter whose values are years and spans of years."""

    def read(value: str) -> Span:
        try:
            return year_spans.read(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    items = {"type": "string", "pattern": f"^{year_spans.PATTERN}$", "examples": ["1991", "1990..1999", "2014.."]}
    return extend_schema_field(several(description, items))(YearValues(read=read, **how))


def choice(description: str, known: Sequence[str], *, method: str) -> filters.ChoiceFilter:
    """Make a filter with one value of a few."""
    messages = {"invalid_choice": f"Give one of: {', '.join(known)}."}
    made = filters.ChoiceFilter(choices=[(word, word) for word in known], error_messages=messages, method=method)
    return extend_schema_field({"type": "string", "enum": list(known), "description": description})(made)


def words(description: str, sentence: str, max_length: int, **how: Any) -> filters.CharFilter:
    """Make a filter that takes any text without control characters, which the conventions refuse everywhere."""
    shape = {
        "type": "string",
        "minLength": 1,
        "maxLength": max_length,
        "pattern": READABLE,
        "description": description,
    }
    messages = {"required": sentence, "max_length": sentence}
    made = filters.CharFilter(max_length=max_length, strip=False, error_messages=messages, **how)
    return extend_schema_field(shape)(made)
