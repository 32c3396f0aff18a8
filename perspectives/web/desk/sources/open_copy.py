"""The open copy of a work: what Unpaywall knows, for an editor to take into the record."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.sources import open_copies
from perspectives.policy import Permission
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.view_decorators import SENDING

_VERSIONS: Final = {
    "publishedVersion": "as it was published",
    "acceptedVersion": "as it was accepted after review, before the publisher set it; pages may differ",
    "submittedVersion": "as it was submitted, before review; words may differ",
}
_HOSTS: Final = {"publisher": "the publisher", "repository": "a repository"}


@desk_page(Permission.SOURCE_CHANGE)
def open_copy(request: HttpRequest, key: str) -> HttpResponse:
    """Show the copy that Unpaywall knows; the form that is sent puts its address into the record."""
    if request.method in SENDING:
        address, version = request.POST.get("address", ""), request.POST.get("version", "")
        open_copies.accept(key=key, address=address, version=version, by=person(request))
        messages.success(request, f"The address of the open copy is in the record of “{key}”.")
        return redirect("desk-source", key)
    found = open_copies.find(key=key, by=person(request))
    source = source_catalogue.source(key)
    context = {
        "source": source,
        "copy": found,
        "kind": _VERSIONS.get(found.version, "") if found else "",
        "host": _HOSTS.get(found.host_type, "") if found else "",
        "now": source.record.get("URL", ""),
        "version": parts.version(source.record),
    }
    return show(request, "sources/open_copy.html", context)
