"""What the API says of itself: its resources, its kinds of problem, its OpenAPI document; and unknown addresses."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from perspectives.api import caching, conventions, problems, schema, shapes
from perspectives.api.errors import respond
from perspectives.api.views import ResourceView


class RootView(ResourceView):
    """The resources of the API."""

    shape = shapes.Resources
    names: ClassVar = ("topics", "articles", "claims", "passages", "sources", "search", "problems", "schema")

    def get(self, request: Request) -> Response:
        """Give the address of each resource."""
        addresses = {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in self.names}
        return Response({"resources": addresses})


class ProblemsView(ResourceView):
    """The kinds of problem that the API may answer with; `type` of a problem document points into this resource."""

    shape = shapes.ProblemKinds

    def get(self, request: Request) -> Response:
        """Give every kind by its code."""
        del request
        return Response({"problems": {code: problem.record() for code, problem in problems.PROBLEMS.items()}})


class SchemaView(ResourceView):
    """The OpenAPI 3.1 description of the API: the document that is read here."""

    def get(self, request: Request) -> HttpResponse:
        """Give the OpenAPI document."""
        del request
        return HttpResponse(schema.openapi_bytes(), content_type=conventions.JSON)


class UnknownView(APIView):
    """Every other address below /api/: moved if only the slash at its end is missing, else a problem document."""

    schema = None

    def dispatch(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Answer 301 or 404."""
        if request.method in conventions.METHODS and _lacks_slash(request.path_info):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        detail = f"There is nothing at this address; {reverse('api:root')} lists the resources."
        return caching.finish(request, respond(problems.UNKNOWN_ADDRESS, detail))


def _lacks_slash(path: str) -> bool:
    if path.endswith("/"):
        return False
    return getattr(resolve(f"{path}/").func, "cls", UnknownView) is not UnknownView
