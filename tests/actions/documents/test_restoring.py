"""Restoring: a draft made anew from an old edition, by one who saw what that changes."""

import json

import pytest
from django.db import transaction

from perspectives.actions.documents import drafting, packs, restoring
from perspectives.actions.publication import publishing
from perspectives.errors import ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Claim, Edition, LogEntry, Passage, PublishedTopic, Source
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents.parts import version
from perspectives.rules.publication.index_records import plain
from tests import factories
from tests.actions.publication.test_publishing import edit, publish_again


def seen(subject):
    return version(plain(draft_documents.draft(subject)))


def restore(edition, by, **more):
    subject = edition.topic or edition.article
    return restoring.restore(edition_id=edition.pk, by=by, version=seen(subject), **more)


def test_restoring_makes_a_draft_equal_to_the_old_edition(published, topic, proposer, reviewer):
    before = draft_documents.topic_document(topic.pk)
    publish_again(topic, proposer, reviewer)
    first = Edition.objects.get(topic=topic, number=1)
    restore(first, reviewer, reason="The old test was better")
    assert draft_documents.topic_document(topic.pk) == before
    assert PublishedTopic.objects.get(topic=topic).edition.number == 2
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    third = publishing.approve(proposal_id=proposal.pk, by=reviewer)
    assert third.number == 3
    assert {**json.loads(bytes(third.body)), "edition": 1} == json.loads(bytes(first.body))


def test_restoring_a_guide(published, article, proposer):
    before = draft_documents.article_document(article.pk)
    Passage.objects.filter(article=article, order=0).update(paraphrase="Said in other words.")
    edition = Edition.objects.get(article=article)
    restore(edition, proposer)
    assert draft_documents.article_document(article.pk) == before


def test_restoring_leaves_shared_source_records_as_they_are(published, topic, proposer):
    source = Source.objects.get(key=draft_documents.topic_document(topic.pk).bibliography[0].source)
    corrected = {**source.record, "title": "The corrected title"}
    Source.objects.filter(pk=source.pk).update(record=corrected)
    edit(topic)
    restore(Edition.objects.get(topic=topic), proposer)
    source.refresh_from_db()
    assert source.title == "The corrected title"


def test_restoring_refuses_to_lose_a_claim_that_a_guide_names(published, topic, proposer, reviewer):
    files = factories.packs()
    new = factories.topic_document(slug=topic.slug)
    author = next(side for side in new["perspectives"] if side["stance"] == "author")
    author["claims"].append({**author["claims"][0], "id": "s99", "text": "A claim that came later."})
    new["gaps"] = [
        *new.get("gaps", []),
        *({"claim": "s99", "stance": stance, "note": "Not looked for yet."} for stance in ("opposing", "neutral")),
    ]
    files[f"topics/{topic.slug}.yaml"] = factories.as_yaml(new)
    guide = factories.article_document()
    guide["passages"][0].setdefault("claims", []).append(f"{topic.slug}/s99")
    files["article.yaml"] = factories.as_yaml(guide)
    packs.load(files=files, by=OPERATOR, show=lambda _: None)
    with pytest.raises(NotPossibleError, match="names the claim"):
        restore(Edition.objects.get(topic=topic), proposer)
    assert Claim.objects.filter(topic=topic, identifier="s99").exists()


def test_restoring_a_guide_refuses_to_name_a_claim_that_is_gone(published, topic, article, proposer):
    edition = Edition.objects.get(article=article)
    link = article.passages.filter(claim_links__isnull=False).first().claim_links.select_related("claim").first()
    identifier = link.claim.identifier
    link.delete()
    Claim.objects.filter(pk=link.claim_id).update(identifier="renamed")
    with pytest.raises(NotPossibleError, match=rf"names the claim '[a-z-]+/{identifier}', which is gone"):
        restore(edition, proposer)


def test_a_restoration_is_recorded_with_its_changes_and_can_be_undone(published, topic, proposer):
    edit(topic)
    before = draft_documents.topic_document(topic.pk)
    restore(published[0], proposer, reason="The old test was better")
    entry = LogEntry.objects.get(code="edition.restored")
    assert (entry.by, entry.note, entry.detail) == (proposer, "The old test was better", {"edition": 1})
    assert [change["path"] for change in entry.changes] == ["cruxes/0"]
    drafting.revert(entry_id=entry.pk, by=proposer)
    assert draft_documents.topic_document(topic.pk) == before


def test_a_draft_that_changed_since_it_was_seen_is_a_conflict(published, topic, proposer):
    edit(topic)
    stale = seen(topic)
    edit(topic)
    with pytest.raises(ConflictError, match="changed by somebody else"):
        restoring.restore(edition_id=published[0].pk, version=stale, by=proposer)


def test_a_draft_that_is_like_the_edition_is_refused(published, proposer):
    with pytest.raises(NotPossibleError, match="like edition 1 already"):
        restore(published[0], proposer)


def test_what_does_not_exist_is_not_found(proposer):
    with pytest.raises(NotFoundError, match="There is no edition"):
        restoring.restore(edition_id=0, version="", by=proposer)


@pytest.mark.parametrize("who", ["nobody", "reader", "operator"])
def test_only_moderators_restore(who, published, topic, reader):
    edit(topic)
    actor = {"nobody": None, "reader": reader, "operator": OPERATOR}[who]
    with pytest.raises(NotPermittedError), transaction.atomic():
        restore(published[0], actor)
    assert not LogEntry.objects.filter(code="edition.restored").exists()
