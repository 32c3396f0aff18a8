"""The OpenAPI document of the desk."""

import json
from functools import cache

from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http.views import ResourceView
from perspectives.api.schema import generator, shapes


class DeskSchemaView(ResourceView):
    """The OpenAPI 3.1 description of the desk's resources; no key is needed to read it."""

    schema = None
    shape = shapes.OpenApi

    def get(self, request: Request, **_: object) -> HttpResponse:
        """Give the OpenAPI document."""
        del request
        return HttpResponse(openapi_bytes(), content_type=self.form.content_type)


@cache
def openapi_bytes() -> bytes:
    """Give the document as JSON; made once a process, since it depends on the code alone."""
    return json.dumps(generator.openapi(is_desk=True), ensure_ascii=False, separators=(",", ":")).encode()
