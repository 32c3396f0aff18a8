"""The comparison tray: the reader's own is in a cookie, a shared one in its signed address; we keep neither."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from perspectives.clients import pandoc
from perspectives.queries.publication import formatted_references
from perspectives.queries.study import study_claims
from perspectives.rules.formats.bibliography import ris
from perspectives.rules.sources import csl
from perspectives.rules.study import tray as rules
from perspectives.rules.study.tray_document import document
from perspectives.serving.lanes import Work
from perspectives.vocab import BibliographyStyle
from perspectives.web.http import parameters
from perspectives.web.http.costly import costly
from perspectives.web.http.csrf_origin import from_own_pages
from perspectives.web.http.view_decorators import READING, SENDING, BadQueryError, page, query_value, taking
from perspectives.web.sources import bibliographies
from perspectives.web.study.tray_page import TrayView
from perspectives.web.topics.edition_pages import checked_of_records

COOKIE: Final = "tray"
KEPT_SECONDS: Final = 180 * 24 * 3600
"""How long a browser keeps a tray that nobody touches."""
_SIGNER: Final = Signer(salt="perspectives.tray")
_FORMATS: Final = {
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "md": ("commonmark", "text/markdown; charset=utf-8"),
    "bibtex": ("", "text/x-bibtex; charset=utf-8"),
    "bib": ("", "application/x-bibtex; charset=utf-8"),
    "ris": ("", "application/x-research-info-systems; charset=utf-8"),
    "csljson": ("", "application/vnd.citationstyles.csl+json"),
}
"""What a tray is exported as: pandoc's name of the format of a document, and the content type."""
_BIBLIOGRAPHIES: Final[dict[str, Callable[[formatted_references.Sources], str]]] = {
    "bibtex": formatted_references.bibtex,
    "bib": formatted_references.biblatex,
    "ris": ris.text,
    "csljson": csl.text,
}
"""What the works that a tray cites are exported as, by citation programs' forms."""

Claims = tuple[str, ...]
_ACTIONS: Final[dict[str, Callable[[Claims, str], Claims]]] = {
    "pin": rules.added,
    "earlier": lambda claims, claim: rules.moved(claims, claim, -1),
    "later": lambda claims, claim: rules.moved(claims, claim, 1),
    "drop": rules.without,
    "take": lambda _, signed: _opened(signed),
    "clear": lambda *_: (),
}
"""What a form may do to one's own tray; the value names the claim, or for `take` the tray that is to replace it."""


@taking(*READING, *SENDING)
@from_own_pages
def tray(request: HttpRequest) -> HttpResponse:
    """Show a shared tray, or one's own, which a form that is sent changes. Raises BadQueryError."""
    if request.method in SENDING:
        return _changed(request)
    if "t" in request.GET:
        return _page(request, _opened(request.GET["t"]), is_own=False)
    return _own_shown(request)


@page
@costly(Work.FILES)
def export(request: HttpRequest) -> HttpResponse:
    """Give a tray as a document with its citations, or the works that it cites. Raises BadQueryError."""
    extension = query_value(request, "as", "docx")
    if extension not in _FORMATS:
        raise BadQueryError(f"A tray is not exported as '{extension}'; choose one of {', '.join(_FORMATS)}.")
    claims, style = _opened(request.GET.get("t", "")), parameters.style(request)
    view = TrayView(claims, study_claims.tray_content(claims, style))
    to, content_type = _FORMATS[extension]
    if extension in _BIBLIOGRAPHIES:
        made = _BIBLIOGRAPHIES[extension](view.sources).encode()
    else:
        warnings = [
            f"{record.title}: {notice.warning}" for record, notice in checked_of_records(view.sources)["notices"]
        ]
        made = pandoc.convert(document(view.exported(request), _address(request, claims), style.label, warnings), to=to)
    name = f'attachment; filename="comparison-tray.{extension}"'
    return HttpResponse(made, content_type=content_type, headers={"Content-Disposition": name})


@never_cache
def _own_shown(request: HttpRequest) -> HttpResponse:
    return _page(request, _own(request), is_own=True)


@never_cache
def _changed(request: HttpRequest) -> HttpResponse:
    """Do to one's own tray what the form says, and show it at the claim that was meant. Raises BadQueryError."""
    name = next((name for name in _ACTIONS if name in request.POST), None)
    if name is None:
        raise BadQueryError("The form does not say what to do with the tray.")
    value = request.POST[name]
    try:
        claims = _ACTIONS[name](_own(request), value)
    except rules.BrokenTrayError as error:
        raise BadQueryError(error.message) from error
    place = f"#{value.replace('/', '.')}" if name != "take" and value in claims else ""
    response = redirect(f"{reverse('tray')}{place}")
    response.status_code = 303
    if claims:
        # Scripts may read it: it tells them how many claims there are.
        response.set_cookie(
            COOKIE, rules.written(claims), max_age=KEPT_SECONDS, samesite="Lax", secure=settings.IS_BEHIND_TLS
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _own(request: HttpRequest) -> Claims:
    """Read the tray from the cookie; one that cannot be read counts as empty, for the reader could not mend it."""
    try:
        return rules.read(request.COOKIES.get(COOKIE, ""))
    except rules.BrokenTrayError:
        return ()


def _opened(signed: str) -> Claims:
    """Read a tray from its address. Raises BadQueryError where a character of it was changed or is missing."""
    try:
        if len(signed) > 2 * rules.LONGEST:
            raise BadQueryError("The address of this tray is too long.")
        return rules.read(_SIGNER.unsign(signed))
    except BadSignature:
        raise BadQueryError("The address of this tray is not complete or was changed. Ask for it again.") from None
    except rules.BrokenTrayError as error:
        raise BadQueryError(error.message) from error


def _signed(claims: Claims) -> str:
    return quote(_SIGNER.sign(rules.written(claims)), safe="/:")


def _address(request: HttpRequest, claims: Claims) -> str:
    return request.build_absolute_uri(f"{reverse('tray')}?t={_signed(claims)}")


def _page(request: HttpRequest, claims: Claims, *, is_own: bool) -> HttpResponse:
    view = TrayView(claims, study_claims.tray_content(claims, BibliographyStyle.APA))
    context: dict[str, Any] = {
        "tray": view,
        **checked_of_records(view.sources),
        "is_own": is_own,
        "signed": _SIGNER.sign(rules.written(claims)),
        "token": _signed(claims),
        "address": _address(request, claims),
        "most": rules.MOST_CLAIMS,
        "bibliographies": bibliographies.FORMS,
    }
    return render(request, "perspectives/study/tray.html", context)
