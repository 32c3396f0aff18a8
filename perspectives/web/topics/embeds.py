"""Pages for the frames of other sites: a topic in short, its brief, and one claim with its evidence."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from perspectives.errors import NotFoundError
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.documents.topic_document import Cite, Gap, Response, TopicEdition
from perspectives.rules.topics.alignment import Voice, voices
from perspectives.rules.topics.brief import brief
from perspectives.web.http.view_decorators import Parameters, View, page
from perspectives.web.topics.comparison import Side, sides
from perspectives.web.topics.edition_pages import checked_of
from perspectives.web.topics.references import Run, short_runs


@dataclass(frozen=True)
class ShortCite:
    """A citation with its reference in a line."""

    cite: Cite
    reference: tuple[Run, ...]


@dataclass(frozen=True)
class Reply:
    """A response to the claim, and the side from which it comes."""

    side: Side
    voice: Voice
    response: Response


@dataclass(frozen=True)
class Missing:
    """A side from which no answer was found."""

    side: Side
    gap: Gap


@dataclass(frozen=True)
class EmbeddedClaim:
    """A claim with what is needed to judge it alone."""

    voice: Voice
    side: Side
    cites: tuple[ShortCite, ...]
    replies: tuple[Reply, ...]
    missing: tuple[Missing, ...]


def framed(view: View[Parameters]) -> View[Parameters]:
    """Let a page stand in the frames of other sites, alone of all pages, and let it say there what is not found."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFoundError as error:
            return render(request, "perspectives/embed/missing.html", {"message": error.message}, status=404)

    # `csp_update` would only add to `'none'`, which browsers then complain of.
    made: Any = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(answer))
    return page(made)


@framed
def topic(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Show a topic in short: the question, each position in a line, the crux."""
    document, stored = published.topic_document(slug, number=number)
    context = {"sides": sides(document), **_frame(request, document, stored, number)}
    return render(request, "perspectives/embed/topic.html", context)


@framed
def topic_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the brief of a topic. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    context = {"is_framed": True, **_frame(request, document, stored)}
    context["brief"] = brief(document, context["checked"].notes)
    return render(request, "perspectives/embed/brief.html", context)


@framed
def topic_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the argument map of a topic as a drawing that leads to the map. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    return render(request, "perspectives/embed/map.html", _frame(request, document, stored))


@framed
def claim(request: HttpRequest, topic: str, claim: str) -> HttpResponse:
    """Show one claim: whose it is, what it rests on, and who answers it. Raises NotFoundError."""
    document, stored = published.topic_document(topic)
    context = {"one": embedded_claim(document, claim), **_frame(request, document, stored)}
    return render(request, "perspectives/embed/claim.html", context)


def embedded_claim(document: TopicEdition, claim_id: str) -> EmbeddedClaim:
    """Take a claim out of its topic with its citations and answers. Raises NotFoundError."""
    known = voices(document)
    if claim_id not in known:
        raise NotFoundError(f"There is no published claim '{document.topic}/{claim_id}'.")
    voice, by_stance = known[claim_id], {side.stance: side for side in sides(document)}
    answers = [(known[link.from_claim], link) for link in document.responses if link.to_claim == claim_id]
    return EmbeddedClaim(
        voice=voice,
        side=by_stance[voice.stance],
        cites=tuple(ShortCite(cite, short_runs(document.sources[cite.source])) for cite in voice.claim.cites),
        replies=tuple(Reply(by_stance[other.stance], other, link) for other, link in answers),
        missing=tuple(Missing(by_stance[gap.stance], gap) for gap in document.gaps if gap.claim == claim_id),
    )


def _frame(request: HttpRequest, document: TopicEdition, stored: Stored, number: int | None = None) -> dict[str, Any]:
    """Say what is embedded and where the whole of it is: the current edition, unless one was asked for."""
    route, place = ("topic", [document.topic]) if number is None else ("topic-edition", [document.topic, number])
    whole = request.build_absolute_uri(reverse(route, args=place))
    return {"document": document, "stored": stored, "whole": whole, **checked_of(document.sources)}
