"""The pages: each takes its address apart, asks `published`, and hands a presenter to a template."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from perspectives.errors import NotFoundError
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import page_reads, published, statistics
from perspectives.rules.formats.bibliography import citation_meta
from perspectives.rules.formats.bibliography.coins import context_object
from perspectives.rules.publication.balance import RULES
from perspectives.rules.sources.short_reference import address
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.web.browse.guide import Guide
from perspectives.web.http import parameters
from perspectives.web.http.page_cache import LIFETIME, cached_page, one_topic, remembering
from perspectives.web.http.view_decorators import page
from perspectives.web.sources import source_pages
from perspectives.web.topics import edition_pages
from perspectives.web.topics.comparison import Comparison
from perspectives.web.topics.edition_citation import article_frame, topic_frame
from perspectives.web.topics.glossary import GLOSSARY
from perspectives.web.topics.references import library


@cached_page()
def about(request: HttpRequest) -> HttpResponse:
    """Show the editorial rules, the balance gate and the glossary."""
    context = {"rules": RULES, "glossary": GLOSSARY, "contact": settings.CONTACT}
    return render(request, "perspectives/about.html", context)


@remembering
@cached_page("view", "style", "first", about=one_topic)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the current edition of a topic, the way the reader chose."""
    document, stored = published.topic_document(slug)
    modes = parameters.modes(request, document.article_head.author_short)
    references = edition_pages.references(document.sources, stored.sha256, modes.style)
    context = {
        "page": Comparison(document, references, edition_pages.passages_of(slug), modes),
        "is_current": True,
        **topic_frame(request, document, stored),
    }
    return render(request, "perspectives/topic.html", context)


@cached_page()
def topic_editions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the editions of a topic."""
    editions = page_reads.known_editions(published.topic_editions(slug), f"There is no published topic '{slug}'.")
    context = {"editions": editions, "slug": slug, "kind": "topic"}
    return render(request, "perspectives/editions.html", context)


@remembering
@cached_page("view", "style", "first")
def topic_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one edition of a topic, who stands behind it, and what it changed."""
    document, stored = published.topic_document(slug, number=number)
    modes = parameters.modes(request, document.article_head.author_short)
    references = edition_pages.references(document.sources, stored.sha256, modes.style)
    context = {
        "page": Comparison(document, references, {}, modes),
        "changes": edition_pages.changes_of_topic(slug, stored),
        **topic_frame(request, document, stored),
        **edition_pages.edition_context(published.topic_editions(slug), stored),
    }
    return render(request, "perspectives/topic.html", context)


@page
def only_article(_request: HttpRequest) -> HttpResponse:
    """Lead to the article guide where there is one, and to the list where there are more."""
    slugs = published.articles().order_by("article_id").values_list("slug", flat=True)[:2]
    match list(slugs):
        case []:
            raise NotFoundError("No article guide has been published yet.")
        case [only]:
            return redirect("article", only)
    return redirect("articles")


@cached_page()
def articles(request: HttpRequest) -> HttpResponse:
    """List the articles whose guides are published, the first one first, with the topics that each raises."""
    topics = list(published.topics().values_list("article_id", "slug", "title"))
    found = published.articles().order_by("article_id").values_list("article_id", "summary")
    listed = [(summary, [(slug, title) for owner, slug, title in topics if owner == pk]) for pk, summary in found]
    return render(request, "perspectives/articles.html", {"articles": listed})


@cached_page("style")
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the guide through an article."""
    document, stored = published.article_document(slug)
    references = edition_pages.references(document.sources, stored.sha256, parameters.style(request))
    context = {
        "page": Guide(document, references, page_reads.topic_titles()),
        "is_current": True,
        **article_frame(request, document, stored),
    }
    return render(request, "perspectives/article.html", context)


@cached_page()
def article_editions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the editions of an article guide."""
    editions = page_reads.known_editions(published.article_editions(slug), f"There is no published article '{slug}'.")
    context = {"editions": editions, "slug": slug, "kind": "article"}
    return render(request, "perspectives/editions.html", context)


@cached_page("style")
def article_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one edition of an article guide, who stands behind it, and what it changed."""
    document, stored = published.article_document(slug, number=number)
    references = edition_pages.references(document.sources, stored.sha256, parameters.style(request))
    context = {
        "page": Guide(document, references, page_reads.topic_titles()),
        "changes": edition_pages.changes_of_article(slug, stored),
        **article_frame(request, document, stored),
        **edition_pages.edition_context(published.article_editions(slug), stored),
    }
    return render(request, "perspectives/article.html", context)


@cached_page("category", "page")
def sources(request: HttpRequest) -> HttpResponse:
    """List the published sources, by category if asked."""
    category = parameters.category(request)
    counts = source_pages.counts(statistics.sources_by_category())
    found = published.sources().filter(category=category) if category else published.sources()
    shown = parameters.numbered_page(request, found)
    lines = [source_pages.listed(one.key, one.record) for one in shown]
    context = {"lines": lines, "shown": shown, "counts": counts, "category": category}
    return render(request, "perspectives/sources.html", context)


def source(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a source, or lead from one that was merged, and that no edition cites any more, to the other."""
    response = _source(request, key)
    if response.status_code == HTTPStatus.NOT_FOUND and (survivor := published.survivor(key)):
        response = redirect("source", survivor, permanent=True)
        response["Cache-Control"] = LIFETIME
    return response


@cached_page()
def _source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source: its record, how far it was confirmed, and every use of it."""
    found = published.source(key)
    record = SourceRecord.model_validate(found.record)
    uses = list(found.uses.all())
    checked = check_reports.checked([key])
    context = {
        "key": key,
        "listed": source_pages.listed(key, found.record),
        "address": address(record),
        "library": library(record),
        "facts": list(source_pages.facts(record)),
        "groups": source_pages.groups((use.record for use in uses), checked),
        "checks": checked.works.get(key, ()),
        "notice": checked.notice(key),
        "reliance": source_pages.reliance([use.record for use in uses]),
        "coins": context_object(record),
        "citation_meta": citation_meta.elements(record),
        "styles": source_pages.styles(page_reads.formatted_source(key, [use.edition_id for use in uses])),
    }
    return render(request, "perspectives/source.html", context)
