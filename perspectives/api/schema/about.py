"""What the API says of itself: its resources, vocabulary, kinds of problem, OpenAPI document; and unknown addresses."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Final

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from perspectives import vocab
from perspectives.api.http import caching, conventions, formats, problems
from perspectives.api.http.errors import respond
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import finishing, generator, problem_shapes, shapes, writers


class RootView(ResourceView):
    """The resources of the API."""

    shape = shapes.Resources
    names: ClassVar = (
        "topics", "articles", "claims", "responses", "events", "people", "passages", "citations", "sources", "search",
        "answers", "styles", "tags", "changes", "dataset", "graph", "shapes", "vocabulary", "problems",
        "oembed", "schema", "docs",
    )  # fmt: skip

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give the address of each resource."""
        addresses = {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in self.names}
        response = self.respond({"resources": addresses})
        response["Link"] = (
            f'<{reverse("api:schema")}>; rel="service-desc"; type="application/json", '
            f'<{reverse("api:docs")}>; rel="service-doc"; type="text/html"'
        )
        return response


class VocabularyView(ResourceView):
    """Every code that content can have, list by list, each with a label and the sentence that explains it.

    Its other formats describe all terms of our own that linked data uses.
    """

    shape = shapes.Vocabulary
    renderer_classes = [formats.JsonRenderer, *writers.OF_VOCABULARY]

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give all lists."""
        lists = {
            name: [{"code": term.value, "label": str(term.label), "sentence": term.sentence} for term in terms]
            for name, terms in vocab.PUBLIC.items()
        }
        return self.respond({"terms": lists})


class ProblemsView(ResourceView):
    """The kinds of problem that the API may answer with; `type` of a problem document points into this resource."""

    shape = problem_shapes.ProblemKinds

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give every kind by its code."""
        return self.respond({"problems": {code: problem.record() for code, problem in problems.PROBLEMS.items()}})


def _written(server: Mapping[str, str]) -> bytes:
    return json.dumps(server, separators=(",", ":")).encode()


_SERVER: Final = _written(finishing.SERVER)


class SchemaView(ResourceView):
    """The OpenAPI 3.1 description of the API: the document that is read here."""

    shape = shapes.OpenApi
    is_desk = False

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give the OpenAPI document."""
        document = generator.openapi_bytes(is_desk=self.is_desk)
        # Generators of clients take the server from here, and few of them take a relative one.
        told = document.replace(_SERVER, _written({**finishing.SERVER, "url": self.base}), 1)
        return HttpResponse(told, content_type=self.form.content_type)


class DeskSchemaView(SchemaView):
    """The OpenAPI 3.1 description of the desk's resources; no key is needed to read it."""

    schema = None
    is_desk = True


@require_safe
@csp_update({"img-src": ["data:"]})  # the icons in Swagger UI's style sheet
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI document as a page on which every resource can be tried."""
    return render(request, "perspectives/api_docs.html")


class UnknownView(APIView):
    """Every other address below /api/: moved if only the slash at its end is missing, else a problem document.

    A method that the resource at the address with the slash does not have is refused there and here alike (405).
    """

    schema = None
    is_stateless = True

    def dispatch(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Answer 301, 308, 404 or 405."""
        methods = _methods_with_slash(request)
        if request.method in methods:
            moved = HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
            if request.method not in conventions.METHODS:
                moved.status_code = HTTPStatus.PERMANENT_REDIRECT  # after 301 many clients would send GET
            return moved
        if methods:
            detail = f"'{conventions.shown(request.method or '')}' is not one of {', '.join(methods)}."
            response = respond(problems.METHOD_NOT_ALLOWED, detail)
            response["Allow"] = ", ".join(methods)
        else:
            detail = f"There is nothing at this address; {reverse('api:root')} lists the resources."
            response = respond(problems.UNKNOWN_ADDRESS, detail)
        response = caching.finish(request, response)
        for name, value in caching.INERT.items():
            response[name] = value
        return response


def _methods_with_slash(request: HttpRequest) -> Sequence[str]:
    """List the methods of the resource that an address lacks but a slash for; none where there is no resource."""
    if request.path_info.endswith("/"):
        return ()
    kind = getattr(resolve(f"{request.path_info}/").func, "cls", None)
    if kind is None:
        return conventions.METHODS
    if kind is UnknownView:
        return ()
    view = kind()
    view.setup(request)
    methods: list[str] = view.allowed_methods
    return methods
