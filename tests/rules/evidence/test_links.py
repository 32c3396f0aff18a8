"""What answers say of addresses."""

import pytest

from perspectives.rules.evidence import links
from perspectives.vocab import CheckOutcome

ASKED = "https://review.example/2018/oak"


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        (ASKED, CheckOutcome.OK),
        ("http://www.review.example/2018/oak/", CheckOutcome.OK),
        ("https://review.example/archive/oak", CheckOutcome.MOVED),
        ("https://other.example/2018/oak", CheckOutcome.MOVED),
        ("https://review.example/", CheckOutcome.SOFT_404),
        ("https://www.review.example", CheckOutcome.SOFT_404),
        ("https://other.example/", CheckOutcome.MOVED),
        ("https://review.example/?id=7", CheckOutcome.MOVED),
    ],
)
def test_where_redirects_lead(address, outcome):
    assert links.outcome(ASKED, 200, address, "", is_moved=True) is outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, CheckOutcome.OK),
        (301, CheckOutcome.BLOCKED),
        (404, CheckOutcome.GONE),
        (410, CheckOutcome.GONE),
        (401, CheckOutcome.BLOCKED),
        (451, CheckOutcome.BLOCKED),
    ],
)
def test_what_a_server_says(status, outcome):
    assert links.outcome(ASKED, status, ASKED, "", is_moved=False) is outcome


def test_the_front_page_itself_is_no_loss():
    front = "https://review.example/"
    assert links.outcome(front, 200, front, "", is_moved=False) is CheckOutcome.OK


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404",
        "404 - The Review",
        "Page not found | The Review",
        "Not Found",
        "This article is no longer available",
        "The page doesn&#8217;t exist",
        "Seite nicht gefunden",
        "Страница не найдена",
    ],
)
def test_titles_that_deny_the_page(title):
    assert links.says_gone(f"<html><title class='x'>\n{title}</title>")
    assert links.says_gone(f"<title>The Review</title><h1>{title}</h1>")


@pytest.mark.parametrize(
    "title", ["", "Why peace was not found at Minsk", "Route 404 to Nether Wending", "What exists no more", "Oak"]
)
def test_titles_of_works(title):
    assert not links.says_gone(f"<title>{title}</title>")


@pytest.mark.parametrize(("address", "name"), [(ASKED, "review.example"), ("nothing", ""), ("http://[x", "")])
def test_the_server_of_an_address(address, name):
    assert links.host(address) == name
