"""The notice on pages that could not be compared with what is published now."""

from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

PLACE = b"<!-- notice -->"
"""Where base.html takes it."""

Answer = TypeVar("Answer", bound=HttpResponseBase)


def with_notice(response: Answer) -> Answer:
    """Put the notice onto a page, which no cache may keep then."""
    if isinstance(response, HttpResponse):
        notice = render_to_string("perspectives/shared/stale_notice.html").encode()
        response.content = response.content.replace(PLACE, notice, 1)
        del response["ETag"]
    response["Cache-Control"] = "no-store"
    return response
