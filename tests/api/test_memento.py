"""Editions by time (RFC 7089)."""

from datetime import timedelta

import pytest
from django.utils.http import http_date

from perspectives.models import Edition
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
TOPIC = f"/api/v1/topics/{factories.TOPIC}/"
ARTICLE = f"/api/v1/articles/{factories.ARTICLE}/"


def published_at(number):
    return Edition.objects.get(topic__slug=factories.TOPIC, number=number).published_at


def at(moment):
    return {"accept-datetime": http_date(moment.timestamp())}


def test_the_edition_of_a_moment_is_where_the_gate_leads(client, library, django_assert_num_queries):
    tomorrow = at(published_at(2) + timedelta(days=1))
    with django_assert_num_queries(1):
        later = client.get(TOPIC, headers=tomorrow)
    assert (later.status_code, later["Location"]) == (302, f"http://testserver{TOPIC}editions/2/")
    assert later["Vary"].startswith("Accept-Datetime, Accept, Accept-Encoding")
    assert 'rel="original timegate"' in later["Link"]
    earlier = client.get(TOPIC, headers=at(published_at(1) - timedelta(hours=5)))
    assert earlier["Location"] == f"http://testserver{TOPIC}editions/1/"
    assert (
        client.get(ARTICLE, headers=at(published_at(1) - timedelta(hours=5)))["Location"]
        == f"http://testserver{ARTICLE}editions/1/"
    )


def test_the_edition_that_was_current_then(client, crowd, monkeypatch):
    first = published_at(1)
    moments = {1: first - timedelta(days=2), 2: first - timedelta(days=1)}
    monkeypatch.setattr(
        "perspectives.queries.publication.published.topic_editions",
        lambda _slug: _Rows([(number, moments[number]) for number in (2, 1)]),
    )
    for hours, number in ((-1, 1), (0, 1), (23, 1), (24, 2), (30, 2)):
        response = client.get(TOPIC, headers=at(moments[1] + timedelta(hours=hours)))
        assert response["Location"] == f"http://testserver{TOPIC}editions/{number}/", hours


class _Rows(list):
    def values_list(self, *_names):
        return self


def test_a_numbered_edition_is_a_memento(client, library):
    response = client.get(f"{TOPIC}editions/1/", headers=at(published_at(2)))
    assert response.status_code == 200
    assert response["Memento-Datetime"] == http_date(published_at(1).timestamp())
    assert f'<http://testserver{TOPIC}>; rel="original timegate"' in response["Link"]


@pytest.mark.parametrize("moment", ["yesterday", "2024-06-20", "Thu, 99 Jun 2024 12:00:00 GMT", ""])
def test_a_moment_that_is_none(client, library, moment):
    assert_problem(client.get(TOPIC, headers={"accept-datetime": moment}), 400, "bad_request")


def test_an_unpublished_topic_has_no_moments(client, library):
    assert_problem(client.get("/api/v1/topics/none/", headers=at(published_at(1))), 404, "not_found")
    assert_problem(client.get("/api/v1/topics/none/timemap/"), 404, "not_found")


@pytest.mark.parametrize("ask", [{"headers": {"accept": "application/link-format"}}, {"suffix": ".link"}])
def test_the_map_lists_every_edition_as_links(client, library, ask):
    address = f"{TOPIC[:-1]}/timemap{ask.get('suffix', '/')}"
    response = client.get(address, headers=ask.get("headers", {}))
    assert response["Content-Type"] == "application/link-format"
    lines = response.content.decode().split(",\n")
    assert lines[0] == f'<http://testserver{TOPIC}>; rel="original timegate"'
    assert 'rel="self"' in lines[1]
    assert lines[2].startswith(f'<http://testserver{TOPIC}editions/1/>; rel="first memento"; datetime="')
    assert lines[3].startswith(f'<http://testserver{TOPIC}editions/2/>; rel="last memento"; datetime="')


def test_the_map_of_one_edition(client, library):
    text = client.get(f"{ARTICLE}timemap.link").content.decode()
    assert 'rel="first last memento"' in text
    mementos = client.get(f"{ARTICLE}timemap/").json()["mementos"]
    assert [memento["uri"] for memento in mementos] == [f"http://testserver{ARTICLE}editions/1/"]
