"""Pages inside the frame of the platform that launched, and of no other; the refusal that says why."""

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
    ancestors = ANYWHERE if platform == ANYWHERE else sorted({origin(one) for one in platform if one})
    allowed = {"frame-ancestors": list(ancestors)}
    if sends_to:
        allowed["form-action"] = [SELF, origin(sends_to)]

    def answer(_: HttpRequest) -> HttpResponse:
        return render(request, f"perspectives/lti/{template}", context, status=status)

    response: HttpResponseBase = csp_replace(allowed)(xframe_options_exempt(answer))(request)
    response["Cache-Control"] = "no-store"
    return response


def refused(request: HttpRequest, error: LaunchRefusedError, *, platform: Sequence[str] = ()) -> HttpResponseBase:
    """Say why a launch is refused; in a frame where it is known whose it is."""
    context = {"message": error.message, "code": error.code}
    if platform:
        return framed(request, "refused.html", context, platform=platform, status=REFUSED)
    return render(request, "perspectives/lti/refused.html", context, status=REFUSED)
