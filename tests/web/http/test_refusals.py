"""Bad addresses and wrong methods: a clear page, never an error of ours."""

import pytest

from perspectives.web.browse import page_views
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/?tag=unheard-of", 404, "No published topic has the tag &#x27;unheard-of&#x27;."),
        ("/?tag=%00", 400, "The value of &#x27;tag&#x27;"),
        ("/?tag=%ff%0a", 400, "The value of &#x27;tag&#x27;"),
        ("/?tag=<script>", 404, "&lt;script&gt;"),
        (f"/?tag={'a' * 5000}", 400, "too long"),
        ("/nowhere/", 404, "Nothing is published at this address."),
        ("/topics/unheard-of/", 404, "There is no published topic &#x27;unheard-of&#x27;."),
        ("/topics/unheard-of/editions/", 404, "There is no published topic"),
        (f"/topics/{'a' * 3000}/", 404, "There is no published topic"),
        ("/topics/a%00b/", 404, "Nothing is published at this address."),
        (f"{TOPIC}?style=vancouver", 400, "There is no citation style &#x27;vancouver&#x27; here"),
        (f"{TOPIC}?style=%00", 400, "The value of &#x27;style&#x27;"),
        (f"{TOPIC}editions/99/", 404, "with an edition 99."),
        (f"{TOPIC}editions/0/", 404, "with an edition 0."),
        (f"{TOPIC}editions/99999999999999999999999/", 404, "with an edition"),
        (f"{TOPIC}editions/{'9' * 5000}/", 404, "Nothing is published at this address."),
        (f"{TOPIC}editions/two/", 404, "Nothing is published at this address."),
        ("/articles/unheard-of/", 404, "There is no published article"),
        ("/articles/unheard-of/editions/", 404, "There is no published article"),
        (f"/articles/{factories.ARTICLE}/editions/7/", 404, "with an edition 7."),
        ("/sources/unheard2000of/", 404, "No published edition cites a source"),
        ("/sources/?page=0", 404, "The list of sources has no page &#x27;0&#x27;."),
        ("/sources/?page=two", 404, "has no page &#x27;two&#x27;"),
        ("/sources/?page=999999999999999999999999", 404, "has no page"),
        ("/sources/?page=%00", 400, "The value of &#x27;page&#x27;"),
        ("/sources/?category=gossip", 400, "There is no kind of source &#x27;gossip&#x27;"),
    ],
)
def test_a_bad_address_gets_a_page_that_says_so(client, published, address, status, words):
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Debate KB" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", ["/", "/about/", TOPIC, f"{TOPIC}editions/", "/sources/", "/search/", "/article/"])
def test_pages_can_only_be_read(client, published, address, method):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("address", ["/", TOPIC, "/sources/", "/search/?q=timber"])
def test_head_is_answered_without_a_body(client, published, address):
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")


def test_an_error_of_ours_is_told_kindly(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(page_views.published, "articles", lambda: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
