"""The page on which the API can be tried, and the ways to it; `tests/browser` tries it."""

import re

import pytest

from tests.api.conftest import assert_problem

DOCS = "/api/v1/docs/"


def test_the_page_brings_its_own_files_and_no_inline_code(client):
    page = client.get(DOCS).content.decode()
    assert set(re.findall(r'(?:src|href)="(https?:[^"]+)"', page)) == set()
    assert len(re.findall(r"<script [^>]*src=", page)) == page.count("<script") == 3
    assert "<noscript>" in page


def test_the_page_may_show_pictures_in_its_style_sheet_and_nothing_else(client):
    def policy(address):
        return dict(part.split(" ", 1) for part in client.get(address)["Content-Security-Policy"].split("; "))

    assert policy(DOCS) == {**policy("/about/"), "img-src": "'self' data:"}


@pytest.mark.django_db
def test_it_is_found_from_the_root_from_problems_and_from_pages(client):
    assert '</api/v1/docs/>; rel="service-doc"' in client.get("/api/v1/")["Link"]
    assert '</api/v1/schema/>; rel="service-desc"' in client.get("/api/v1/")["Link"]
    for address in ("/api/v1/nothing/", "/api/v2/"):
        assert client.get(address)["Link"] == '</api/v1/docs/>; rel="help"'
    assert 'href="/api/v1/docs/"' in client.get("/about/").content.decode()
    assert client.get("/api/v1/docs")["Location"] == DOCS


def test_it_is_only_read(client):
    assert_problem(client.post(DOCS), 405, "method_not_allowed")
    assert client.head(DOCS).content == b""
