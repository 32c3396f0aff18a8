"""A proposal goes back and forth between two people; editions are restored and retracted; a change is undone."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.documents import drafting
from perspectives.models import Edition, Topic, User
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible

CLAIM = "perspectives/repair/claims/s1"
SAID = "The oak frame is sound at heart and needs only two new planks."
TOPIC = f"/topics/{factories.TOPIC}/"


@pytest.fixture
def edited(site):
    """A claim of the draft says something else than its edition."""
    topic = Topic.objects.get(slug=factories.TOPIC)
    claim = parts.find(plain(draft_documents.topic_document(topic.pk)), CLAIM)
    editor = User.objects.create_user("editor", role=Role.MODERATOR)
    change = parts.Change(CLAIM, claim, {**claim, "text": SAID})
    drafting.change(topic_id=topic.pk, changes=[change], by=editor, note="Nearer to the survey")
    return topic


def propose(page, site, note):
    page.goto(f"{site}/desk{TOPIC}propose/")
    page.get_by_label("What this edition changes").fill(note)
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("status")).to_contain_text("The draft is proposed")


def test_propose_return_propose_approve(page_of, edited, site):
    proposer, reviewer = page_of("ada", Role.MODERATOR), page_of("ben", Role.MODERATOR)
    propose(proposer, site, "Says it nearer to the survey")
    expect(proposer.get_by_role("button", name="Approve and publish")).to_have_count(0)
    expect(proposer.get_by_text("You proposed this yourself").first).to_be_visible()

    reviewer.goto(f"{site}/desk/proposals/")
    reviewer.get_by_role("link", name=edited.title).click()
    expect(reviewer.locator("ins")).to_contain_text("at heart")
    reviewer.get_by_role("button", name="Return to the proposer").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("This was not done")
    reviewer.get_by_label("Reasons for the return").fill("Cite the survey for it")
    reviewer.get_by_role("button", name="Return to the proposer").click()
    expect(reviewer.get_by_role("status")).to_contain_text("returned")

    proposer.reload()
    expect(proposer.locator("main")).to_contain_text("Cite the survey for it")
    propose(proposer, site, "The survey is cited already")
    reviewer.goto(proposer.url)
    reviewer.get_by_role("link", name="Preview as readers will see it").click()
    expect(reviewer.locator("#s1")).to_contain_text(SAID)
    reviewer.go_back()
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_role("status")).to_contain_text("Edition 2 is published")
    reviewer.goto(f"{site}{TOPIC}editions/")
    expect(reviewer.locator("main")).to_contain_text("The survey is cited already")
    expect(reviewer.locator("main")).not_to_contain_text("Cite the survey for it")


def test_who_changed_a_claim_is_found_and_the_change_undone(page_of, edited, site):
    page = page_of("ada", Role.MODERATOR)
    page.goto(f"{site}/desk/history/")
    page.get_by_text("Narrow by person").click()
    page.get_by_label("Topic").select_option(factories.TOPIC)
    page.get_by_label("Part").fill(CLAIM)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="editor changed the draft").click()
    expect(page.locator("ins")).to_contain_text("at heart")
    page.get_by_label("Why it is undone").fill("Not what the survey says")
    page.get_by_role("button", name="Undo this change").click()
    expect(page.get_by_role("status")).to_contain_text("The change is undone")
    assert parts.find(plain(draft_documents.topic_document(edited.pk)), CLAIM)["text"] != SAID
    page.go_back()
    page.get_by_role("button", name="Undo this change").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was undone")


def test_an_edition_is_restored(page_of, edited, site):
    page = page_of("ada", Role.MODERATOR)
    page.goto(f"{site}/desk{TOPIC}editions/")
    page.get_by_role("link", name="Restore edition 1").click()
    expect(page.locator("del")).to_contain_text("at heart")
    page.get_by_label("Why the draft is made anew").fill("The survey does not say so")
    page.get_by_role("button", name="Restore edition 1").click()
    expect(page.get_by_role("status")).to_contain_text("The draft is as edition 1 was")
    expect(page.locator("main")).to_contain_text("there is nothing to propose")


def test_an_edition_is_retracted_and_its_readers_are_told(page_of, site):
    page = page_of("carla", Role.CHIEF_EDITOR)
    page.goto(f"{site}/desk{TOPIC}editions/")
    page.get_by_role("link", name="Retract edition 1").click()
    page.get_by_label("Note for readers").fill("The survey was misread.")
    page.get_by_role("button", name="Retract edition 1").click()
    expect(page.get_by_role("status")).to_contain_text("Edition 1 is retracted")
    page.goto(f"{site}{TOPIC}")
    notice = page.get_by_role("note").filter(has_text="retracted")
    expect(notice).to_contain_text("The survey was misread.")
    assert_accessible(page)


def test_the_pages_of_review_are_accessible_and_fit(page_of, edited, site):
    proposer, chief = page_of("ada", Role.MODERATOR), page_of("carla", Role.CHIEF_EDITOR)
    propose(proposer, site, "Says it nearer to the survey")
    number, edition = proposer.url.rstrip("/").rpartition("/")[2], Edition.objects.get(topic=edited).pk
    for path in (
        f"{TOPIC}propose/",
        "/proposals/",
        f"/proposals/{number}/",
        f"/proposals/{number}/preview/",
        f"{TOPIC}editions/",
        f"/editions/{edition}/restore/",
        f"/editions/{edition}/retract/",
        "/history/",
        "/history/?since=never",
        f"/history/?part={CLAIM}",
    ):
        chief.goto(f"{site}/desk{path}")
        assert_fits_and_is_accessible(chief, path)
    chief.get_by_role("link", name="editor changed the draft").click()
    assert_accessible(chief, "entry")
