"""The first page of the desk."""

from django.http import HttpRequest, HttpResponse

from perspectives.web.answering import READING
from perspectives.web.desk.frame import desk_page, show


@desk_page(methods=READING)
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits to be done."""
    return show(request, "home.html")
