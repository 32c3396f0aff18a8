"""Pages inside the frame of the platform that launched, and of no other; the refusal that says why, in any."""

from collections.abc import Sequence
from typing import Any, Final

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from perspectives.rules.lti.launch_claims import LaunchRefusedError, origin

REFUSED: Final = 403
ANYWHERE: Final = ("*",)
"""In place of a platform's addresses: any page may frame this one."""


def framed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    platform: Sequence[str],
    sends_to: str = "",
    status: int = 200,
) -> HttpResponseBase:
    """Show a page that the platform of these addresses may frame, and whose form may be sent to `sends_to`."""
    allowed = {"frame-ancestors": list(ancestors(platform))}
    if sends_to:
        allowed["form-action"] = [SELF, origin(sends_to)]

    def answer(_: HttpRequest) -> HttpResponse:
        return render(request, f"perspectives/lti/{template}", context, status=status)

    response: HttpResponseBase = csp_replace(allowed)(xframe_options_exempt(answer))(request)
    response["Cache-Control"] = "no-store"
    return response


def refused(request: HttpRequest, error: LaunchRefusedError) -> HttpResponseBase:
    """Say why a launch is refused, in whatever frame: nothing can be done there, and who asked may be unknown."""
    context = {"message": error.message, "code": error.code}
    return framed(request, "refused.html", context, platform=ANYWHERE, status=REFUSED)


def ancestors(platform: Sequence[str]) -> tuple[str, ...]:
    """Give the origins of a platform's addresses, whose pages may show ours in a frame."""
    return ANYWHERE if platform == ANYWHERE else tuple(sorted({origin(one) for one in platform if one}))
