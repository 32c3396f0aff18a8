"""Counts instead of records: `group_by=` counts the records of a list by one or two of their properties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http import formats, pagination, problems, sparse
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import ListView
from perspectives.api.search import known_names
from perspectives.api.search.group_schema import MOST, PARAMETER
from perspectives.queries.functions import EachOf, EachText
from perspectives.queries.publication import statistics
from perspectives.rules.formats import table
from perspectives.vocab import ClaimKind, QuoteStatus, Relation, ResponseType, SourceCategory, Stance, Term

_OF_RECORDS: Final = ("fields", "include", "cursor", "limit", "ordering", "style")
"""Parameters that choose among records, or say how they are written."""
_FORMS: Final = (formats.JSON, formats.CSV)


@dataclass(frozen=True)
class Grouping:
    """A property by which records are counted: where it is found, and what it can be, as a JSON Schema says it."""

    expression: F | Func
    schema: Mapping[str, Any]
    has_several: bool = False
    """Whether a record can have several values, and so be in several groups."""

    def place(self, value: Any) -> tuple[bool, Any]:
        """Say where a value stands among others: codes as the vocabulary orders them, what is unknown at the end."""
        codes = self.schema.get("enum")
        return value is None, "" if value is None else codes.index(value) if codes else value


def _codes(terms: type[Term], expression: F | Func, *, has_several: bool = False) -> Grouping:
    return Grouping(expression, {"type": "string", "enum": terms.values}, has_several)


def _names(expression: F | Func) -> Grouping:
    return Grouping(expression, {"type": "string"})


def _years(expression: F | Func, *, has_several: bool = False) -> Grouping:
    return Grouping(expression, {"type": "integer"}, has_several)


OF_CLAIMS: Final[Mapping[str, Grouping]] = {
    "stance": _codes(Stance, F("stance")),
    "topic": _names(F("published_topic__slug")),
    "kind": _codes(ClaimKind, F("kind")),
    "category": _codes(SourceCategory, EachOf("categories", output_field=TextField()), has_several=True),
    "year": _years(EachOf("years", output_field=IntegerField()), has_several=True),
    "quote_status": _codes(QuoteStatus, EachText("record", Value("$.cites[*].quote_status")), has_several=True),
}
OF_CITATIONS: Final[Mapping[str, Grouping]] = {
    "stance": _codes(Stance, KT("record__stance")),
    "topic": _names(F("edition__current_for_topic__slug")),
    "relation": _codes(Relation, KT("record__cite__relation")),
    "quote_status": _codes(QuoteStatus, KT("record__cite__quote_status")),
    "source": _names(F("source__key")),
    "category": _codes(SourceCategory, F("source__category")),
    "year": _years(F("source__year")),
}
OF_SOURCES: Final[Mapping[str, Grouping]] = {
    "category": _codes(SourceCategory, F("category")),
    "year": _years(F("year")),
    "language": _names(F("language")),
}
OF_RESPONSES: Final[Mapping[str, Grouping]] = {
    "topic": _names(F("published_topic__slug")),
    "type": _codes(ResponseType, F("type")),
    "from_stance": _codes(Stance, F("from_stance")),
    "to_stance": _codes(Stance, F("to_stance")),
}


class GroupedListView(ListView):
    """A list whose records may be counted by the properties in `groupings`; at most two queries then."""

    groupings: ClassVar[Mapping[str, Grouping]]

    def parameters(self) -> Collection[str]:
        """Name the parameters."""
        return [*super().parameters(), PARAMETER]

    def lists(self) -> Collection[str]:
        """Name those of them that take several values."""
        return [*super().lists(), PARAMETER]

    def check_request(self, request: Request) -> None:
        """Read by what to count too. Raises RefusedError."""
        super().check_request(request)
        self.group_by = sparse.names(self.query, PARAMETER, self.groupings)
        if self.group_by:
            self._check_groups()

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Give one page, or the counts. Raises RefusedError."""
        return self.counts() if self.group_by else super().get(request, **kwargs)

    def counts(self) -> HttpResponse:
        """Count all records that match. Raises RefusedError."""
        rows = self.matching()
        groups = self._groups(rows)
        is_overlapping = bool(self._several())
        count = rows.count() if is_overlapping else sum(group["count"] for group in groups)
        known_names.check(self.query, found=count)
        if self.form is formats.CSV:
            columns = {name: name for name in (*self.group_by, "count")}
            return HttpResponse(table.csv_table(columns, groups).encode(), content_type=self.form.content_type)
        return self.respond(
            {
                "count": count,
                "next": None,
                "previous": None,
                "results": [],
                "group_by": self.group_by,
                "filters": {name: self.query[name] for name in self.filters if name in self.query},
                "is_overlapping": is_overlapping,
                "groups": groups,
            }
        )

    def _groups(self, rows: QuerySet[Any]) -> list[sparse.Record]:
        by = {name: self.groupings[name] for name in self.group_by}
        try:
            groups = statistics.grouped(rows, {name: one.expression for name, one in by.items()})
        except statistics.TooManyGroupsError as error:
            sentence = f"There are more than {statistics.MOST_GROUPS} groups; count by less, or narrow with filters."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=PARAMETER) from error
        return sorted(groups, key=lambda group: [one.place(group.get(name)) for name, one in by.items()])

    @property
    def filters(self) -> Collection[str]:
        """The names of the filters."""
        return self.filterset_class.base_filters if self.filterset_class else ()

    def _default(self, name: str) -> str | None:
        """Give the default of a parameter, which some generated clients send though nobody chose it."""
        return {"limit": str(self.pagination_class.page_size), "ordering": next(iter(self.orderings))}.get(name)

    def _several(self) -> list[str]:
        return [name for name in self.group_by if self.groupings[name].has_several]

    def _check_groups(self) -> None:
        """Raise RefusedError for what does not go with counts, or cannot be counted together."""
        pagination.wants_count(self.query)  # it is told anyhow, but the value has to be one
        for name in _OF_RECORDS:
            if self.query.get(name) not in (None, self._default(name)):
                sentence = f"'{name}' is for records, and 'group_by' gives the counts of all; leave one of them out."
                raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)
        if self.form not in _FORMS:
            sentence = "'group_by' is answered in JSON and CSV only."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=PARAMETER)
        if len(self.group_by) > MOST:
            sentence = f"'group_by' takes at most {MOST} properties."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=PARAMETER)
        if len(several := self._several()) > 1:
            sentence = (
                f"A claim has each of {' and '.join(several)} from several sources, so that pairs of them would mix "
                "sources; count `citations/` instead, where each has one."
            )
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=PARAMETER)
