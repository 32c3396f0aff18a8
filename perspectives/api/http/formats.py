"""The formats in which the API answers, and which of them a request asks for: by suffix, else by `Accept`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.serving import encoding


@dataclass(frozen=True)
class Format:
    """A format: the suffix of addresses that ask for it, and its media type with parameters."""

    suffix: str
    content_type: str
    words: str

    @property
    def media_type(self) -> str:
        """The media type without parameters."""
        return self.content_type.partition(";")[0]

    @property
    def is_text(self) -> bool:
        """Whether the body is text rather than JSON or bytes."""
        return "json" not in self.media_type and not self.is_packed

    @property
    def is_packed(self) -> bool:
        """Whether the body is compressed as it is."""
        return self.media_type in encoding.PACKED


JSON = Format("json", "application/json", "JSON")
SPARSE_JSON = Format("", "application/vnd.debatekb.sparse+json", "some members of the JSON, as `fields=` chooses")
"""Not to be asked for by type: it says that members may be missing which the JSON of the resource always has."""
JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD with schema.org's words")
ANNOTATIONS = Format(
    "annotations",
    'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"',
    "Web Annotations (W3C) of the quotations",
)
AIF = Format("aif", "application/vnd.aif+json", "the argument in the Argument Interchange Format (JSON)")
ARGDOWN = Format("argdown", "text/vnd.argdown; charset=utf-8", "the argument in Argdown")
CSV = Format("csv", "text/csv; charset=utf-8; header=present", "a table (RFC 4180)")
CSL_JSON = Format("csljson", "application/vnd.citationstyles.csl+json", "CSL-JSON")
BIBTEX = Format("bib", "application/x-bibtex; charset=utf-8", "BibTeX")
RIS = Format("ris", "application/x-research-info-systems; charset=utf-8", "RIS")
TEXT = Format("txt", "text/plain; charset=utf-8", "references as text in the style of `?style=`")
HTML = Format("html", "text/html; charset=utf-8", "references as HTML in the style of `?style=`")
XML = Format("xml", "text/xml; charset=utf-8", "the same as XML")
ZIP = Format("zip", "application/zip", "a zip")
LINKS = Format("link", "application/link-format", "links (RFC 6690)")

Writer = Callable[[Any, Any], bytes]
"""Takes the view and what it gives (a record, a list of records, a stored edition); gives the body."""
Formats = Mapping[Format, Writer]


def json_bytes(data: Any) -> bytes:
    """Write plain data as compact JSON in UTF-8."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


def as_json(_view: Any, data: Any) -> bytes:
    """Write the answer as it is."""
    return json_bytes(data)


def chosen(request: HttpRequest, formats: Formats, suffix: str | None) -> Format:
    """Choose the format that a request asks for; the first one if it accepts anything. Raises RefusedError."""
    if suffix is not None:
        return _of_suffix(formats, suffix)
    first = next(iter(formats))
    accepted = request.headers.get("accept", "")
    if accepted in ("", "*/*", first.media_type):
        return first
    by_type = {form.content_type: form for form in formats}
    try:
        preferred = request.get_preferred_type([*by_type])
    except (LookupError, ValueError):  # an encoding in RFC 2231 form that does not exist, too many parameters
        preferred = None
    if preferred is None:
        known = ", ".join(form.media_type for form in formats)
        raise RefusedError(problems.NOT_ACCEPTABLE, f"'Accept' leaves out what this resource has: {known}.")
    return by_type[preferred]


def _of_suffix(formats: Formats, suffix: str) -> Format:
    found = next((form for form in formats if form.suffix == suffix), None)
    if found is None:
        known = ", ".join(f".{form.suffix}" for form in formats)
        raise RefusedError(problems.UNKNOWN_ADDRESS, f"This resource has no format '.{suffix[:20]}'; it has {known}.")
    return found
