"""Whole documents: the stored bytes, their validators, their places."""

import pytest
from django.utils.http import http_date

from perspectives.models import Edition
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
TOPIC = f"/api/v1/topics/{factories.TOPIC}/"
SITE = "http://testserver"
MEMENTO = (
    f'<{SITE}{TOPIC}>; rel="original timegate", <{SITE}{TOPIC}timemap/>; rel="timemap"; type="application/link-format"'
)
ARTICLE = f"/api/v1/articles/{factories.ARTICLE}/"


def stored(**which):
    return Edition.objects.get(**which)


def test_a_topic_is_the_stored_bytes_of_its_current_edition(client, library, django_assert_num_queries):
    current = stored(topic__slug=factories.TOPIC, number=2)
    with django_assert_num_queries(1):
        response = client.get(TOPIC)
    assert response.status_code == 200
    assert response.content == bytes(current.body)
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{current.sha256}"'
    assert response["Last-Modified"] == http_date(current.published_at.timestamp())
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"].startswith("Accept-Datetime, Accept, Accept-Encoding")
    assert response["Edition-Number"] == "2"
    assert response["Content-Location"] == f"{SITE}{TOPIC}editions/2/"
    assert response["Link"] == (
        f'<{SITE}{TOPIC}editions/>; rel="version-history", <{SITE}{TOPIC}editions/1/>; rel="predecessor-version", '
        f"{MEMENTO}"
    )


def test_an_edition_stays_as_it_is(client, library, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(f"{TOPIC}editions/1/")
    first = stored(topic__slug=factories.TOPIC, number=1)
    assert response.content == bytes(first.body)
    assert response["ETag"] == f'"{first.sha256}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Link"] == (
        f'<{SITE}{TOPIC}>; rel="latest-version", <{SITE}{TOPIC}editions/>; rel="version-history", {MEMENTO}'
    )
    assert response["Memento-Datetime"] == response["Last-Modified"]
    assert "Content-Location" not in response


@pytest.mark.parametrize("address", [ARTICLE, f"{ARTICLE}editions/1/"])
def test_an_article_guide_is_the_stored_bytes(client, library, django_assert_num_queries, address):
    with django_assert_num_queries(1):
        response = client.get(address)
    assert response.content == bytes(stored(article__slug=factories.ARTICLE).body)


@pytest.mark.parametrize(
    "held",
    ['"{}"', 'W/"{}"', '"other", "{}"', '"other",W/"{}"', "*", ' "{}" ', '"' + "0" * 64 + '", "{}"'],
)
@pytest.mark.parametrize("address", [TOPIC, f"{TOPIC}editions/1/", ARTICLE])
def test_what_the_reader_holds_is_not_sent_again(client, library, django_assert_num_queries, held, address):
    whole = client.get(address)
    with django_assert_num_queries(1):
        response = client.get(address, headers={"if-none-match": held.replace("{}", whole["ETag"][1:-1])})
    assert (response.status_code, response.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Last-Modified", "Link"):
        assert response[name] == whole[name]
    assert response.get("Content-Location") == whole.get("Content-Location")
    assert "Content-Type" not in response


@pytest.mark.parametrize("held", ['"other"', "{}", '"{', "nonsense", '"' + "g" * 64 + '"', ",,,", '"\x7f"'])
def test_what_the_reader_does_not_hold_is_sent(client, library, held):
    sha256 = client.get(TOPIC)["ETag"][1:-1]
    assert client.get(TOPIC, headers={"if-none-match": held.replace("{}", sha256)}).status_code == 200


def test_while_the_version_is_trusted_an_edition_costs_nothing(client, library, settings, django_assert_num_queries):
    settings.PUBLICATION_VERSION_TTL = 60
    with django_assert_num_queries(2):
        whole = client.get(TOPIC)
    with django_assert_num_queries(0):
        assert client.get(TOPIC).content == whole.content
        assert client.get(TOPIC, headers={"if-none-match": whole["ETag"]}).status_code == 304


def test_while_nothing_is_published_an_edition_costs_one_query(client, library, settings, django_assert_num_queries):
    settings.PUBLICATION_VERSION_TTL = 1e-9
    client.get(TOPIC)
    with django_assert_num_queries(1):
        client.get(TOPIC)


def test_if_modified_since_counts_only_without_if_none_match(client, library):
    time = client.get(TOPIC)["Last-Modified"]
    assert client.get(TOPIC, headers={"if-modified-since": time}).status_code == 304
    assert client.get(TOPIC, headers={"if-modified-since": http_date(0)}).status_code == 200
    assert client.get(TOPIC, headers={"if-modified-since": "yesterday"}).status_code == 200
    both = {"if-modified-since": time, "if-none-match": '"other"'}
    assert client.get(TOPIC, headers=both).status_code == 200


def test_if_match_lets_only_the_current_content_through(client, library):
    whole = client.get(TOPIC)
    assert client.get(TOPIC, headers={"if-match": whole["ETag"]}).content == whole.content
    assert_problem(client.get(TOPIC, headers={"if-match": '"other"'}), 412, "precondition_failed")


def test_head_has_the_headers_of_get(client, library):
    got, headed = client.get(TOPIC), client.head(TOPIC)
    assert headed.content == b""
    assert headed["Content-Length"] == str(len(got.content))
    own = {"Content-Length": "", "X-Request-ID": ""}
    assert {**headed.headers, **own} == {**got.headers, **own}


@pytest.mark.parametrize("number", ["0", "99", "2147483648", "9223372036854775808", "9" * 100])
@pytest.mark.parametrize("address", [TOPIC, ARTICLE])
def test_an_edition_that_is_not_there(client, library, address, number):
    problem = assert_problem(client.get(f"{address}editions/{number}/"), 404, "not_found")
    assert number in problem["detail"]


@pytest.mark.parametrize("slug", ["none", "NONE", "_", "-", "a" * 3000, factories.ARTICLE])
def test_a_topic_that_is_not_there(client, library, slug):
    assert_problem(client.get(f"/api/v1/topics/{slug}/"), 404, "not_found")
