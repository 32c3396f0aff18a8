"""The interactive documentation under the policy that the server sends with it."""

import json

import pytest
from playwright.sync_api import expect

DOCS = "/api/v1/docs/"


def test_every_operation_is_shown_and_can_be_tried(page, site, complaints):
    page.goto(site + DOCS)
    operations = page.locator(".opblock-get")
    described = page.request.get(f"{site}/api/v1/schema/").json()["paths"]
    expect(operations).to_have_count(len(described))
    shown = {text.replace("\u200b", "") for text in page.locator(".opblock-summary-path").all_inner_texts()}
    assert shown == set(described)

    topics = page.locator("#operations-topics-TopicList")
    topics.locator(".opblock-summary").click()
    topics.get_by_role("button", name="Try it out").click()
    topics.get_by_role("button", name="Execute").click()
    answer = topics.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").last).to_contain_text("200")
    body = json.loads(answer.locator(".highlight-code code").first.inner_text())
    assert {topic["topic"] for topic in body["results"]} == {
        topic["topic"] for topic in page.request.get(f"{site}/api/v1/topics/").json()["results"]
    }
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_width_and_follows_the_scheme(page, site, complaints, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + DOCS)
    expect(page.locator(".opblock-get").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.classList.contains('dark-mode')") == (scheme == "dark")
    assert complaints == []


def test_without_javascript_it_says_where_to_read(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + DOCS)
    page.locator(".notice").get_by_role("link", name="the OpenAPI document").click()
    assert page.url == f"{site}/api/v1/schema/"
    context.close()
