"""Identifiers of works: DOIs, ISBNs and web addresses, recognised in text and written in one form each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import isbnlib

from perspectives.vocab import IntakeKind

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+){0,9}/[^\s\"'<>{}|\\^`]{1,250}")
_PERCENT = re.compile(r"%(?:2f|3c|3e)", re.IGNORECASE)
_SICI = re.compile(
    r"\b10\.\d{4,9}/\S{1,200}?\(\d{4,8}(?:/\d\d)?\)\S{0,40}?<[^\s<>]{1,40}>\d\.[A-Z0-9]{1,3}\.[A-Z0-9]{2};2(?:-[A-Z0-9#])?",
    re.IGNORECASE,
)
"""DOIs that hold the older identifier of an article (SICI), in angle brackets among others."""
_DOI_ENDS = ".,;:!?'\""
_SAFE_IN_ADDRESS = "/:;()[].,-_~!*'$&+=@"
ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")
_BARE_ISBN = re.compile(r"97[89]\d{10}|\d{9}[\dX]", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`]{1,1990}", re.IGNORECASE)
_ARXIV_NUMBER = r"(?P<number>\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,5})?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?!\w)"
_ARXIV = re.compile(rf"(?:\barxiv\s*:\s*|\barxiv\.org/(?:abs|pdf|html)/){_ARXIV_NUMBER}", re.IGNORECASE)
_PMCID = re.compile(r"(?:(?<![\w/])|ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)PMC(?P<number>\d{1,9})\b", re.IGNORECASE)
_PMID = re.compile(r"(?:\bPMID\s*[:=]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/)(?P<number>\d{1,9})\b", re.IGNORECASE)
_TITLE = re.compile(r"\s*title\s*:\s*(?P<words>.*\w.*)", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Identifier:
    """What a line of text names, in canonical form."""

    kind: IntakeKind
    value: str


UNKNOWN = Identifier(IntakeKind.UNKNOWN, "")


def recognised(line: str) -> Identifier:
    """Find the DOI, else the number of PubMed or its Central, else the web address, ISBN or title in a line.

    A number of arXiv is given as its DOI, which is that of all versions. Of kind `unknown` if there is none.
    """
    line = line[:3000]
    for kind, finder in _FINDERS:
        if value := finder(line):
            return Identifier(kind, value)
    return UNKNOWN


def _arxiv_doi(line: str) -> str:
    """Give the DOI that DataCite has of a paper of arXiv; the class of a subject (`math.GT/…`) is no part of it."""
    match = _ARXIV.search(line)
    if match is None:
        return ""
    subject, slash, number = match["number"].lower().rpartition("/")
    return f"10.48550/arxiv.{subject.partition('.')[0]}{slash}{number}"


def doi(text: str) -> str:
    """Find a DOI in a text or an address and write it bare and in small letters; '' if there is none.

    DOIs do not tell capital from small letters. What ends a sentence, and a bracket that the DOI does not open, is
    not part of it.
    """
    plain = unquote(text) if _PERCENT.search(text) else text
    if whole := _SICI.search(plain):
        return whole[0].lower()
    match = _DOI.search(plain)
    if match is None:
        return ""
    value = match[0].rstrip(_DOI_ENDS)
    while value.endswith((")", "]")) and value.count(value[-1]) > value.count({")": "(", "]": "["}[value[-1]]):
        value = value[:-1].rstrip(_DOI_ENDS)
    return value.lower() if value.partition("/")[2] else ""


def doi_address(value: str) -> str:
    """Give the web address of a DOI: older ones hold characters that an address must not."""
    return f"https://doi.org/{quote(value, safe=_SAFE_IN_ADDRESS)}"


def isbn(text: str) -> str:
    """Write an ISBN as 13 digits without hyphens; '' if it is none or its check digit is wrong."""
    bare = re.sub(r"[\s-]", "", text).upper().removeprefix("ISBN").removeprefix(":")
    return str(isbnlib.to_isbn13(bare)) if _BARE_ISBN.fullmatch(bare) else ""


def url(text: str) -> str:
    """Write a web address in canonical form; '' if it is none.

    Scheme and host in small letters, no default port, no fragment, no parameters that only track readers. Such a form
    is for comparing too: see `same_page`.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in _DEFAULT_PORTS or not (host and host.isprintable()) or "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host
    scheme = parts.scheme.lower()
    place = host if port in {None, _DEFAULT_PORTS[scheme]} else f"{host}:{port}"
    return urlunsplit((scheme, place, parts.path or "/", _without_tracking(parts.query), ""))


def _without_tracking(query: str) -> str:
    if not _TRACKING.search(query):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])


def same_page(address: str) -> str:
    """Give what two addresses of one page share: no scheme, no `www.`, no slash at the end; '' if it is no address."""
    canonical = url(address)
    return canonical.partition("://")[2].removeprefix("www.").rstrip("/")


def _pmcid(line: str) -> str:
    match = _PMCID.search(line)
    return f"PMC{match['number']}" if match else ""


def _pmid(line: str) -> str:
    match = _PMID.search(line)
    return match["number"].lstrip("0") if match else ""


def _address_in(line: str) -> str:
    match = _URL.search(line)
    return url(match[0].rstrip(_DOI_ENDS)) if match else ""


def _isbn_in(line: str) -> str:
    return next((value for match in ISBN.finditer(line) if (value := isbn(match[0]))), "")


def _title(line: str) -> str:
    match = _TITLE.match(line)
    return " ".join(match["words"].split()) if match else ""


_FINDERS: Final[tuple[tuple[IntakeKind, Callable[[str], str]], ...]] = (
    (IntakeKind.DOI, lambda line: doi(line) or _arxiv_doi(line)),
    (IntakeKind.PMCID, _pmcid),
    (IntakeKind.PMID, _pmid),
    (IntakeKind.URL, _address_in),
    (IntakeKind.ISBN, _isbn_in),
    (IntakeKind.TITLE, _title),
)
"""What is looked for in a line, the surest first."""
