"""Articles at the desk: the list, a new one, a draft whole, and the page that readers would get of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.documents import article_drafting
from perspectives.models import Article
from perspectives.policy import Permission, can
from perspectives.queries.archive import archive
from perspectives.queries.documents import draft_documents, guides
from perspectives.queries.publication import page_reads
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EditionOrigin
from perspectives.web.browse.guide import Guide
from perspectives.web.desk.articles.guide_view import GuideView
from perspectives.web.desk.articles.new_article import NewArticleForm
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING
from perspectives.web.topics.edition_citation import article_frame
from perspectives.web.topics.references import References


@desk_page(methods=READING)
def article_list(request: HttpRequest) -> HttpResponse:
    """List all articles and how far they are."""
    context = {
        "shown": numbered_page(request, guides.guides(), of="articles", per_page=50),
        "here": "?",
        "can_change": can(person(request), Permission.ARTICLE_CHANGE),
    }
    return show(request, "articles/list.html", context)


@desk_page(Permission.ARTICLE_CHANGE)
def new_article(request: HttpRequest) -> HttpResponse:
    """Ask for a new article, and begin its draft when that is sent."""
    form = NewArticleForm(request.POST if request.method == "POST" else None)
    if form.is_asked_for_rows:
        form.show_as_typed()
        return show(request, "articles/new.html", {"form": form})
    if form.is_bound and form.is_valid():
        document, record = form.made()
        with refusals_in(form, otherwise="article"):
            begun = article_drafting.begin(document=document, source=record, by=person(request))
            messages.success(request, f"The guide to “{begun.title}” is begun.")
            return redirect("desk-article", begun.slug)
    return show(request, "articles/new.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(methods=READING)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft of a guide whole, and what it needs before it may be published."""
    return show(request, "articles/article.html", page_of(request, guides.guide(slug)))


def page_of(request: HttpRequest, found: Article) -> dict[str, Any]:
    """Give what the page of an article's draft shows."""
    who, step = person(request), archive.archived_as(found)
    view = GuideView(draft_documents.article_document(found.pk))
    return {
        "article": found,
        "guide": view,
        "topics": guides.topics_of(found),
        "can_change": can(who, Permission.ARTICLE_CHANGE) and step is None,
        "can_propose": can(who, Permission.EDITION_PROPOSE) and step is None,
        "can_archive": can(who, Permission.DOCUMENT_ARCHIVE) and getattr(found, "edition", None),
        "step": step,
    }


@desk_page(methods=READING)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as readers would see it as the next edition."""
    document = draft_documents.next_article_edition(guides.guide(slug))
    body = canonical_json(plain(document))
    stored = Stored(document.edition, sha256(body), timezone.now(), EditionOrigin.REVIEW.value, body)
    context = {
        "page": Guide(document, References(document.sources, None), page_reads.topic_titles()),
        "draft_address": reverse("desk-article", args=[slug]),
        **article_frame(request, document, stored),
    }
    return render(request, "perspectives/desk/articles/preview.html", context)
