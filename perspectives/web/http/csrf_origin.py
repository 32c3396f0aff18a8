"""Forms without a token: a request that changes something is taken from the site's own pages alone.

The browser itself says where a request comes from, in headers that no script can set. So a page with a form is the same
for every reader and may be kept by caches, and nobody gets a cookie who has not sent a form. For actions of people who
are signed in, Django's token stays.
"""

from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from perspectives.web.http.view_decorators import READING, Parameters, View


def is_from_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from a page of this origin; silence is not believed."""
    came_from = request.headers.get("Sec-Fetch-Site")
    if came_from is not None:
        return came_from == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def from_own_pages(view: View[Parameters]) -> View[Parameters]:
    """Refuse, in place of Django's token, whatever changes something and comes from elsewhere."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        if request.method not in READING and not is_from_own_page(request):
            return render(request, "403_csrf.html", status=403)
        return view(request, *args, **kwargs)

    exempt: View[Parameters] = csrf_exempt(answer)
    return exempt
