"""Archiving topics and guides: what is left out, what stays, and what is asked before."""

import pytest

from perspectives.actions.documents import article_drafting, drafting, restoring
from perspectives.actions.publication import archiving, index_checking, publishing
from perspectives.actions.sources import source_records
from perspectives.errors import NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import (
    Archiving,
    Article,
    Citation,
    Edition,
    LogEntry,
    PublishedClaim,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    Source,
    Topic,
    User,
)
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import verification
from perspectives.rules.documents.parts import HEAD, Change, find, version
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode, Role
from tests import bundling, factories

WHY = "Settled by the ruling of May."


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


@pytest.fixture
def shown(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def archived(shown, chief):
    archiving.archive_topic(topic_id=shown.pk, note=f" {WHY} ", by=chief)
    return shown


def retitle(topic, by):
    head = find(plain(draft_documents.topic_document(topic.pk)), HEAD)
    return drafting.change(topic_id=topic.pk, changes=[Change(HEAD, head, {**head, "title": "Another"})], by=by)


def held(topic):
    return [list(model.objects.filter(**of).order_by().values()) for model, of in (
        (PublishedTopic, {"topic": topic}),
        (PublishedClaim, {"published_topic": topic.pk}),
        (PublishedUse, {"edition__topic": topic}),
    )]  # fmt: skip


def test_an_archived_topic_leaves_the_index_and_comes_back_as_it_was(shown, chief):
    before = held(shown)
    for number in (1, 3):
        step = archiving.archive_topic(topic_id=shown.pk, note=f" {WHY} ", by=chief)
        assert (step.number, step.is_archived, step.note, step.by) == (number, True, WHY, chief)
        assert held(shown) == [[], [], []]
        assert index_checking.index_faults() == []
        step = archiving.bring_back_topic(topic_id=shown.pk, note="It is open again.", by=chief)
        assert (step.number, step.is_archived) == (number + 1, False)
        after = held(shown)
        assert [len(rows) for rows in after] == [len(rows) for rows in before]
        assert after[0] == before[0]
        assert index_checking.index_faults() == []
    codes = LogEntry.objects.filter(topic=shown).order_by("-pk").values_list("code", "note", "by", "detail")
    assert list(codes[:2]) == [
        (EventCode.DOCUMENT_REINSTATED, "It is open again.", chief.pk, {"edition": 1}),
        (EventCode.DOCUMENT_ARCHIVED, WHY, chief.pk, {"edition": 1}),
    ]
    assert list(verification.unlogged()) == []


def test_what_comes_back_takes_no_correction_of_a_source_back(archived, chief, proposer, reviewer):
    shared = PublishedSource.objects.filter(uses__edition__topic__slug=factories.OTHER_TOPIC)
    key = next(
        one.key for one in shared if Citation.objects.filter(claim__topic=archived, source__key=one.key).exists()
    )
    source = Source.objects.get(key=key)
    record = {**source.record, "volume": "77"}
    source_records.change(key=key, record=record, version=version(source.record), by=proposer)
    other = Topic.objects.get(slug=factories.OTHER_TOPIC)
    proposal = publishing.propose_topic(topic_id=other.pk, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    archiving.bring_back_topic(topic_id=archived.pk, note="It is open again.", by=chief)
    assert PublishedSource.objects.get(key=key).record["volume"] == "77"


def test_its_draft_is_closed_until_it_is_brought_back(archived, chief, proposer):
    edition = Edition.objects.get(topic=archived)
    attempts = (
        lambda: retitle(archived, proposer),
        lambda: publishing.propose_topic(topic_id=archived.pk, by=proposer),
        lambda: restoring.restore(edition_id=edition.pk, version="any", by=proposer),
    )
    for attempt in attempts:
        with pytest.raises(NotPossibleError, match="its draft is closed: bring it back first"):
            attempt()
    archiving.bring_back_topic(topic_id=archived.pk, note="Open again.", by=chief)
    assert retitle(archived, proposer).title == "Another"


def test_what_stands_in_the_way_is_told(archived, chief, proposer):
    other = Topic.objects.get(slug=factories.OTHER_TOPIC)
    for refused, words in (
        (lambda: archiving.archive_topic(topic_id=archived.pk, note=WHY, by=chief), "archived already"),
        (lambda: archiving.archive_topic(topic_id=other.pk, note=" \n", by=chief), "Say why"),
        (lambda: archiving.bring_back_topic(topic_id=other.pk, note=WHY, by=chief), "is not archived"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            refused()
    retitle(other, proposer)
    proposal = publishing.propose_topic(topic_id=other.pk, by=proposer)
    with pytest.raises(NotPossibleError, match="has an open proposal"):
        archiving.archive_topic(topic_id=other.pk, note=WHY, by=chief)
    publishing.withdraw(proposal_id=proposal.pk, by=proposer)
    archiving.archive_topic(topic_id=other.pk, note=WHY, by=chief)
    with pytest.raises(NotFoundError, match="no topic"):
        archiving.archive_topic(topic_id=0, note=WHY, by=chief)


def test_what_was_never_published_is_not_archived(drafts, chief):
    with pytest.raises(NotPossibleError, match="was never published"):
        archiving.archive_topic(topic_id=Topic.objects.first().pk, note=WHY, by=chief)


def test_a_guide_goes_after_its_topics_and_comes_back_before_them(archived, chief, proposer):
    article, other = Article.objects.get(), Topic.objects.get(slug=factories.OTHER_TOPIC)
    with pytest.raises(NotPossibleError, match=f"archive or decide them first: “{other}”"):
        archiving.archive_article(article_id=article.pk, note=WHY, by=chief)
    archiving.archive_topic(topic_id=other.pk, note=WHY, by=chief)
    archiving.archive_article(article_id=article.pk, note=WHY, by=chief)
    assert index_checking.index_faults() == []
    head = find(plain(draft_documents.article_document(article.pk)), HEAD)
    change = [Change(HEAD, head, {**head, "about": "Anew."})]
    new = {**plain(draft_documents.topic_document(other.pk)), "topic": "a-new-one", "order": 990}
    for closed in (
        lambda: article_drafting.change(article_id=article.pk, changes=change, by=proposer),
        lambda: drafting.begin(document=new, by=proposer),
    ):
        with pytest.raises(NotPossibleError, match=f"'{article}' was archived on"):
            closed()
    with pytest.raises(NotPossibleError, match="bring that back first"):
        archiving.bring_back_topic(topic_id=other.pk, note=WHY, by=chief)
    archiving.bring_back_article(article_id=article.pk, note=WHY, by=chief)
    archiving.bring_back_topic(topic_id=other.pk, note=WHY, by=chief)
    assert article_drafting.change(article_id=article.pk, changes=change, by=proposer).about == "Anew."


@pytest.mark.parametrize("who", ["nobody", "reader", "moderator", "operator"])
def test_only_chief_editors_archive(who, shown, reader, reviewer):
    actor = {"nobody": None, "reader": reader, "moderator": reviewer, "operator": OPERATOR}[who]
    with pytest.raises(NotPermittedError):
        archiving.archive_topic(topic_id=shown.pk, note=WHY, by=actor)
    assert not Archiving.objects.exists()


def test_a_source_keeps_its_correction_while_the_topic_with_it_is_archived(shown, chief, proposer, reviewer):
    bundling.correct(chief, volume="99")
    proposal = publishing.propose_topic(topic_id=shown.pk, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    archiving.archive_topic(topic_id=shown.pk, note=WHY, by=chief)
    assert PublishedSource.objects.get(key=bundling.KEY).record["volume"] == "99"
    assert index_checking.index_faults() == []
