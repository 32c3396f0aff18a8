"""The index follows a second edition: columns, search and the counts of words."""

from collections import Counter

import pytest
from django.db import connection

from perspectives.actions.publication import indexing, publishing
from perspectives.models import Claim, PublishedClaim, PublishedSource, PublishedTopic, PublishedWord, Response
from perspectives.queries.search.claim_search import search
from tests import factories


@pytest.fixture
def publish_again(published, proposer, reviewer):
    """Publish the first topic once more, as its draft now stands."""

    def publish():
        topic = PublishedTopic.objects.get(slug=factories.TOPIC).topic
        proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="Changed")
        publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")

    return publish


def counted_anew():
    """Count the words and years of all claims and topics from their texts."""
    columns = ("claim_text", "perspective_text", "sources_text", "notes_text")
    topic_columns = ("title", "question", "asked_text", "positions_text", "summaries_text", "details_text")
    words = Counter()
    with connection.cursor() as cursor:
        rows = [*PublishedClaim.objects.values_list(*columns), *PublishedTopic.objects.values_list(*topic_columns)]
        for texts in rows:
            cursor.execute("SELECT tsvector_to_array(to_tsvector('perspectives_exact', %s))", ["\n".join(texts)])
            words.update(word for word in cursor.fetchone()[0] if is_counted(word))
    return words


def is_counted(word):
    return (word.isalpha() and 3 <= len(word) <= 40) or (word.isdigit() and len(word) == 4)


def ids(text):
    return {hit["id"] for hit in search(text, filters={}, limit=50)["results"]}


def test_words_are_counted_as_they_are_used(published):
    assert dict(PublishedWord.objects.values_list("word", "claims")) == counted_anew()
    assert PublishedWord.objects.get(word="timber").claims > 1


def test_a_changed_claim_is_found_by_its_new_words_only(publish_again):
    assert "replace-or-repair/s3" in ids("valleys")
    Claim.objects.filter(topic__slug=factories.TOPIC, text__contains="damp valleys").update(
        text="Well-kept oak outlasts quicksilver in damp gorges."
    )
    publish_again()
    assert "replace-or-repair/s3" in ids("quicksilver gorges")
    assert "replace-or-repair/s3" not in ids("valleys")
    assert dict(PublishedWord.objects.values_list("word", "claims")) == counted_anew()
    assert not PublishedWord.objects.filter(word="outlasting").exists()


def test_a_claim_that_is_gone_is_found_no_more(published):
    document = factories.topic_edition()
    author, opposing, neutral = document.perspectives
    fewer = opposing.model_copy(update={"claims": opposing.claims[:2]})
    assert "replace-or-repair/o3" in ids("limits frame")
    indexing.index_topics([(published[0], document.model_copy(update={"perspectives": (author, fewer, neutral)}))])
    assert "replace-or-repair/o3" not in ids("limits frame")
    assert not PublishedWord.objects.filter(word="rule").exists()
    assert dict(PublishedWord.objects.values_list("word", "claims")) == counted_anew()


def test_a_changed_note_is_found_by_its_new_words_only(publish_again):
    assert PublishedClaim.objects.get(public_id="replace-or-repair/s2").answered_by == ["neutral"]
    Response.objects.filter(note="A guess cannot carry a ratio.").update(note="A guess carries nothing.")
    publish_again()
    assert "replace-or-repair/s2" in ids('"carries nothing"')
    assert "replace-or-repair/s2" not in ids('"carry a ratio"')


def test_topics_and_sources_keep_what_they_are_searched_by(published):
    topic = PublishedTopic.objects.get(slug=factories.TOPIC)
    assert topic.question == "Should the village of Nether Wending replace its old footbridge?"
    assert topic.positions_text.split("\n")[:3] == ["Mend what stands", "Mara Ellingwood", "Lemuel Pratt"]
    assert "The oak frame is sound" in topic.details_text
    assert "The oak frame is sound" not in topic.summaries_text
    assert PublishedSource.objects.get(key="okoro2020spans").line == "Short Spans – Ṣadé Okoro"
