"""Pages that show one topic stay cached while others change, and are as they would be if they were made anew."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.accounts import erasing
from perspectives.actions.evidence import check_reports
from perspectives.actions.publication import archiving, publishing, retracting
from perspectives.models import Article, Check, Crux, Edition, FormattedBibliography, Passage, Source, Topic, User
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.vocab import BibliographyStyle, CheckKind, CheckOutcome, CheckState, Role
from perspectives.web.http.page_cache import everything
from perspectives.web.urls import urlpatterns
from tests import factories

OF_A_TOPIC = ("topic", "topic-brief", "topic-map", "topic-teach", "topic-worksheet")
pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(client, published, settings):
    """Ask for the pages of both topics; give the names of those that were made anew."""
    settings.PUBLICATION_VERSION_TTL = 1e-9
    settings.SITE_URL = "http://testserver"

    def ask():
        made = set()
        for slug in (factories.TOPIC, factories.OTHER_TOPIC):
            for route in OF_A_TOPIC:
                response = client.get(reverse(route, args=[slug]))
                made |= {(slug, route)} if response.templates else set()
                bodies[slug, route] = response.content
        return made

    bodies = {}
    assert len(ask()) == 2 * len(OF_A_TOPIC)
    assert ask() == set()
    yield ask
    cached = dict(bodies)
    CACHE.clear()
    ask()
    assert bodies == cached


def pages(*slugs):
    return {(slug, route) for slug in slugs for route in OF_A_TOPIC}


def publish(proposer, reviewer):
    topic = Topic.objects.get(slug=factories.TOPIC)
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey of the timbers.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")


def test_an_edition_and_its_retraction_make_pages_of_its_own_topic_alone(seen, proposer, reviewer):
    edition = publish(proposer, reviewer)
    assert seen() == pages(factories.TOPIC)
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    retracting.retract(edition_id=edition.pk, note="Misread.", by=chief)
    assert seen() == pages(factories.TOPIC)


def test_references_make_pages_of_their_edition(seen):
    edition = Edition.objects.get(current_for_topic__slug=factories.OTHER_TOPIC)
    entries = {key: [] for key in factories.source_records()}
    made_at = timezone.now()
    FormattedBibliography.objects.create(
        sha256=edition.sha256, style=BibliographyStyle.APA, entries=entries, made_at=made_at
    )
    assert seen() == pages(factories.OTHER_TOPIC)


def test_an_article_makes_pages_of_all_topics_since_they_show_its_passages(seen, proposer, reviewer):
    article = Article.objects.get()
    Passage.objects.filter(article=article, order=0).update(paraphrase="He says that it can wait.")
    proposal = publishing.propose_article(article_id=article.pk, by=proposer, note="Clearer")
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    assert seen() == pages(factories.TOPIC, factories.OTHER_TOPIC)


def test_the_archive_makes_pages_of_what_goes_into_it_and_comes_back(seen):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    topic = Topic.objects.get(slug=factories.TOPIC)
    archiving.archive_topic(topic_id=topic.pk, note="It is settled.", by=chief)
    assert seen() == pages(factories.TOPIC)
    archiving.bring_back_topic(topic_id=topic.pk, note="It is not.", by=chief)
    assert seen() == pages(factories.TOPIC)


def test_checks_make_pages_of_what_cites_their_sources(seen):
    only = "weir2016cost"
    now = timezone.now()
    Check.objects.create(
        kind=CheckKind.RETRACTION,
        source=Source.objects.get(key=only),
        state=CheckState.DONE,
        outcome=CheckOutcome.RETRACTED,
        sentence="It was retracted.",
        planned_at=now,
        due_at=now,
        finished_at=now,
        again_at=now + timedelta(days=1),
        is_current=True,
    )
    assert check_reports.report(at_once=True)
    citing = Edition.objects.filter(uses__source__key=only, topic__isnull=False).values_list("topic__slug", flat=True)
    assert seen() == pages(*citing)


def test_the_name_of_an_erased_account_may_stand_anywhere(seen, reader):
    erasing.erase(account_id=reader.pk, by=reader)
    assert seen() == pages(factories.TOPIC, factories.OTHER_TOPIC)


def test_every_page_that_shows_one_topic_is_tried_here():
    shown = {one.name for one in urlpatterns if getattr(one.callback, "about", everything) is not everything}
    assert shown == set(OF_A_TOPIC)
