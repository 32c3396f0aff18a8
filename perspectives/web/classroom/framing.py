"""Pages of pupils in the frame of the learning platform that led there, and of nobody else."""

from collections.abc import Callable
from typing import Any, Final

from csp.decorators import csp_replace
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

from perspectives.web.classroom import pupil_cookies

FRAMED: Final = frozenset({"iframe", "frame"})
"""What a browser says (Sec-Fetch-Dest) when it asks for a page to show in a frame."""


def is_framed(request: HttpRequest) -> bool:
    """Whether the browser shows the answer in the frame of a platform that led a pupil here."""
    is_in_frame = request.headers.get("Sec-Fetch-Dest") in FRAMED
    return is_in_frame and _is_of_a_pupil(request) and pupil_cookies.frame(request) is not None


def framed(request: HttpRequest) -> dict[str, bool]:
    """Tell templates whether they are in such a frame (`is_framed`): there they lead nowhere else."""
    return {"is_framed": is_framed(request)}


class PupilFrameMiddleware:
    """Lets the platform that led a pupil here show pages of pupils, refusals too; stands within what forbids frames."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the platform's pages are named as ancestors."""
        frame = pupil_cookies.frame(request) if _is_of_a_pupil(request) else None
        answer: Callable[[HttpRequest], HttpResponseBase] = self.get_response
        if frame:
            answer = csp_replace({"frame-ancestors": list(frame.ancestors)})(xframe_options_exempt(answer))
        return answer(request)


def _is_of_a_pupil(request: HttpRequest) -> bool:
    return request.path.startswith(pupil_cookies.PATH)
