"""Taking a topic away: the list that renews itself, and the download."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.study import handouts
from perspectives.models import Edition
from tests import factories, plain_references
from tests.browser.accessible import assert_fits_and_is_accessible


@pytest.fixture
def handout_page(site):
    return f"{site}/topics/{factories.TOPIC}/handout/"


def make_all():
    plain_references.write(Edition.objects.get(topic__slug=factories.TOPIC))
    for _ in range(3):
        handouts.make_next()


def test_the_list_renews_itself_until_the_file_can_be_had(page, site, handout_page, complaints):
    page.goto(f"{site}/topics/{factories.TOPIC}/")
    page.get_by_role("link", name="Handout as PDF, Word document or EPUB").click()
    expect(page).to_have_url(handout_page)
    expect(page.get_by_role("status")).to_contain_text("0 of 3")
    make_all()
    expect(page.get_by_role("status")).to_have_text("Ready to download.", timeout=15_000)
    with page.expect_download() as found:
        page.get_by_role("link", name="Download the handout as PDF").click()
    assert found.value.suggested_filename == f"debatekb-{factories.TOPIC}-edition-1.pdf"
    assert found.value.path().read_bytes().startswith(b"%PDF-")
    assert complaints == []


def test_without_javascript_the_page_renews_itself(browser, handout_page):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(handout_page)
    expect(page.get_by_role("status")).to_contain_text("0 of 3")
    make_all()
    expect(page.get_by_role("status")).to_have_text("Ready to download.", timeout=15_000)
    context.close()


def test_it_is_accessible_while_it_waits_and_when_it_is_done(page, handout_page):
    for make in (lambda: None, make_all):
        make()
        page.goto(handout_page)
        assert_fits_and_is_accessible(page)
