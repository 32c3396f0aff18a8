"""What the tests of the pages share: a second edition, formatted references, many rows."""

import pytest
from django.utils import timezone

from perspectives.actions.documents import packs
from perspectives.actions.publication import indexing, publishing
from perspectives.models import Crux, Edition, FormattedBibliography, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import BibliographyStyle, EditionOrigin
from tests import factories

MANY = 21


@pytest.fixture
def second_edition(published, proposer, reviewer):
    topic = Topic.objects.get(slug=factories.TOPIC)
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey of the timbers.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")


@pytest.fixture
def formatted(published):
    """The references of every edition in APA and MLA."""
    for edition in Edition.objects.all():
        for style in (BibliographyStyle.APA, BibliographyStyle.MLA):
            runs = [
                {"text": f"In {style.label}: ", "emphasis": False, "href": ""},
                {"text": "a title", "emphasis": True, "href": ""},
                {"text": "the work", "emphasis": False, "href": "https://works.example/"},
                {"text": "a trap", "emphasis": False, "href": "javascript:alert(1)"},
            ]
            entries = dict.fromkeys(factories.source_records(), runs)
            FormattedBibliography.objects.create(
                sha256=edition.sha256, style=style, entries=entries, made_at=timezone.now()
            )


@pytest.fixture
def many(drafts):
    """More than twenty topics, claims in each stance, sources and passages."""
    more = {f"copy{number}": {**record, "DOI": None} for number, record in _records()}
    Source.objects.bulk_create(
        Source(key=key, record={name: value for name, value in record.items() if value}) for key, record in more.items()
    )
    files = {
        factories.topic_file(f"copy-{number}"): factories.as_yaml(
            factories.topic_document(f"copy-{number}", order=100 + number)
        )
        for number in range(MANY)
    }
    packs.load(files={**factories.packs(), **files}, by=OPERATOR, show=lambda _: None)
    for topic in Topic.objects.exclude(slug=factories.TOPIC):
        publishing.publish_first(subjects=[topic], by=OPERATOR)
    topic = Topic.objects.get(slug=factories.TOPIC)
    document = factories.topic_edition(**_longer(factories.topic_document(), list(more)))
    indexing.index_topics([(_first_edition(document, topic=topic), document)])
    article = topic.article
    guide = factories.article_document()
    first = guide["passages"][0]
    passages = [{**first, "id": f"many{number}"} for number in range(MANY)]
    long_guide = factories.article_edition(passages=[*guide["passages"], *passages])
    indexing.index_articles([(_first_edition(long_guide, article=article), long_guide)])


def _records():
    records = list(factories.source_records().values())
    return ((number, records[number % len(records)]) for number in range(3 * MANY))


def _longer(document, keys):
    """The topic with many more claims, agreements, events and works, each citing a source of its own."""
    sides = []
    for number, side in enumerate(document["perspectives"]):
        claims = [
            {
                "id": f"{side['id']}{copy}",
                "text": f"Claim {copy} of the {side['id']} side.",
                "kind": "factual",
                "cites": [{"source": keys[number * MANY + copy], "relation": "supports"}],
            }
            for copy in range(MANY)
        ]
        sides.append({**side, "claims": [*side["claims"], *claims]})
    cited = [{"source": key, "relation": "supports"} for key in keys]
    records = {**factories.source_records(), **{key: _record(key) for key in keys}}
    return {
        "perspectives": sides,
        "common_ground": [{"text": f"Agreed {key}.", "cites": [cite]} for key, cite in zip(keys, cited, strict=True)],
        "events": [
            {"date": "2020-03", "title": f"Event {key}", "description": "It was.", "cites": cited[:1]} for key in keys
        ],
        "bibliography": [{"source": key, "argues": "Much."} for key in keys],
        "sources": records,
    }


def _record(key):
    return Source.objects.get(key=key).record


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
