"""All quotations of the knowledge base: each has its state on site and API, and no match that was not made."""

from collections import Counter
from html import unescape

import pytest
from django.utils import timezone

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Article, Check, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.publication import published
from perspectives.rules.publication import quotation_states
from perspectives.vocab import QuoteStatus
from tests import content

pytestmark = pytest.mark.django_db
MACHINE = "Machine check,"
GUIDE = "sachs-2024-fifth-offer"


def page_of(client, place):
    return " ".join(unescape(client.get(place).content.decode()).split())


def test_every_quotation_has_its_own_state_and_no_match_that_was_not_made(client):
    packs.load(files=content.files(), by=OPERATOR, show=lambda _: None)
    publishing.publish_first(subjects=[*Topic.objects.all(), *Article.objects.all()], by=OPERATOR)
    quoted = {}
    for slug in content.TOPICS:
        cites = quotation_states.topic_cites(published.topic_document(slug)[0])
        quoted[slug] = [cite for _, cite in cites if cite.quote]
        page = page_of(client, f"/topics/{slug}/?view=evidence")
        shown = {one: page.count(f"Quotation: {one.sentence}") for one in QuoteStatus}
        assert shown == dict.fromkeys(QuoteStatus, 0) | Counter(cite.quote_status for cite in quoted[slug]), slug
        assert MACHINE not in page
        assert "Seen by an editor in" not in page
        told = client.get(f"/api/v1/topics/{slug}/checks/").json()
        assert (told["checks"], told["confirmations"]) == ([], [])
    figures = client.get("/api/v1/figures/").json()
    guide, _ = published.article_document(GUIDE)
    in_guide = sum(cite.quote is not None for _, cite in quotation_states.article_cites(guide))
    assert sum(figures["quotations"].values()) == sum(map(len, quoted.values())) + in_guide
    assert MACHINE not in page_of(client, f"/articles/{GUIDE}/")
    assert not any(figures["checks"].values())
    _told_where_it_was_made(client, quoted)


def _told_where_it_was_made(client, quoted):
    """One check lets the words that it is of be told of, wherever they are quoted, and no others."""
    one = next(cite for cites in quoted.values() for cite in cites)
    times = dict.fromkeys(("planned_at", "due_at", "finished_at", "again_at"), timezone.now())
    Check.objects.create(
        kind="quotation", source=Source.objects.get(key=one.source), quote=one.quote, state="done", outcome="missing",
        sentence="These words were not found.", is_current=True, **times,
    )  # fmt: skip
    for slug, cites in quoted.items():
        same = sum((cite.source, cite.quote) == (one.source, one.quote) for cite in cites)
        assert page_of(client, f"/topics/{slug}/?view=evidence").count(MACHINE) == same, slug
