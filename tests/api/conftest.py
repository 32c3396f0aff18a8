"""What the tests of the API share: a second edition, many rows, and what a problem must look like."""

from pathlib import Path

import pytest
from django.utils import timezone

from perspectives.actions import indexing, packs, publishing
from perspectives.api.problems import PROBLEMS
from perspectives.models import Article, Crux, Edition, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.rules.canonical import canonical_json, sha256
from perspectives.rules.index import plain
from perspectives.vocab import EditionOrigin
from tests import factories

MANY = 20


@pytest.fixture(autouse=True)
def _static_root(settings):
    """Whitenoise warns where no static files were collected yet."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def second_edition(published, proposer, reviewer):
    """The first topic, changed, proposed and approved once more."""
    topic = Topic.objects.get(slug=factories.TOPIC)
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey of the timbers.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")


@pytest.fixture
def many(drafts, proposer, reviewer):
    """At least twenty rows in every list: topics with their claims, articles with their passages, sources, editions."""
    records = factories.source_records()
    more = {f"{key}-{copy}": _without_doi(record) for key, record in records.items() for copy in "abcdefgh"}
    Source.objects.bulk_create(Source(key=key, record=record) for key, record in more.items())
    _topics_with_editions(more, proposer, reviewer)
    for number, key in enumerate(list(more)[:MANY]):
        article = Article.objects.create(
            slug=f"article-{number}",
            source=Source.objects.get(key=key),
            author="A. Author",
            author_short="Author",
            title=f"Article {number}",
            selector_note="None",
        )
        document = factories.article_edition(article=article.slug, source=key, sources={**records, **more})
        indexing.index_article(_first_edition(document, article=article), document)
    article = Article.objects.get(slug="article-0")
    for number in range(2, MANY + 1):
        document = factories.article_edition(article=article.slug, edition=number, sources=records)
        _reviewed_edition(document, number, proposer, reviewer, article=article)


def _topics_with_editions(more, proposer, reviewer):
    files = {
        factories.topic_file(f"copy-{number}"): factories.as_yaml(
            factories.topic_document(f"copy-{number}", order=100 + number),
        )
        for number in range(MANY)
    }
    packs.load(files={**factories.packs(), **files}, by=OPERATOR, show=lambda _: None)
    for topic in Topic.objects.all():
        publishing.publish_first(subject=topic, by=OPERATOR)
    topic = Topic.objects.get(slug="copy-0")
    for number in range(2, MANY + 1):
        _reviewed_edition(factories.topic_edition("copy-0", edition=number), number, proposer, reviewer, topic=topic)


def _without_doi(record):
    return {name: value for name, value in record.items() if name != "DOI"}


def _first_edition(document, **owner):
    body = canonical_json(plain(document))
    return Edition.objects.create(
        **owner,
        number=1,
        body=body,
        sha256=sha256(body),
        origin=EditionOrigin.FIXTURE,
        published_at=timezone.now(),
    )


def _reviewed_edition(document, number, proposer, reviewer, **owner):
    body = canonical_json(plain(document))
    now = timezone.now()
    return Edition.objects.create(
        **owner,
        number=number,
        body=body,
        sha256=sha256(body),
        origin=EditionOrigin.REVIEW,
        proposed_at=now,
        proposed_by=proposer,
        published_at=now,
        approved_by=reviewer,
    )


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
