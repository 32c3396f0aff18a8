"""Drafts at the desk: the list, a new topic, a draft whole, and the page that readers would get of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from perspectives.actions.documents import drafting
from perspectives.models import Article, Topic
from perspectives.policy import Permission, can
from perspectives.queries.archive import archive
from perspectives.queries.documents import draft_documents, drafts
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.documents import consistency
from perspectives.rules.documents.parts import CLAIMS, HEAD, SIDES, Plain
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication import disclosure
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EditionOrigin, Stance
from perspectives.web.desk.discussion.panel import panel
from perspectives.web.desk.documents.balance_panel import BalancePanel
from perspectives.web.desk.documents.draft_status import cached_statuses
from perspectives.web.desk.documents.draft_view import DraftView
from perspectives.web.desk.documents.part_table import KINDS
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http import form_fields, parameters
from perspectives.web.http.field_specs import FieldSpec, group, line
from perspectives.web.http.form_fields import SpecForm, refusals_in
from perspectives.web.http.view_decorators import PART, READING, query_value, wants_part
from perspectives.web.topics import edition_pages
from perspectives.web.topics.comparison import Comparison
from perspectives.web.topics.edition_citation import topic_frame

_AUTHORS_SIDE = f"{SIDES}[0]"
_NEW_TOPIC = (
    line("topic", "Address", "For good: small letters, digits and hyphens, such as replace-or-repair."),
    *(one for one in KINDS[HEAD].fields if one.name != "order"),
    line(f"{_AUTHORS_SIDE}.label", "The author's position", "In a few words, such as Mend what stands."),
    FieldSpec(f"{_AUTHORS_SIDE}.summary", "The same in a sentence", "At its strongest; its claims come later."),
)


@desk_page(methods=READING)
def topic_list(request: HttpRequest) -> HttpResponse:
    """List all drafts and where they stand."""
    shown: Page[Topic] = parameters.numbered_page(request, drafts.topics(), of="topics")
    statuses = cached_statuses(list(shown))
    context = {
        "rows": [(one, statuses[one.pk]) for one in shown],
        "shown": shown,
        "are_of_several": len({one.article_id for one in shown}) > 1,
        "can_change": can(person(request), Permission.TOPIC_CHANGE),
    }
    return show(request, "drafting/list.html", context)


class NewTopicForm(SpecForm):
    """Asks for what a draft cannot be without."""

    asked = (group("", *_NEW_TOPIC),)

    def __init__(self, sent: Any = None, *, article: str = "") -> None:
        super().__init__(sent, use_required_attribute=False)
        articles = list(drafts.articles())
        # With several articles none is taken for granted: a topic never leaves the one that it was begun under.
        choices = [(one.slug, f"{one.title}, by {one.author}") for one in articles]
        self.fields["article"] = forms.TypedChoiceField(
            choices=choices if len(choices) == 1 else [("", "Choose …"), *choices],
            coerce={one.slug: one for one in articles}.get,
            initial=article,
            error_messages={"required": "Choose one."},
        )
        self.order_fields(["article"])

    def made(self) -> Plain:
        """Give the document of the new draft: the head, and the author's side without claims."""
        article: Article = self.cleaned_data["article"]
        document = form_fields.read(_NEW_TOPIC, self.cleaned_data)
        side = {"id": Stance.AUTHOR.value, "stance": Stance.AUTHOR.value, **document.pop(_AUTHORS_SIDE), CLAIMS: []}
        return {**document, "article": article.slug, "order": drafts.next_order(article), SIDES: [side]}


@desk_page(Permission.TOPIC_CHANGE)
def new_topic(request: HttpRequest) -> HttpResponse:
    """Ask for a new topic, and begin its draft when that is sent."""
    form = NewTopicForm(request.POST if request.method == "POST" else None, article=query_value(request, "article"))
    if form.is_bound and form.is_valid():
        with refusals_in(form, otherwise="topic"):
            begun = drafting.begin(document=form.made(), by=person(request))
            messages.success(request, f"The draft of “{begun.title}” is begun.")
            return redirect("desk-topic", begun.slug)
    return show(request, "drafting/new.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(methods=READING)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a draft whole, beside its balance."""
    return draft_page(request, drafts.topic(slug))


def draft_page(request: HttpRequest, topic: Topic, *, said: str = "") -> HttpResponse:
    """Show the page of a draft, or the part of it that a change has changed, with a word for who cannot see it."""
    who, document = person(request), draft_documents.topic_document(topic.pk)
    step = archive.closing(topic)
    context = {
        "topic": topic,
        "draft": DraftView(plain(document)),
        "balance_panel": balance_panel(topic, document),
        "can_change": can(who, Permission.TOPIC_CHANGE) and step is None,
        "can_archive": can(who, Permission.DOCUMENT_ARCHIVE) and getattr(topic, "edition", None),
        "step": step,
        "said": said,
        "has_sheet": len(document.perspectives) == 1 and not document.perspectives[0].claims,
    }
    part = "drafting/draft_parts.html"
    if wants_part(request):
        response = render(request, f"perspectives/desk/{part}", context)
    else:
        response = show(request, "drafting/draft.html", {**context, "discussion": panel(topic, who)})
    patch_vary_headers(response, [PART])
    return response


def balance_panel(topic: Topic, document: TopicDocument) -> BalancePanel:
    """Measure a draft as it is, or as it would be."""
    sources = draft_documents.source_records(consistency.all_source_keys([document]))
    others = disclosure.elsewhere(draft_documents.held(), document.topic)
    return BalancePanel(document, sources, topic.article.author_short, others)


@desk_page(methods=READING)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as readers would see it as the next edition."""
    topic = drafts.topic(slug)
    document = draft_documents.next_topic_edition(topic)
    body = canonical_json(plain(document))
    stored = Stored(document.edition, sha256(body), timezone.now(), EditionOrigin.REVIEW.value, body)
    modes = parameters.modes(request, document.article_head.author_short)
    references = edition_pages.references(document.sources, drafts.current_hash(topic), modes.style)
    context = {
        "page": Comparison(document, references, edition_pages.passages_of(slug), modes),
        "is_current": True,
        "draft_address": reverse("desk-topic", args=[slug]),
        **topic_frame(request, document, stored),
        "takeaway": (),  # there is nothing to take away before it is published
    }
    return render(request, "perspectives/desk/drafting/preview.html", context)
