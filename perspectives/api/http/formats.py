"""The formats in which the API answers, their renderers, and which a request asks for: by suffix, else by `Accept`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.serving import encoding

Writer = Callable[[Any, Any], bytes]
"""Takes the view and what it gives (a record, a list of records, a stored edition); gives the body."""


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

    def renderer(self, write: Writer) -> type["FormatRenderer"]:
        """Make the renderer of a resource that writes itself so in this format."""
        about = {"form": self, "media_type": self.content_type, "format": self.suffix, "write": staticmethod(write)}
        return type(f"{self.suffix.title()}Renderer", (FormatRenderer,), about)


JSON = Format("json", "application/json", "JSON")
JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD with schema.org's words")
TURTLE = Format("ttl", "text/turtle; charset=utf-8", "the same linked data as Turtle (RDF 1.1)")
N_TRIPLES = Format("nt", "application/n-triples", "the same linked data as N-Triples, a statement a line")
ANNOTATIONS = Format(
    "annotations",
    'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"',
    "Web Annotations (W3C) of the quotations",
)
AIF = Format("aif", "application/vnd.aif+json", "the argument in the Argument Interchange Format (JSON)")
ARGDOWN = Format("argdown", "text/vnd.argdown; charset=utf-8", "the argument in Argdown")
CSV = Format("csv", "text/csv; charset=utf-8; header=present", "a table (RFC 4180)")
CSL_JSON = Format("csljson", "application/vnd.citationstyles.csl+json", "CSL-JSON")
BIBLATEX = Format("bib", "application/x-bibtex; charset=utf-8", "BibLaTeX")
BIBTEX = Format("bibtex", "text/x-bibtex; charset=utf-8", "BibTeX, as it was before BibLaTeX")
RIS = Format("ris", "application/x-research-info-systems; charset=utf-8", "RIS")
TEXT = Format("txt", "text/plain; charset=utf-8", "references as text in the style of `?style=`")
HTML = Format("html", "text/html; charset=utf-8", "references as HTML in the style of `?style=`")
XML = Format("xml", "text/xml; charset=utf-8", "the same as XML")
ZIP = Format("zip", "application/zip", "a zip")
GIFT = Format("gift", "text/plain; charset=utf-8", "questions in Moodle's GIFT")
MOODLE_XML = Format("moodle", "text/xml; charset=utf-8", "questions in Moodle XML")
QTI = Format("qti", "application/zip", "questions as a package of QTI 2.1")
CARTRIDGE = Format("imscc", "application/vnd.ims.imsccv1p3", "links as a Common Cartridge 1.3")
LINKS = Format("link", "application/link-format", "links (RFC 6690)")


class FormatRenderer(BaseRenderer):
    """The base of the renderers of formats other than plain JSON."""

    form: ClassVar[Format]
    charset = None
    write: ClassVar[Writer]

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Write what the view gives."""
        return type(self).write((renderer_context or {})["view"], data)


class JsonRenderer(JSONRenderer):
    """Writes plain data as compact JSON in UTF-8."""

    form = JSON
    encoder_class = DjangoJSONEncoder


def json_bytes(data: Any) -> bytes:
    """Write plain data as the JSON renderer does."""
    written: bytes = JsonRenderer().render(data)
    return written


class Negotiation(DefaultContentNegotiation):
    """Chooses by the suffix of the address, else by `Accept` with its weights, which REST framework does not weigh."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Choose the renderer; the first one if the request accepts anything. Raises RefusedError."""
        known = list(renderers)
        chosen = _accepted(request, known) if format_suffix is None else _of_suffix(known, format_suffix)
        return chosen, chosen.media_type


def _accepted(request: Request, renderers: Sequence[Any]) -> Any:
    accepted = request.headers.get("accept", "")
    if accepted in ("", "*/*", renderers[0].media_type):
        return renderers[0]
    try:
        preferred = request.get_preferred_type([renderer.media_type for renderer in renderers])
    except (LookupError, ValueError):  # an encoding in RFC 2231 form that does not exist, too many parameters
        preferred = None
    if preferred is None:
        known = ", ".join(renderer.form.media_type for renderer in renderers)
        raise RefusedError(problems.NOT_ACCEPTABLE, f"'Accept' leaves out what this resource has: {known}.")
    return next(renderer for renderer in renderers if renderer.media_type == preferred)


def _of_suffix(renderers: Sequence[Any], suffix: str) -> Any:
    found = next((renderer for renderer in renderers if renderer.format == suffix), None)
    if found is None:
        known = ", ".join(f".{renderer.format}" for renderer in renderers)
        raise RefusedError(problems.UNKNOWN_ADDRESS, f"This resource has no format '.{suffix[:20]}'; it has {known}.")
    return found
