"""One correction of a source, one bundle, one review."""

import json

import pytest

from perspectives.actions.documents import drafting
from perspectives.actions.publication import bundles, publishing
from perspectives.actions.sources import source_merging
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Bundle, Edition, LogEntry, Proposal, PublishedSource, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.desk import waiting
from perspectives.queries.documents import draft_documents, drafts
from perspectives.queries.publication import bundles as rows
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication import balance
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import ProposalQueue
from tests import bundling, factories
from tests.bundling import KEY, correct, propose

OTHER = "weir2016cost"


def lagging(key=KEY):
    return {str(one.subject): one for one in rows.lagging(Source.objects.get(key=key))}


def retitle(slug, title, by):
    topic = Topic.objects.get(slug=slug)
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    drafting.change(topic_id=topic.pk, changes=[Change(parts.HEAD, head, {**head, "title": title})], by=by)


def statuses(bundle):
    return sorted(bundle.proposals.values_list("status", flat=True))


def test_a_corrected_page_number_reaches_27_topics_by_one_review(
    published, proposer, reviewer, django_assert_num_queries
):
    topics = bundling.many_topics()
    assert lagging() == {}
    correct(proposer, page="112-119")
    with django_assert_num_queries(5):
        found = lagging()
    assert len(found) == bundling.MANY == len(topics)
    bundle = propose(proposer, topics=list(found), note="The pages were wrong.")
    assert statuses(bundle) == ["open"] * bundling.MANY
    assert waiting.proposal_waits(reviewer)[ProposalQueue.TO_DECIDE].count == 1
    assert [one.bundle for one in waiting.proposals(ProposalQueue.OWN, proposer)] == [bundle]
    with django_assert_num_queries(5):
        reached = rows.bundled(rows.bundle(bundle.pk))
    assert all(one.may_be_published for one in reached)

    editions = bundles.approve(bundle_id=bundle.pk, by=reviewer, reason="Seen in print.")
    assert len(editions) == bundling.MANY
    assert {(one.number, one.proposed_by, one.approved_by, one.note) for one in editions} == {
        (2, proposer, reviewer, "The pages were wrong.")
    }
    assert PublishedSource.objects.get(key=KEY).record["page"] == "112-119"
    assert lagging() == {}
    assert statuses(bundle) == ["approved"] * bundling.MANY
    published_by = LogEntry.objects.filter(code="edition.published", by=reviewer)
    assert published_by.count() == bundling.MANY
    found = list(drafts.topics())
    assert not any(one.differs for one in drafts.statuses(found).values())


def test_an_edition_of_a_bundle_differs_in_the_source_alone(published, proposer, reviewer):
    retitle(factories.TOPIC, "A title that nobody has reviewed", proposer)
    correct(proposer, volume="99")
    bundles.approve(bundle_id=propose(proposer).pk, by=reviewer)
    first, second = (
        json.loads(bytes(one.body)) for one in Edition.objects.filter(topic__slug=factories.TOPIC).order_by("number")
    )
    assert second["sources"][KEY]["volume"] == "99"
    second["sources"][KEY]["volume"] = first["sources"][KEY]["volume"]
    assert second == {**first, "edition": 2}
    assert Topic.objects.get(slug=factories.TOPIC).title == "A title that nobody has reviewed"


def test_the_articles_own_record_is_in_its_topics_and_its_guide(published, proposer, reviewer, article):
    correct(proposer, key=factories.ARTICLE_SOURCE, genre="Column")
    assert list(lagging(factories.ARTICLE_SOURCE)) == [factories.TOPIC, factories.OTHER_TOPIC, factories.ARTICLE]
    bundle = propose(
        proposer,
        key=factories.ARTICLE_SOURCE,
        version=bundling.version(factories.ARTICLE_SOURCE),
        articles=[factories.ARTICLE],
    )
    assert {one.article for one in bundles.approve(bundle_id=bundle.pk, by=reviewer)} == {None, article}


def test_a_merge_reaches_readers_as_a_bundle_too(published, proposer, reviewer):
    before = lagging()
    versions = {key: bundling.version(key) for key in (OTHER, KEY)}
    source_merging.merge(
        from_key=OTHER, into_key=KEY, record=Source.objects.get(key=KEY).record, versions=versions, by=proposer
    )
    found = lagging()
    assert before == {} != found
    assert lagging(OTHER) == {}
    chosen = {name: [one.subject.slug for one in found.values() if one.kind == name] for name in ("topic", "article")}
    bundle = propose(proposer, topics=chosen["topic"], articles=chosen["article"])
    bundles.approve(bundle_id=bundle.pk, by=reviewer)
    assert not PublishedSource.objects.filter(key=OTHER).exists()
    assert not any(one.differs for one in drafts.statuses(list(drafts.topics())).values())


def test_some_are_published_and_the_rest_goes_back_with_the_reason(published, proposer, reviewer):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    chosen = bundle.proposals.get(topic__slug=factories.TOPIC)
    with pytest.raises(NotPossibleError, match="Say why"):
        bundles.approve(bundle_id=bundle.pk, proposals=[chosen.pk], by=reviewer)
    assert statuses(bundle) == ["open", "open"]
    (edition,) = bundles.approve(bundle_id=bundle.pk, proposals=[chosen.pk], by=reviewer, reason="That one waits.")
    assert edition.topic.slug == factories.TOPIC
    assert statuses(bundle) == ["approved", "returned"]
    assert list(lagging()) == [factories.OTHER_TOPIC]
    entry = LogEntry.objects.get(code="edition.returned")
    assert (entry.topic.slug, entry.note, entry.detail["bundle"]) == (
        factories.OTHER_TOPIC,
        "That one waits.",
        bundle.pk,
    )


