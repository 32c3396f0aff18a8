"""Briefs and the home page as a phone shows them, and a brief on paper."""

import io

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from perspectives.rules.topics.brief import brief
from tests import content, factories
from tests.web.topics.test_argument_map import STORED

PHONE = {"width": 390, "height": 844}
TALLEST = 2000
"""The most px of a brief at the width of a phone."""
MOST_SHEETS = 2


@pytest.fixture
def pages(site):
    """The page of every brief of the fixtures by the path at which it would be."""
    made = {}
    for slug in content.TOPICS:
        document = content.topic(slug)
        path = reverse("topic-brief", args=[slug])
        context = {"brief": brief(document), "document": document, "stored": STORED}
        made[path] = render_to_string("perspectives/brief.html", context, request=RequestFactory().get(path))
    return made


@pytest.fixture
def phone(page, site, pages):
    """A phone that gets briefs of the fixtures, with the styles of the site."""
    page.set_viewport_size(PHONE)
    page.route(
        lambda address: address.removeprefix(site) in pages,
        lambda route: route.fulfill(body=pages[route.request.url.removeprefix(site)], content_type="text/html"),
    )
    return page


def test_every_brief_fits_two_screens_of_a_phone_and_two_sheets(phone, site, pages):
    heights, sheets = {}, {}
    for path in pages:
        phone.goto(site + path)
        heights[path] = phone.evaluate("document.documentElement.scrollHeight")
        sheets[path] = len(PdfReader(io.BytesIO(phone.pdf(format="A4"))).pages)
    assert {path: height for path, height in heights.items() if height > TALLEST} == {}
    assert {path: count for path, count in sheets.items() if count > MOST_SHEETS} == {}


def test_the_first_screen_of_home_says_what_it_is_about_and_offers_questions(page, site):
    page.set_viewport_size(PHONE)
    page.goto(site)
    for shown in (page.locator(".about"), page.get_by_label("Ask a question"), page.locator(".ready li").last):
        expect(shown).to_be_in_viewport()
    page.get_by_role("link", name="see all 2 topics").click()
    expect(page.locator(".topic-title").first).to_be_in_viewport()


def test_a_question_is_asked_by_one_tap(page, site):
    page.goto(site)
    question = page.locator(".ready a").first
    asked = question.text_content()
    question.click()
    expect(page.get_by_role("searchbox")).to_have_value(asked)


def test_the_link_to_print_prints_this_page(page, site):
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"{site}/topics/{factories.TOPIC}/brief/")
    page.get_by_role("link", name="Print").click()
    expect(page).to_have_title("printed")


def test_without_a_script_the_link_to_print_leads_to_the_handout(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/topics/{factories.TOPIC}/brief/")
    page.get_by_role("link", name="Print").click()
    expect(page).to_have_url(f"{site}/topics/{factories.TOPIC}/handout/")
    context.close()
