"""Proposing, reviewing and deciding at the desk, and what of it readers see: nothing before it is published."""

import pytest

from perspectives.actions.publication import publishing
from perspectives.models import Citation, Claim, Crux, Edition, LogEntry, Passage, Proposal
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests import factories, people

pytestmark = pytest.mark.django_db
PROPOSE = f"/desk/topics/{factories.TOPIC}/propose/"
SURVEY = "A second survey of the timbers."


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def edited(published, topic):
    Crux.objects.filter(topic=topic, order=0).update(would_settle=SURVEY)
    return topic


@pytest.fixture
def proposal(edited, proposer):
    return publishing.propose_topic(topic_id=edited.pk, by=proposer, note="Adds a survey")


@pytest.fixture
def moderator(signed_in):
    client, _ = signed_in(Role.MODERATOR)
    return client


def decide(client, proposal, action, reason=""):
    return client.post(f"/desk/proposals/{proposal.pk}/", {"action": action, "reason": reason}, follow=True)


def test_what_would_be_proposed_is_shown_before_it_is(moderator, edited):
    page = text(moderator.get(PROPOSE))
    assert "Propose edition 2" in page
    assert "What changes since edition 1" in page
    assert "<ins>" in page
    assert "timbers" in page
    assert "Scholarly or primary sources" in page


def test_proposing_leads_to_the_proposal(moderator, edited):
    page = text(moderator.post(PROPOSE, {"note": "Adds\r\na survey"}, follow=True))
    assert "The draft is proposed" in page
    assert "You proposed this yourself" in page
    assert Proposal.objects.get().note == "Adds a survey"
    again = text(moderator.get(PROPOSE))
    assert "A proposal waits already" in again
    assert "Propose it</button>" not in again


@pytest.mark.parametrize("note", ["", " ", "turned \u202e round", "x" * 3001])
def test_a_note_that_is_missing_or_unreadable_is_refused_and_stays(note, moderator, edited):
    page = text(moderator.post(PROPOSE, {"note": note}))
    assert "Nothing was proposed" in page
    assert not Proposal.objects.exists()
    assert note.strip()[:7] in page


def test_broken_rules_are_listed_and_nothing_typed_is_lost(moderator, edited):
    claim = Claim.objects.filter(topic=edited).order_by("perspective__order", "order").first()
    Citation.objects.filter(claim=claim).delete()
    page = text(moderator.post(PROPOSE, {"note": "My reasons"}))
    assert "Rules of publication that are broken" in page
    assert f"{edited.slug}/{claim.identifier}" in page
    assert "My reasons" in page
    assert not Proposal.objects.exists()


def test_a_draft_without_news_has_nothing_to_propose(moderator, published):
    page = text(moderator.get(PROPOSE))
    assert "there is nothing to propose" in page
    assert "equals its edition 1" in text(moderator.post(PROPOSE, {"note": "Nothing"}))


def test_a_first_edition_is_shown_whole(moderator, drafts):
    page = text(moderator.get(PROPOSE))
    assert "What the first edition holds" in page
    assert 'review-added">added' in page


def test_the_review_shows_differences_balance_evidence_and_who_may_what(moderator, proposal):
    page = text(moderator.get(f"/desk/proposals/{proposal.pk}/"))
    for words in ("Adds a survey", "Where they part", "timbers", "Balance", "Quotations: Not checked"):
        assert words in page
    assert page.partition('id="part_discussion"')[0].count('<form class="form"') == 2
    assert "Only who proposed it may withdraw it." in page


def test_the_proposer_cannot_approve(client, proposal, proposer):
    people.sign_in(client, proposer)
    page = text(client.get(f"/desk/proposals/{proposal.pk}/"))
    assert "You proposed this yourself" in page
    assert 'value="approve"' not in page
    for action in ("approve", "return"):
        assert "may not do this" in text(decide(client, proposal, action, "No"), 403)
    assert Edition.objects.filter(topic=proposal.topic).count() == 1


def test_another_person_approves(moderator, proposal, client):
    page = text(decide(moderator, proposal, "approve", "Agreed"))
    assert "Edition 2 is published" in page
    assert "Approved" in page
    assert SURVEY in client.get(f"/topics/{factories.TOPIC}/").content.decode()
    assert "The proposal is approved" in text(decide(moderator, proposal, "return", "Late"), 409)


def test_a_return_needs_its_reason(moderator, proposal):
    page = text(decide(moderator, proposal, "return"))
    assert "This was not done" in page
    assert "The proposal is returned" in text(decide(moderator, proposal, "return", "Cite the survey"))
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason) == ("returned", "Cite the survey")


