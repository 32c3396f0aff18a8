"""The graph of everything that is published as linked data, and the shapes that it keeps to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from perspectives.api.http import formats
from perspectives.api.http.formats import Format
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import dataset_shapes
from perspectives.queries.publication import graphs
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.rules.formats.linked_data import graph, triples
from perspectives.rules.formats.linked_data.shapes import shapes
from perspectives.serving.lanes import Work
from perspectives.serving.validators import tag


class FilesView(ResourceView):
    """The base of what is given as files: JSON tells which there are, and each is had by its suffix."""

    shape = dataset_shapes.LinkedDataFiles
    name: ClassVar[str]

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Tell of the files, or give one."""
        if self.form is formats.JSON:
            others = [one.form for one in self.renderer_classes if issubclass(one, formats.FormatRenderer)]
            return self.respond(self.described(others))
        body = self.body()
        return HttpResponse(body, content_type=self.form.content_type, headers={"ETag": tag(body)})

    def described(self, forms: Sequence[Format]) -> dict[str, Any]:
        """Name the files, and what helps to read them."""
        return {
            "files": [
                {"url": self._address(f"api:{self.name}", format=form.suffix), "media_type": form.media_type}
                for form in forms
            ],
            "vocabulary": self._address("api:vocabulary", format=formats.TURTLE.suffix),
            "shapes": self._address("api:shapes", format=formats.TURTLE.suffix),
        }

    def body(self) -> bytes:
        """Make the file in the format that is asked for."""
        raise NotImplementedError

    def _address(self, route: str, **place: str) -> str:
        return f"{self.base}{reverse(route, kwargs=place)}"


class GraphView(FilesView):
    """Everything that is published as one graph of linked data, in the files that JSON names.

    Its addresses are those of the site's own name, whatever name was asked; made once after each publication.
    """

    work = Work.FILES
    name = "graph"
    writers: ClassVar = {
        formats.JSON_LD: graph.jsonld_text,
        formats.TURTLE: triples.turtle,
        formats.N_TRIPLES: triples.ntriples,
    }
    renderer_classes = [formats.JsonRenderer, *(form.renderer(lambda _view, body: body) for form in writers)]

    def body(self) -> bytes:
        """Give the graph of what is published now."""
        write = self.writers[self.form]
        return CACHE.published(("graph", self.form.suffix), lambda: graphs.whole(write, settings.SITE_URL))


class ShapesView(FilesView):
    """What the graph keeps to, as SHACL shapes: of whole topics, article guides, and everything."""

    name = "shapes"
    renderer_classes = [formats.JsonRenderer, formats.TURTLE.renderer(lambda _view, body: body)]

    def body(self) -> bytes:
        """Give the shapes."""
        return shapes(self.base).encode()
