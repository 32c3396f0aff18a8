"""A corrected page number reaches 27 topics by one review, by two people, without a mouse in the deciding step."""

import pytest
from playwright.sync_api import expect

from perspectives.models import Edition, User
from perspectives.vocab import Role
from tests import bundling
from tests.browser.accessible import assert_fits_and_is_accessible

PAGES = "112-119"


@pytest.fixture
def many(site):
    bundling.many_topics()


def test_a_corrected_page_number_reaches_27_topics_by_one_review(page_of, many, site):
    editor, reviewer = page_of("ada", java_script_enabled=False), page_of("ben")
    editor.goto(f"/desk/sources/{bundling.KEY}/")
    editor.get_by_label("Pages", exact=True).fill(PAGES)
    editor.get_by_role("button", name="Save the record").click()
    boxes = editor.get_by_role("checkbox")
    expect(boxes).to_have_count(bundling.MANY)
    expect(editor.get_by_text(PAGES)).to_have_count(1)
    editor.get_by_label("What the new editions change").fill("The pages were wrong.")
    editor.get_by_role("button", name="Propose as one bundle").click()
    expect(editor.get_by_text("You proposed this yourself")).to_be_visible()

    reviewer.goto("/desk/proposals/")
    reviewer.get_by_role("link", name=f"Correction of {bundling.KEY}").click()
    expect(reviewer.get_by_text(PAGES)).to_have_count(1)
    expect(reviewer.get_by_text("All rules kept")).to_have_count(bundling.MANY)
    assert_fits_and_is_accessible(reviewer, "the bundle")
    reviewer.get_by_role("checkbox").first.focus()
    reviewer.keyboard.press("Enter")
    assert not Edition.objects.filter(number=2).exists()
    reviewer.get_by_role("button", name="Approve and publish what is ticked").focus()
    reviewer.keyboard.press("Enter")
    expect(reviewer.get_by_role("status")).to_contain_text(
        f"{bundling.MANY} new editions are published", timeout=30_000
    )
    assert Edition.objects.filter(number=2).count() == bundling.MANY
    reviewer.goto(f"/sources/{bundling.KEY}/")
    expect(reviewer.locator("main")).to_contain_text(PAGES.partition("-")[2])


def test_the_chooser_fits_and_is_accessible(page_of, many, site):
    bundling.correct(User.objects.create_user("corrects", role=Role.MODERATOR), page=PAGES)
    editor = page_of("ada")
    editor.goto(f"/desk/sources/{bundling.KEY}/editions/")
    assert_fits_and_is_accessible(editor, "the chooser")
    editor.get_by_role("checkbox").first.uncheck()
    editor.get_by_role("button", name="Propose as one bundle").click()
    expect(editor.get_by_text(f"Reaches {bundling.MANY - 1} editions.")).to_be_visible()
    assert_fits_and_is_accessible(editor, "the proposer's view of the bundle")
