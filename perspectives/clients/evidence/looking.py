"""Addresses of works, looked at for checks: what the server says of one, and the text that it leads to."""

import hashlib
from io import BytesIO
from typing import Final

from django.conf import settings
from django.utils import timezone

from perspectives.clients import http
from perspectives.clients.evidence import file_texts, robots
from perspectives.rules.evidence import findings, links
from perspectives.rules.evidence.findings import Finding, Reading
from perspectives.vocab import CheckOutcome, TextOrigin

_SECONDS: Final = 30.0
_REDIRECTS: Final = 8
_HEAD: Final = http.Bounds(100_000, _SECONDS, _REDIRECTS, is_cut=True)
_WHOLE: Final = http.Bounds(20_000_000, 60.0, _REDIRECTS)
_PAGE: Final = "text/html,application/xhtml+xml,*/*;q=0.8"
_TEXT: Final = "text/html,application/xhtml+xml,application/pdf,application/epub+zip,text/plain;q=0.9,*/*;q=0.1"
_KINDS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
}
_MAGIC: Final = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "epub"))
"""By what a file is known whose server calls it something else."""


class NoTextError(Exception):
    """An address leads to no text that can be read; the message is a sentence."""


def link(address: str, *, is_doi: bool) -> Finding:
    """Look whether an address leads to a work; that a DOI leads on is what it is for.

    Raises http.UnreachableError where later may be better.
    """
    try:
        outcome, answer = _judged(address)
    except robots.DisallowedError as error:
        return Finding(CheckOutcome.BLOCKED, str(error))
    except http.UnreachableError:
        raise
    except http.FetchError as error:
        return Finding(CheckOutcome.UNREACHABLE, str(error))
    if is_doi and outcome is CheckOutcome.MOVED:
        outcome = CheckOutcome.OK
    said = {
        CheckOutcome.OK: "The address leads to a page or a file.",
        CheckOutcome.MOVED: f"The server says that the page is at {answer.address} from now on.",
        CheckOutcome.GONE: f"The server says that there is nothing at this address ({answer.status}).",
        CheckOutcome.SOFT_404: "The server answers, but there is nothing of the work at this address any more.",
        CheckOutcome.BLOCKED: f"The server lets no program read this address ({answer.status}).",
    }[outcome]
    if outcome in {CheckOutcome.GONE, CheckOutcome.SOFT_404} and not is_doi and (copy := _copy(address)):
        return Finding(outcome, f"{said} There is a copy in a web archive.", detail={"archived": copy})
    return Finding(outcome, said, detail={"address": answer.address} if outcome is CheckOutcome.MOVED else {})


def text(address: str, origin: TextOrigin, *, is_doi: bool) -> tuple[str, Reading]:
    """Fetch the text to which an address leads; of it nothing is kept here.

    Raises NoTextError, robots.DisallowedError, and http.UnreachableError where later may be better.
    """
    body = BytesIO()
    try:
        answer = http.look(address, accept=_TEXT, bounds=_WHOLE, into=body, before=robots.require)
    except (http.UnreachableError, robots.DisallowedError):
        raise
    except http.FetchError as error:
        raise NoTextError(str(error)) from error
    media, _, more = answer.content_type.partition(";")
    content, at = body.getvalue(), timezone.now()
    if links.outcome(address, answer.status, answer.address, _head(content, media), is_moved=False) != CheckOutcome.OK:
        raise NoTextError(f"Nothing of the work is at {address}, says its server ({answer.status}).")
    kind = next((kind for sign, kind in _MAGIC if content.startswith(sign)), _KINDS.get(media.strip().lower(), ""))
    try:
        found = file_texts.read(content, kind, charset=_charset(more))
    except file_texts.FileTextError as error:
        raise NoTextError(str(error)) from error
    is_part = kind == "html" and (is_doi or len(found.split()) < findings.FULL_TEXT_WORDS)
    sha256 = hashlib.sha256(content).hexdigest()
    return found, Reading(origin, answer.address, sha256, at, is_part, findings.lacks_spaces(found))


def archived(address: str) -> str:
    """Name where a web archive leads to its copy of an address; empty where no archive is asked."""
    return f"{settings.ARCHIVE_URL}/{address}" if settings.ARCHIVE_URL else ""


def _judged(address: str) -> tuple[CheckOutcome, http.Answer]:
    head = BytesIO()
    answer = http.look(address, accept=_PAGE, bounds=_HEAD, into=head, before=robots.require)
    beginning = _head(head.getvalue(), answer.content_type)
    return links.outcome(address, answer.status, answer.address, beginning, is_moved=answer.is_moved), answer


def _copy(address: str) -> str:
    """Find the copy that a web archive has of an address; empty where it has none, or does not say so now."""
    try:
        outcome, answer = _judged(archived(address))
    except http.FetchError:
        return ""
    return answer.address if outcome in {CheckOutcome.OK, CheckOutcome.MOVED} else ""


def _head(content: bytes, media: str) -> str:
    is_page = media.strip().lower().startswith(("text/html", "application/xhtml+xml"))
    return content[:100_000].decode("utf-8", errors="replace") if is_page else ""


def _charset(more: str) -> str:
    name, _, value = more.strip().partition("=")
    return value.strip("\"' ") if name.strip().lower() == "charset" else ""
