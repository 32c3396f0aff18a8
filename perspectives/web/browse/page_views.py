"""The pages: each takes its address apart, asks `queries.published`, and hands a presenter to a template."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from perspectives.errors import NotFoundError
from perspectives.queries import figures, published
from perspectives.rules.balance import RULES
from perspectives.rules.formats import citation_meta
from perspectives.rules.formats.coins import context_object
from perspectives.rules.source_record import SourceRecord
from perspectives.web import catalogue, choices, reading
from perspectives.web.answering import page
from perspectives.web.citing import article_frame, topic_frame
from perspectives.web.comparison import Comparison
from perspectives.web.glossary import GLOSSARY
from perspectives.web.guide import Guide
from perspectives.web.keeping import LIFETIME, kept_page, remembering
from perspectives.web.references import address


@kept_page
def about(request: HttpRequest) -> HttpResponse:
    """Show the editorial rules, the balance gate and the glossary."""
    context = {"rules": RULES, "glossary": GLOSSARY, "contact": settings.CONTACT}
    return render(request, "perspectives/about.html", context)


@remembering
@kept_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the current edition of a topic, the way the reader chose."""
    document, stored = published.topic_document(slug)
    modes = choices.modes(request, document.article_head.author_short)
    references = reading.references(document.sources, stored.sha256, modes.style)
    context = {
        "page": Comparison(document, references, reading.passages_of(slug), modes),
        "is_current": True,
        **topic_frame(request, document, stored),
    }
    return render(request, "perspectives/topic.html", context)


@kept_page
def topic_editions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the editions of a topic."""
    editions = reading.known_editions(published.topic_editions(slug), f"There is no published topic '{slug}'.")
    context = {"editions": editions, "slug": slug, "kind": "topic"}
    return render(request, "perspectives/editions.html", context)


@remembering
@kept_page
def topic_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one edition of a topic, who stands behind it, and what it changed."""
    document, stored = published.topic_document(slug, number=number)
    modes = choices.modes(request, document.article_head.author_short)
    references = reading.references(document.sources, stored.sha256, modes.style)
    context = {
        "page": Comparison(document, references, {}, modes),
        "changes": reading.changes_of_topic(slug, stored),
        **topic_frame(request, document, stored),
        **reading.edition_context(published.topic_editions(slug), stored),
    }
    return render(request, "perspectives/topic.html", context)


@page
def only_article(_request: HttpRequest) -> HttpResponse:
    """Lead to the article guide that was published first."""
    first = published.articles().order_by("article_id").first()
    if first is None:
        raise NotFoundError("No article guide has been published yet.")
    return redirect("article", first.slug)


@kept_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the guide through an article."""
    document, stored = published.article_document(slug)
    references = reading.references(document.sources, stored.sha256, choices.style(request))
    context = {
        "page": Guide(document, references, reading.topic_titles()),
        "is_current": True,
        **article_frame(request, document, stored),
    }
    return render(request, "perspectives/article.html", context)


@kept_page
def article_editions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the editions of an article guide."""
    editions = reading.known_editions(published.article_editions(slug), f"There is no published article '{slug}'.")
    context = {"editions": editions, "slug": slug, "kind": "article"}
    return render(request, "perspectives/editions.html", context)


@kept_page
def article_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one edition of an article guide, who stands behind it, and what it changed."""
    document, stored = published.article_document(slug, number=number)
    references = reading.references(document.sources, stored.sha256, choices.style(request))
    context = {
        "page": Guide(document, references, reading.topic_titles()),
        "changes": reading.changes_of_article(slug, stored),
        **article_frame(request, document, stored),
        **reading.edition_context(published.article_editions(slug), stored),
    }
    return render(request, "perspectives/article.html", context)


@kept_page
def sources(request: HttpRequest) -> HttpResponse:
    """List the published sources, by category if asked."""
    category = choices.category(request)
    counts = catalogue.counts(figures.sources_by_category())
    found = published.sources().filter(category=category) if category else published.sources()
    shown = choices.numbered_page(request, found)
    lines = [catalogue.listed(one.key, one.record) for one in shown]
    context = {"lines": lines, "shown": shown, "counts": counts, "category": category}
    return render(request, "perspectives/sources.html", context)


def source(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a source, or lead from one that was merged, and that no edition cites any more, to the other."""
    response = _source(request, key)
    if response.status_code == HTTPStatus.NOT_FOUND and (survivor := published.survivor(key)):
        response = redirect("source", survivor, permanent=True)
        response["Cache-Control"] = LIFETIME
    return response


@kept_page
def _source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source: its record, how far it was confirmed, and every use of it."""
    found = published.source(key)
    record = SourceRecord.model_validate(found.record)
    uses = list(found.uses.all())
    context = {
        "key": key,
        "listed": catalogue.listed(key, found.record),
        "address": address(record),
        "facts": list(catalogue.facts(record)),
        "groups": catalogue.groups(use.record for use in uses),
        "reliance": catalogue.reliance([use.record for use in uses]),
        "coins": context_object(record),
        "citation_meta": citation_meta.elements(record),
        "styles": catalogue.styles(reading.formatted_source(key, [use.edition_id for use in uses])),
    }
    return render(request, "perspectives/source.html", context)
