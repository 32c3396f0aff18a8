"""Journeys on a phone, counted in taps: homework, a bibliography, two scholars, a suggestion through sign-up."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from perspectives.models import Suggestion
from tests import factories
from tests.browser.accessible import assert_fits_and_is_accessible
from tests.people import PASSWORD

TOPIC = f"/topics/{factories.TOPIC}/"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(browser, request, site):
    """A phone that runs scripts, or none; `tapped` counts what was tapped."""
    context = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=request.param
    )
    yield Phone(context.new_page())
    context.close()


class Phone:
    """A page, and how often it was tapped."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, what):
        self.taps += 1
        what.first.tap()


def test_a_homework_question_gets_its_answer_with_an_mla_citation_in_four_taps(phone, formatted):
    page = phone.page
    page.goto("/")
    page.get_by_role("searchbox").first.fill("does timber outlast steel")
    page.keyboard.press("Enter")
    phone.tap(page.get_by_role("link", name="Well-kept timber outlasts steel"))
    phone.tap(page.locator("#s3 summary"))
    phone.tap(page.locator("#s3").get_by_role("link", name="Cite it"))
    expect(page.locator("#part_references")).to_be_in_viewport()
    expect(page.locator(".facts > div").filter(has_text="MLA")).to_contain_text("Hale, in MLA.")
    assert phone.taps <= 4


def test_the_writer_of_a_paper_takes_the_bibliography_of_a_topic(phone, formatted):
    page = phone.page
    page.goto(TOPIC)
    phone.tap(page.get_by_role("navigation", name="On this page").get_by_role("link", name="Bibliography"))
    with page.expect_download() as download:
        phone.tap(page.get_by_role("list", name="This bibliography for citation programs").get_by_text("BibTeX"))
    assert download.value.suggested_filename == f"{factories.TOPIC}-edition-1.bibtex"
    assert "pratt2018timber" in download.value.path().read_text()


def test_two_scholars_are_compared(phone):
    page = phone.page
    page.goto("/people/mara-ellingwood/")
    phone.tap(page.get_by_role("link", name="Compare with somebody on the same questions"))
    phone.tap(page.get_by_role("link", name="Ṣadé Okoro"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mara Ellingwood and Ṣadé Okoro")
    expect(page.locator(".two").first).to_contain_text("States")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_suggestion_is_kept_through_signing_up(phone):
    page = phone.page
    page.goto(f"{TOPIC}#s1")
    phone.tap(page.locator("#s1 summary"))
    phone.tap(page.locator("#s1").get_by_role("link", name="Suggest a change"))
    phone.tap(page.get_by_role("link", name="Correction"))
    page.get_by_label("Why").fill("The thumb is not a gauge.")
    phone.tap(page.get_by_role("button", name="Go on to sign in"))
    expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    phone.tap(page.get_by_role("link", name="Make an account"))
    sign_up(page)
    page.goto(re.search(r"http://[^/]+(/\S+/email/confirm/\S+)", mail.outbox[0].body)[1])  # at SITE_URL in mails
    phone.tap(page.get_by_role("button", name="Yes, confirm it"))
    page.get_by_label("E-mail address or user name").fill("ada@university.example")
    page.get_by_label("Password").fill(PASSWORD)
    phone.tap(page.get_by_role("button", name="Sign in", exact=True))
    expect(page).to_have_url(re.compile(r"/suggest/correction/\?topic="))
    expect(page.get_by_label("Why")).to_have_value("The thumb is not a gauge.")
    phone.tap(page.get_by_role("button", name="Send the suggestion"))
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert Suggestion.objects.get().words == "The thumb is not a gauge."


def sign_up(page):
    page.locator("#id_email").fill("ada@university.example")
    page.get_by_label("Your name").fill("Ada Example")
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def test_the_form_is_accessible_to_who_is_not_signed_in(page, site):
    page.goto(f"{site}/suggest/new-source/")
    assert_fits_and_is_accessible(page)


def test_a_claim_says_where_the_reader_is_without_moving_anything(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}{TOPIC}#o1")
    place = page.locator(".row").first.locator(".row-place")
    expect(place).to_be_in_viewport()
    assert place.bounding_box()["y"] <= 1, "it sticks to the top while its row is read"
    shifts = page.evaluate(
        """() => new Promise(done => {
          const found = []
          new PerformanceObserver(list => found.push(...list.getEntries().map(one => one.value)))
            .observe({ type: 'layout-shift', buffered: true })
          window.scrollBy({ top: 2000, behavior: 'instant' })
          setTimeout(() => done(found), 300)
        })"""
    )
    assert sum(shifts) == 0
    place.get_by_role("link", name="Contents").click()
    expect(page.get_by_role("navigation", name="On this page")).to_be_in_viewport()
