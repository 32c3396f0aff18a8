"""The teacher's page of an activity: its phases, a grid of what was handed in, feedback, the poll's result."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.classroom import activities
from perspectives.errors import NotPossibleError
from perspectives.models import Activity, User
from perspectives.queries.classroom import classes
from perspectives.rules.classroom import phases
from perspectives.vocab import ActivityPhase
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.classroom.activity_page import ActivityPage
from perspectives.web.classroom.posted import whole_number
from perspectives.web.http.view_decorators import READING, SENDING, whole_or_part


@own_page(*READING, *SENDING)
def activity(request: HttpRequest, number: int, activity: int) -> HttpResponse:
    """Show an activity to the teacher, and lead it. Raises NotFoundError."""
    own = person(request)
    found = classes.own_activity(own, number, activity)
    if request.method in SENDING:
        try:
            messages.success(request, _done(request, found, own))
        except NotPossibleError as error:
            messages.warning(request, error.message)
        return redirect("account-class-activity", number, found.pk)
    page = ActivityPage(found)
    done = (row for row in page.handed_in if row.phase is page.phase or not page.takes_something)
    context = {
        "page": page,
        "room": found.classroom,
        "phases": phases.reachable(page.kind, page.phase),
        "onward": phases.onward(page.kind, page.phase),
        "rows": page.handed_in,
        "longest": phases.LONGEST_MINUTES,
        "done": len({row.contribution.pupil_id for row in done}),
        "joined": classes.pupils(found.classroom).count(),
        "votes": len(classes.ballots(found)),
    }
    whole, part = "perspectives/classroom/activity.html", "perspectives/classroom/activity_part.html"
    return whole_or_part(request, whole, part, context)


def _done(request: HttpRequest, found: Activity, own: User) -> str:
    """Do what a button asks for, and say so. Raises NotPossibleError and NotFoundError."""
    action, _, rest = request.POST.get("action", "").partition(" ")
    if action == "go":
        minutes = whole_number(request.POST.get("minutes", "") or "0")
        changed = activities.go_to(activity_id=found.pk, by=own, phase=rest, minutes=minutes)
        return (
            f"“{ActivityPhase.of(changed.phase).label}” has begun." if changed.is_shown else "Pupils do not see it now."
        )
    if action == "say":
        kept = classes.contributions(found).filter(pk=whole_number(rest)).first()
        if kept is None:
            raise NotPossibleError("Nothing was done: this was not handed in here.")
        activities.say(contribution_id=kept.pk, by=own, feedback=request.POST.get(f"feedback_{kept.pk}", ""))
        return f"Your feedback to {kept.pupil.nickname} is kept; it is held until you release it."
    if action in {"release", "hold"}:
        activities.release_feedback(activity_id=found.pk, by=own, is_released=action == "release")
        return "Pupils see your feedback now." if action == "release" else "Pupils do not see your feedback any more."
    raise NotPossibleError("Nothing was done: use one of the buttons of the page.")