def test_what_breaks_a_rule_stops_all_unless_it_goes_back(published, proposer, reviewer, monkeypatch):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    broken = balance.Breach("invented", factories.OTHER_TOPIC, "does not please")
    rule = balance.Rule("invented", "It pleases.", lambda one, _: [] if one.topic == factories.TOPIC else [("x", "no")])
    monkeypatch.setattr(balance, "RULES", (*balance.RULES, rule))
    with pytest.raises(BrokenRulesError, match=f"{factories.OTHER_TOPIC}: {broken.code}"):
        bundles.approve(bundle_id=bundle.pk, by=reviewer)
    assert statuses(bundle) == ["open", "open"]
    chosen = bundle.proposals.get(topic__slug=factories.TOPIC)
    assert len(bundles.approve(bundle_id=bundle.pk, proposals=[chosen.pk], by=reviewer, reason="See the gate.")) == 1
    with pytest.raises(BrokenRulesError, match=broken.code):
        propose(proposer, topics=[factories.OTHER_TOPIC])


def test_a_bundle_is_returned_or_withdrawn_whole(published, proposer, reviewer):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    with pytest.raises(NotPossibleError, match="Say why"):
        bundles.send_back(bundle_id=bundle.pk, by=reviewer, reason=" ")
    bundles.send_back(bundle_id=bundle.pk, by=reviewer, reason="Not seen in print.")
    assert statuses(bundle) == ["returned"] * 2
    again = propose(proposer)
    bundles.withdraw(bundle_id=again.pk, by=proposer, reason="A slip.")
    assert statuses(again) == ["withdrawn"] * 2
    for decide, by in ((bundles.approve, reviewer), (bundles.send_back, reviewer), (bundles.withdraw, proposer)):
        with pytest.raises(NotPossibleError, match="The proposal is withdrawn"):
            decide(bundle_id=again.pk, by=by, reason="Again")
    assert Edition.objects.filter(number=2).count() == 0


def test_who_proposed_cannot_decide_and_nobody_else_withdraws(published, proposer, reviewer):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    for decide, by in ((bundles.approve, proposer), (bundles.send_back, proposer), (bundles.withdraw, reviewer)):
        with pytest.raises(NotPermittedError):
            decide(bundle_id=bundle.pk, by=by, reason="No")


@pytest.mark.parametrize("who", ["nobody", "the operator", "a reader"])
def test_proposing_needs_a_moderator(who, published, reader):
    with pytest.raises(NotPermittedError):
        propose({"nobody": None, "the operator": OPERATOR, "a reader": reader}[who])
    assert not Bundle.objects.exists()


def test_one_of_a_bundle_is_not_decided_alone(published, proposer, reviewer):
    correct(proposer, volume="99")
    one = propose(proposer).proposals.first()
    for decide in (publishing.approve, publishing.send_back, publishing.withdraw):
        with pytest.raises(NotPossibleError, match="decided as one"):
            decide(proposal_id=one.pk, by=reviewer, reason="No")


REFUSED = {
    "nothing is chosen": ({"topics": []}, "Choose at least one"),
    "an unknown topic": ({"topics": ["nowhere"]}, "not behind the record of 'pratt2018timber': nowhere"),
    "a guide that does not name it": ({"articles": ["nowhere"]}, "nowhere"),
    "one with an open proposal": ({}, f"open proposal already.*: {factories.TOPIC}"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_bundled_is_told(case, published, proposer, topic):
    retitle(factories.TOPIC, "Another title", proposer)
    publishing.propose_topic(topic_id=topic.pk, by=proposer)
    correct(proposer, volume="99")
    assert lagging()[factories.TOPIC].proposal == Proposal.objects.get()
    given, words = REFUSED[case]
    with pytest.raises(NotPossibleError, match=words):
        propose(proposer, **given)
    assert not Bundle.objects.exists()


def test_a_record_that_changed_since_is_a_conflict(published, proposer):
    seen = bundling.version()
    correct(proposer, volume="99")
    with pytest.raises(ConflictError):
        propose(proposer, version=seen)


def test_what_is_no_part_of_the_bundle_is_told(published, proposer, reviewer):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    for proposals, words in (([0], "no proposal 0"), ([], "Choose what is to be published")):
        with pytest.raises(NotPossibleError, match=words):
            bundles.approve(bundle_id=bundle.pk, proposals=proposals, by=reviewer, reason="No")
    for decide in (bundles.approve, bundles.send_back, bundles.withdraw):
        with pytest.raises(NotFoundError, match="There is no bundle 0"):
            decide(bundle_id=0, by=reviewer, reason="No")
    with pytest.raises(NotFoundError):
        propose(proposer, key="nobody1999", version="")


def test_what_was_overtaken_can_only_go_back(published, proposer, reviewer, topic):
    correct(proposer, volume="99")
    bundle = propose(proposer)
    first = Edition.objects.get(topic=topic)
    Edition.objects.create(
        topic=topic,
        number=2,
        body=first.body,
        sha256=first.sha256,
        origin="review",
        proposed_at=first.published_at,
        published_at=first.published_at,
        proposed_by=proposer,
        approved_by=reviewer,
    )
    assert [one.is_overtaken for one in rows.bundled(rows.bundle(bundle.pk))] == [True, False]
    with pytest.raises(NotPossibleError, match=f"so they can only go back: {factories.TOPIC}"):
        bundles.approve(bundle_id=bundle.pk, by=reviewer)
    kept = bundle.proposals.exclude(topic=topic).get()
    assert len(bundles.approve(bundle_id=bundle.pk, proposals=[kept.pk], by=reviewer, reason="Overtaken.")) == 1
