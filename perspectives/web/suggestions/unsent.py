"""A suggestion that somebody wrote before signing in: it waits in the session of the browser until it is sent."""

from typing import Final

from django.http import HttpRequest, QueryDict

from perspectives.web.suggestions.suggestion_forms import SuggestionForm

_KEY: Final = "unsent_suggestion"


def keep(request: HttpRequest, form: SuggestionForm) -> None:
    """Keep what a form holds that was found valid, which bounds its length, in place of what was kept before."""
    values = QueryDict(mutable=True)
    for name in form.fields:
        values.setlist(name, request.POST.getlist(name))
    request.session[_KEY] = {"address": request.get_full_path(), "values": values.urlencode()}


def kept(request: HttpRequest) -> QueryDict | None:
    """Give what was kept of the form at this address, if anything was."""
    found = request.session.get(_KEY)
    return QueryDict(found["values"]) if found and found["address"] == request.get_full_path() else None


def forget(request: HttpRequest) -> None:
    """Forget what was kept."""
    request.session.pop(_KEY, None)
