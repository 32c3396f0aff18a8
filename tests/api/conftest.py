"""What the tests of the API share: a library to read, loaded once a module, and what a problem must look like."""

import pytest
from django.db import transaction
from django.utils import timezone

from perspectives.actions.documents import packs
from perspectives.actions.publication import datasets, indexing, publishing
from perspectives.api.http.problems import PROBLEMS
from perspectives.models import Article, Crux, Edition, Source, Topic, User
from perspectives.policy import OPERATOR
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EditionOrigin, Role
from tests import factories

MANY = 20
COPY = "copy-0"
ARTICLE_COPY = "article-0"


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The footbridge published, its first topic in a second edition.

    It is rolled back after the module; what a test itself writes, after the test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        filled = _Library()
        filled.fill()
        yield filled
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def crowd(library, django_db_blocker):
    """The library with so many copies that every list has at least twenty rows."""
    with django_db_blocker.unblock():
        library.multiply()


class _Library:
    """Writes what the tests read; the copies go straight into the published index, without drafts."""

    def __init__(self):
        self.proposer = User.objects.create_user("proposer", role=Role.MODERATOR)
        self.reviewer = User.objects.create_user("reviewer", role=Role.MODERATOR)
        self.chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
        self.records = {f"copied{number}": _without_doi(factories.source_record()) for number in range(MANY)}

    def fill(self):
        packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
        for subject in [*Topic.objects.order_by("order"), *Article.objects.all()]:
            publishing.publish_first(subjects=[subject], by=OPERATOR)
        self.publish_again()
        datasets.build()

    def multiply(self):
        sources = {**factories.source_records(), **self.records}
        for number, key in enumerate(self.records):
            self.copy_topic(number, sources)
            self.copy_article(number, Source.objects.create(key=key, record=self.records[key]), sources)

    def publish_again(self):
        topic = Topic.objects.get(slug=factories.TOPIC)
        Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey of the timbers.")
        proposal = publishing.propose_topic(topic_id=topic.pk, by=self.proposer, note="A better test")
        publishing.approve(proposal_id=proposal.pk, by=self.reviewer, reason="Agreed")

    def copy_topic(self, number, sources):
        topic = Topic.objects.create(
            article=Article.objects.get(slug=factories.ARTICLE),
            slug=f"copy-{number}",
            order=100 + number,
            title="A copy",
            question="Is it a copy?",
            background="It is.",
            period_start="2018",
            period_end="2021",
        )
        sides = factories.topic_document()["perspectives"]
        sides = [{**sides[0], "held_by": [f"Copied Person {number}"]}, *sides[1:]]
        for edition in range(1, MANY + 1 if topic.slug == COPY else 2):
            document = factories.topic_edition(
                topic.slug, order=topic.order, edition=edition, sources=sources, perspectives=sides
            )
            row = self.edition(document, topic=topic)
        indexing.index_topics([(row, document)])

    def copy_article(self, number, source, sources):
        article = Article.objects.create(
            slug=f"article-{number}",
            source=source,
            author="A. Author",
            author_short="Author",
            title=f"Article {number}",
            selector_note="None",
        )
        for edition in range(1, MANY + 1 if article.slug == ARTICLE_COPY else 2):
            document = factories.article_edition(
                article=article.slug, source=source.key, edition=edition, sources=sources
            )
            row = self.edition(document, article=article)
        indexing.index_articles([(row, document)])

    def edition(self, document, **owner):
        body = canonical_json(plain(document))
        now = timezone.now()
        people = {"proposed_at": now, "proposed_by": self.proposer, "approved_by": self.reviewer}
        return Edition.objects.create(
            **owner,
            **({} if document.edition == 1 else people),
            number=document.edition,
            body=body,
            sha256=sha256(body),
            origin=EditionOrigin.FIXTURE if document.edition == 1 else EditionOrigin.REVIEW,
            published_at=now,
        )


def _without_doi(record):
    return {name: value for name, value in record.items() if name != "DOI"}


def assert_problem(response, status, code, *, parameter=None):
    """Check a problem document and its headers, and give it back."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    document = response.json()
    assert {"type", "title", "status", "detail", "code"} <= set(document)
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"] == f"/api/v1/problems/#/problems/{code}"
    assert document["title"] == PROBLEMS[code].title
    assert document.get("parameter") == parameter
    return document
