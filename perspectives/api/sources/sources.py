"""Sources and the styles in which they can be cited."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http import expanding, formats, problems, sparse
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import RecordView, ResourceView
from perspectives.api.schema import source_shapes, writers
from perspectives.api.search import grouping
from perspectives.api.search.filters import SourceFilter
from perspectives.api.search.grouping import GroupedListView
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import formatted_references, published
from perspectives.rules.sources.library import search_url
from perspectives.rules.sources.source_record import SourceRecord

_FORMATTED = (formats.TEXT, formats.HTML)
_STYLE = {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 150, "examples": ["apa", "ieee"]}


class References(ResourceView):
    """Adds references formatted in a style: text or HTML with `?style=`, or by suffix in the first style.

    Without either they are not chosen, or every browser that looks at the API would get HTML.
    """

    queries = {"style": Parameter("Formatted references in this CSL style (see `styles/`).", _STYLE)}

    def get_renderers(self) -> list[Any]:
        """Offer formatted references where they are asked for, and only them where a style is given."""
        renderers: list[Any] = super().get_renderers()
        if self.format_kwarg is not None:
            return renderers
        has_style = "style" in self.query
        return [renderer for renderer in renderers if (renderer.form in _FORMATTED) == has_style]

    def respond(self, data: Any) -> HttpResponse:
        """Write what the view gives. Raises RefusedError for a style that is not there, or that goes with nothing."""
        style = self.query.get("style")
        if style is not None:
            if self.form not in _FORMATTED:
                sentence = "'style' goes with formatted references only: text or HTML."
                raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="style")
            try:
                formatted_references.check_style(style)
            except formatted_references.StyleNotFoundError as error:
                known = list(error.nearest)
                raise RefusedError(problems.NOT_FOUND, str(error), parameter="style", known=known) from error
        return super().respond(data)


class StylesView(ResourceView):
    """The CSL styles in which references can be formatted, by name."""

    shape = source_shapes.Styles

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give all names and titles."""
        return self.respond({"styles": dict(formatted_references.styles())})


class SourceList(References, GroupedListView):
    """The sources that current editions use, by citekey."""

    shape = source_shapes.SourceEntry
    queryset = published.sources_by_year()
    renderer_classes = [
        formats.JsonRenderer,
        formats.CSV.renderer(writers.csv("sources")),
        *writers.BIBLIOGRAPHIC,
    ]
    filterset_class = SourceFilter
    groupings = grouping.OF_SOURCES
    record = JSONObject(key=F("key"), record=F("record"))
    includes: ClassVar = {"uses": expanding.uses_of_sources}
    orderings: ClassVar = {
        "key": {"key": str},
        "year": {"known_year": int, "key": str},
        "-year": {"-known_year": int, "key": str},
    }


class SourceView(References, RecordView):
    """A source with each of its uses in current editions: where, for what, and in what words."""

    shape = source_shapes.SourceDetail
    renderer_classes = [
        formats.JsonRenderer,
        *writers.OF_A_SOURCE,
        *writers.BIBLIOGRAPHIC,
    ]

    def record(self, key: str) -> sparse.Record:
        """Find the source and its uses. Raises NotFoundError."""
        row = published.source(key)
        found = search_url(SourceRecord.model_validate(row.record), settings.LIBRARY_SEARCH_URL)
        library = {"library_url": found} if found else {}
        checked = check_reports.checked([key])
        uses = [use.record for use in row.uses.all()]
        told = {"checks": checked.records, "confirmations": [one.record for one in checked.confirmations.values()]}
        return {"key": row.key, "record": row.record, **library, **told, "uses": uses}
