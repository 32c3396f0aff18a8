"""A quiz that a course linked to: its score goes to the book of the course by the pupil's own click."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from redis import RedisError

from perspectives.actions.lti import scoring
from perspectives.clients.lti import logins
from perspectives.errors import NotPossibleError
from perspectives.rules.lti.launch_claims import LaunchRefusedError, refuse
from perspectives.web.http.csrf_origin import from_own_pages
from perspectives.web.http.view_decorators import SENDING, query_value, taking
from perspectives.web.lti.frames import refused
from perspectives.web.study import quiz

_OVER: Final = "The way back to your course holds for four hours. Open the quiz from your course again."
_AWAY: Final = "Scores cannot be sent for a moment. Send it again in a minute."


@never_cache
@taking(*SENDING)
@from_own_pages
def score(request: HttpRequest) -> HttpResponseBase:
    """Send the score of the answers in the address, which are those of the quiz's page. Raises BadQueryError."""
    try:
        kept = logins.look("quiz", query_value(request, "course")) or refuse("course", _OVER)
        result = quiz.answered(request)
        if not result.is_answered:
            refuse("answers", "There are no answers yet: answer the quiz, then send its score.")
        right, questions = result.right, len(result.asked)
        scoring.send(
            assignment_id=kept["assignment"],
            user_id=kept["user_id"],
            sheet=(result.topic, result.kind, result.number),
            score=(right, questions),
        )
    except RedisError:
        return refused(request, LaunchRefusedError("away", _AWAY))
    except LaunchRefusedError as error:
        return refused(request, error)
    except NotPossibleError as error:
        return refused(request, LaunchRefusedError("score", error.message))
    address = f"{reverse('quiz')}?{request.GET.urlencode()}"
    context = {"right": right, "questions": questions, "address": address}
    return render(request, "perspectives/lti/scored.html", context)