def test_the_proposer_withdraws(client, proposal, proposer):
    people.sign_in(client, proposer)
    assert "The proposal is withdrawn" in text(decide(client, proposal, "withdraw"))


def test_a_contributor_looks_and_does_not_decide(signed_in, proposal):
    client, _ = signed_in(Role.CONTRIBUTOR)
    page = text(client.get(f"/desk/proposals/{proposal.pk}/"))
    assert page.count("Only moderators decide.") == 2
    assert "Only who proposed it may withdraw it." in page
    for action in ("approve", "return", "withdraw"):
        assert decide(client, proposal, action, "No").status_code == 403


def test_an_unknown_action_does_nothing(moderator, proposal):
    assert "Approve and publish" in text(decide(moderator, proposal, "burn"))
    proposal.refresh_from_db()
    assert proposal.status == "open"


def test_an_overtaken_proposal_says_so(moderator, drafts, topic, proposer):
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    publishing.publish_first(subjects=[topic], by=OPERATOR)
    page = text(moderator.get(f"/desk/proposals/{proposal.pk}/"))
    assert "This proposal was overtaken" in page
    assert "Another edition was published since" in page
    assert 'value="approve"' not in page
    assert "withdraw it and propose anew" in text(decide(moderator, proposal, "approve"), 409)


def test_rules_that_became_stricter_stop_an_approval(moderator, proposal, monkeypatch):
    monkeypatch.setattr("perspectives.rules.publication.balance.MIN_AGREEMENTS", 99)
    page = text(moderator.get(f"/desk/proposals/{proposal.pk}/"))
    assert "It breaks rules of publication" in page
    decide(moderator, proposal, "approve")
    proposal.refresh_from_db()
    assert proposal.status == "open"


def test_the_list_has_what_waits_and_what_was_decided(moderator, proposal, django_assert_num_queries):
    page = text(moderator.get("/desk/proposals/"))
    waiting, _, decided = page.partition("Decided</h2>")
    assert f'href="/desk/proposals/{proposal.pk}/"' in waiting
    assert "None." in decided
    decide(moderator, proposal, "return", "Cite the survey")
    for status, is_there in (("", True), ("returned", True), ("approved", False), ("withdrawn", False)):
        with django_assert_num_queries(7 if is_there else 6):
            page = text(moderator.get("/desk/proposals/", {"status": status} if status else {}))
        assert ("Cite the survey" in page.partition("Decided</h2>")[2]) == is_there
    assert moderator.get("/desk/proposals/", {"status": "burnt"}).status_code == 400
    assert moderator.get("/desk/proposals/", {"page": "9"}).status_code == 404
    assert moderator.get("/desk/proposals/0/").status_code == 404


def test_an_article_guide_is_reviewed_the_same_way(moderator, published, article, proposer):
    Passage.objects.filter(article=article, order=0).update(paraphrase="Said in other words.")
    propose = f"/desk/articles/{article.slug}/propose/"
    assert "Said in other words." in text(moderator.get(propose))
    proposal = publishing.propose_article(article_id=article.pk, by=proposer)
    page = text(moderator.get(f"/desk/proposals/{proposal.pk}/"))
    assert "Passages and findings" in page
    assert '<h2 id="part_balance">' not in page
    preview = text(moderator.get(f"/desk/proposals/{proposal.pk}/preview/"))
    assert "Said in other words." in preview
    assert moderator.get("/desk/articles/nowhere/propose/").status_code == 404
    assert moderator.get("/desk/topics/nowhere/propose/").status_code == 404
    assert text(moderator.post(propose, {"note": "Twice"})).count("open proposal already") == 1


def test_the_preview_is_the_page_that_readers_will_see(moderator, proposal, client):
    preview = text(moderator.get(f"/desk/proposals/{proposal.pk}/preview/"))
    decide(moderator, proposal, "approve")
    page = text(client.get(f"/topics/{factories.TOPIC}/"))
    for words in (SURVEY, "The survey reports rot where Ellingwood sees soundness.", "What all sides accept"):
        assert words in preview
        assert words in page


def test_nothing_of_a_proposal_reaches_readers(client, proposal):
    for address in (
        f"/topics/{factories.TOPIC}/",
        f"/topics/{factories.TOPIC}/editions/",
        f"/api/v1/topics/{factories.TOPIC}/",
        f"/api/v1/topics/{factories.TOPIC}/editions/",
        "/api/v1/changes/",
        "/feed.atom",
        "/search/?q=survey",
    ):
        body = client.get(address).content.decode()
        assert SURVEY not in body
        assert "Adds a survey" not in body
    assert LogEntry.objects.filter(note="Adds a survey").exists()
