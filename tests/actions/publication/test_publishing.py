"""From draft to edition."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from perspectives.actions.publication import publishing
from perspectives.errors import BrokenRulesError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import (
    Agreement,
    Citation,
    Claim,
    Crux,
    Edition,
    LogEntry,
    Passage,
    Proposal,
    PublishedClaim,
    PublishedPassage,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    Source,
    Topic,
)
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import verification
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus
from tests import factories


def edit(topic):
    """Change a draft so that there is something to propose."""
    Crux.objects.filter(topic=topic, order=0).update(would_settle=f"A new survey of {timezone.now():%H:%M:%S.%f}.")


def publish_again(topic, proposer, reviewer):
    edit(topic)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")


def test_first_editions_of_fixtures_are_marked_and_have_no_people(published):
    assert {edition.number for edition in published} == {1}
    for edition in Edition.objects.all():
        assert edition.origin == EditionOrigin.FIXTURE
        assert (edition.proposed_by, edition.approved_by) == (None, None)


def test_an_edition_is_canonical_json_with_its_hash_and_embeds_what_it_cites(published):
    for edition in published:
        body = bytes(edition.body)
        document = json.loads(body)
        assert canonical_json(document) == body
        assert sha256(body) == edition.sha256
        assert document["edition"] == 1
        cited = set(_mentions(document))
        assert cited <= set(document["sources"])
    assert all(not fault for _, fault in verification.editions())


def _mentions(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "source" and isinstance(value, str):
                yield value
            elif name != "sources":
                yield from _mentions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mentions(value)


def test_publishing_first_happens_once(published, topic, article):
    assert not publishing.publish_first(subjects=[topic], by=OPERATOR)
    assert not publishing.publish_first(subjects=[article], by=OPERATOR)
    assert Edition.objects.count() == len(published)


def test_a_person_cannot_publish_past_review(topic, proposer):
    with pytest.raises(NotPermittedError):
        publishing.publish_first(subjects=[topic], by=proposer)


def test_approval_publishes_what_was_proposed_and_names_both_people(published, topic, proposer, reviewer):
    edit(topic)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    Crux.objects.filter(topic=topic, order=0).update(would_settle="Something written after the proposal.")
    edition = publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    assert (edition.number, edition.origin) == (2, EditionOrigin.REVIEW)
    assert (edition.proposed_by, edition.approved_by) == (proposer, reviewer)
    assert bytes(edition.body) == bytes(proposal.body)
    assert b"after the proposal" not in bytes(edition.body)
    assert PublishedTopic.objects.get(topic=topic).edition == edition
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by, proposal.reason) == (ProposalStatus.APPROVED, reviewer, "Agreed")
    codes = list(LogEntry.objects.filter(topic=topic).order_by("pk").values_list("code", "by"))
    assert codes[-2:] == [
        (EventCode.EDITION_PROPOSED, proposer.pk),
        (EventCode.EDITION_PUBLISHED, reviewer.pk),
    ]


def test_an_article_guide_is_published_the_same_way(published, article, proposer, reviewer):
    Passage.objects.filter(article=article, order=0).update(paraphrase="Said in other words.")
    proposal = publishing.propose_article(article_id=article.pk, by=proposer)
    edition = publishing.approve(proposal_id=proposal.pk, by=reviewer)
    assert (edition.article, edition.number) == (article, 2)
    assert PublishedPassage.objects.get(order=0).record["paraphrase"] == "Said in other words."


def test_the_proposer_cannot_decide_but_may_withdraw(published, topic, proposer, reviewer):
    edit(topic)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    with pytest.raises(NotPermittedError):
        publishing.approve(proposal_id=proposal.pk, by=proposer)
    with pytest.raises(NotPermittedError):
        publishing.send_back(proposal_id=proposal.pk, by=proposer, reason="No")
    with pytest.raises(NotPermittedError):
        publishing.withdraw(proposal_id=proposal.pk, by=reviewer)
    assert publishing.withdraw(proposal_id=proposal.pk, by=proposer, reason="Too early").status == "withdrawn"


def test_a_returned_proposal_needs_a_reason_and_makes_room_for_the_next(published, topic, proposer, reviewer):
    edit(topic)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    with pytest.raises(NotPossibleError, match="Say why"):
        publishing.send_back(proposal_id=proposal.pk, by=reviewer, reason="  ")
    publishing.send_back(proposal_id=proposal.pk, by=reviewer, reason="Cite the survey")
    assert Edition.objects.filter(topic=topic).count() == 1
    publishing.propose_topic(topic_id=topic.pk, by=proposer)


def test_a_second_open_proposal_is_refused(published, topic, proposer, reviewer):
    edit(topic)
    publishing.propose_topic(topic_id=topic.pk, by=proposer)
    with pytest.raises(NotPossibleError, match="open proposal already"):
        publishing.propose_topic(topic_id=topic.pk, by=reviewer)


def test_a_draft_without_news_is_refused(published, topic, proposer):
    with pytest.raises(NotPossibleError, match="equals its edition 1"):
        publishing.propose_topic(topic_id=topic.pk, by=proposer)


@pytest.mark.parametrize("decide", [publishing.approve, publishing.send_back, publishing.withdraw])
def test_a_decided_proposal_stays_decided(decide, published, topic, proposer, reviewer):
    edit(topic)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    by = proposer if decide is publishing.withdraw else reviewer
    with pytest.raises(NotPossibleError, match="The proposal is approved"):
        decide(proposal_id=proposal.pk, by=by, reason="Again")


def test_a_proposal_overtaken_by_an_edition_is_refused(drafts, topic, proposer, reviewer):
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    publishing.publish_first(subjects=[topic], by=OPERATOR)
    with pytest.raises(NotPossibleError, match="Another edition was published"):
        publishing.approve(proposal_id=proposal.pk, by=reviewer)
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.OPEN


def test_the_gate_lists_each_broken_rule_with_where(drafts, topic, proposer):
    claim = Claim.objects.filter(topic=topic).order_by("perspective__order", "order").first()
    Citation.objects.filter(claim=claim).delete()
    Crux.objects.filter(topic=topic).delete()
    with pytest.raises(BrokenRulesError) as refusal:
        publishing.propose_topic(topic_id=topic.pk, by=proposer)
    breaches = {(problem.code, problem.where) for problem in refusal.value.problems}
    assert {("claims-cited", f"{topic.slug}/{claim.identifier}"), ("crux", "cruxes")} <= breaches
    assert "claims-cited" in str(refusal.value)
    assert not Proposal.objects.exists()


def test_the_gate_keeps_lopsided_fixtures_out(drafts, topic):
    Citation.objects.filter(agreement__topic=topic).delete()
    Agreement.objects.filter(topic=topic).delete()
    with pytest.raises(BrokenRulesError):
        publishing.publish_first(subjects=[topic], by=OPERATOR)
    assert not Edition.objects.exists()


def test_the_index_follows_the_current_edition(published, topic, proposer, reviewer):
    claims = PublishedClaim.objects.filter(published_topic__topic=topic).count()
    document = draft_documents.topic_document(topic.pk)
    assert claims == sum(len(side.claims) for side in document.perspectives)
    publish_again(topic, proposer, reviewer)
    uses = PublishedUse.objects.filter(edition__topic=topic)
    assert {use.edition.number for use in uses.select_related("edition")} == {2}
    assert PublishedClaim.objects.filter(published_topic__topic=topic).count() == claims


def test_a_source_comes_into_the_index_with_an_edition_and_leaves_with_the_next(published, topic, proposer, reviewer):
    passing = Source.objects.create(key="passing2020through", record=factories.source_record(DOI=None))
    citation = Citation.objects.filter(event__topic=topic).first()
    before = citation.source
    for source, is_there in ((passing, True), (before, False)):
        Citation.objects.filter(pk=citation.pk).update(source=source)
        assert PublishedSource.objects.filter(key=passing.key).exists() != is_there
        proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
        publishing.approve(proposal_id=proposal.pk, by=reviewer)
        assert PublishedSource.objects.filter(key=passing.key).exists() == is_there


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        (publishing.propose_topic, {"topic_id": 0}),
        (publishing.propose_article, {"article_id": 0}),
        (publishing.approve, {"proposal_id": 0}),
        (publishing.send_back, {"proposal_id": 0, "reason": "No"}),
        (publishing.withdraw, {"proposal_id": 0}),
    ],
)
def test_what_does_not_exist_is_not_found(action, arguments, proposer):
    with pytest.raises(NotFoundError, match="There is no"):
        action(**arguments, by=proposer)


@pytest.mark.parametrize("who", ["nobody", "reader", "operator"])
def test_proposing_needs_a_moderator(who, published, topic, article, reader):
    actor = {"nobody": None, "reader": reader, "operator": OPERATOR}[who]
    for action, arguments in (
        (publishing.propose_topic, {"topic_id": topic.pk}),
        (publishing.propose_article, {"article_id": article.pk}),
    ):
        with pytest.raises(NotPermittedError), transaction.atomic():
            action(**arguments, by=actor)
    assert Topic.objects.count() == 2
