"""What a grade is and how it is sent: how much somebody handed in, or answered rightly; never what they think.

As the Assignment and Grade Services 2.0 have it; https://www.imsglobal.org/spec/lti-ags/v2p0
"""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from perspectives.vocab import LtiGradeState

SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
CONTENT_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
MAXIMUM: Final = Decimal(100)
MOST_TRIES: Final = 20
"""How often a grade is sent while the platform does not answer, once a minute at most."""
LONGEST_WAIT_SECONDS: Final = 3600.0
"""For how long a platform is left alone at most that asks for it."""
_CANVAS: Final = "https://canvas.instructure.com/lti/submission"
_CENT: Final = Decimal("0.01")
_OK, _MULTIPLE_CHOICES, _CONFLICT = 200, 300, 409
_WHY: Final = {
    400: "it does not take this score",
    401: "it does not know this tool any more",
    403: "it does not let this tool send scores",
    404: "the line item is gone, or the pupil is not in the course any more",
    422: "it does not take this score; perhaps the pupil is not in the course any more",
}


def score(handed_in: int, activities: int) -> Decimal:
    """Give the share of the activities in which somebody handed something in, of 100."""
    return (MAXIMUM * handed_in / activities).quantize(_CENT) if activities else Decimal(0)


def is_graded(lineitem_url: str, scopes: Collection[str]) -> bool:
    """Whether the platform takes scores for a link, as it said at the last launch."""
    return bool(lineitem_url) and SCOPE in scopes


def scores_url(lineitem_url: str) -> str:
    """Give the address to which scores of a line item are sent; what stands after "?" in Moodle's stays behind it."""
    parts = urlsplit(lineitem_url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))


def body(user_id: str, given: Decimal, maximum: Decimal, at: datetime, *, is_completed: bool = False) -> dict[str, Any]:
    """Write a score as it is sent; Canvas is told that nothing was handed in anew by it."""
    return {
        "userId": user_id,
        "scoreGiven": float(given),
        "scoreMaximum": float(maximum),
        "timestamp": at.isoformat(timespec="milliseconds"),
        "activityProgress": "Completed" if is_completed or given == maximum else "InProgress",
        "gradingProgress": "FullyGraded",
        _CANVAS: {"new_submission": False},
    }


def outcome(status: int, host: str) -> tuple[LtiGradeState, str]:
    """Say what an answer means, and why where the score is not taken.

    409 says that the platform has a score of this time or a later one: it was sent before, by whoever was ended
    before it could write that down.
    """
    if _OK <= status < _MULTIPLE_CHOICES or status == _CONFLICT:
        return LtiGradeState.SENT, ""
    return LtiGradeState.REFUSED, f"{host} answered {status}: {_WHY.get(status, 'it does not take this score')}."
