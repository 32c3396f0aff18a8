"""The timeline: periods, topics, and dates no more exact than they are known."""

import re

import pytest

from perspectives.actions.publication import indexing
from perspectives.models import PublishedTopic
from perspectives.rules.topics.timeline import Span
from perspectives.web.browse import timeline_views
from perspectives.web.browse.timeline_page import Axis, address
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"

pytestmark = pytest.mark.django_db


def text(client, query="", status=200):
    response = client.get(f"/timeline/{query}")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def later(published):
    """The second topic with events of its own, in one year, of each exactness."""
    cites = [{"source": "council2020survey", "locator": "p. 2", "relation": "states"}]
    dates = ("2020", "2020-03", "2020-03-09", "2020-11-30")
    events = [{"date": date, "title": f"On {date}", "description": "It was.", "cites": cites} for date in dates]
    row = PublishedTopic.objects.select_related("edition").get(slug=factories.OTHER_TOPIC)
    indexing.index_topics([(row.edition, factories.topic_edition(factories.OTHER_TOPIC, events=events))])


def test_events_stand_by_year_with_topic_and_sources(client, published):
    page = text(client)
    assert "2 events" in page
    assert page.index(">1820</h3>") < page.index(">2020</h3>")
    assert f'<a href="{TOPIC}#part_events">Replacing or repairing the footbridge</a>' in page
    assert '<a href="/sources/council2020survey/">Invented Parish Council of Nether Wending 2020, <em>' in page
    assert "· p. 1</li>" in page


def test_a_year_is_not_shown_as_its_first_day(client, published):
    page = text(client)
    assert '<time datetime="1820">1820</time><span class="event-known">known to the year</span>' in page
    assert '<time datetime="2020-02-29">29 February 2020</time></p>' in page
    assert "January 1820" not in page


def test_columns_lead_to_their_period_and_long_gaps_are_one(client, published):
    page = text(client)
    assert 'href="?from=1820&amp;to=1829"' in page
    assert 'href="?from=2020&amp;to=2029"' in page
    assert "1830–2019<span" in page
    assert 'href="?from=1830' not in page


def test_a_period_shows_its_events_only(client, published):
    page = text(client, "?from=1815&to=1829")
    assert "The bridge is built" in page
    assert "two soft planks" not in page
    assert "Later: 1830–1844" in page
    assert "Earlier" not in page
    assert "Wider: 1800–1899" in page


def test_a_period_without_events_says_so(client, published):
    page = text(client, "?from=1900&to=1905")
    assert "0 events" in page
    assert "No event of these years stands in any question." in page


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [("?from=1900", 1900, 2020), ("?to=1900", 1820, 1900), ("?from=3000", 3000, 3000), ("?to=7", 7, 2020)],
)
def test_an_end_that_is_not_given_is_that_of_the_data(client, published, query, first, last):
    page = text(client, query)
    expected = {"?to=7": (7, 7)}.get(query, (first, last))
    assert [int(year) for year in re.findall(r'type="number"[^>]* value="(\d+)"', page)] == list(expected)


def test_one_year_has_months_and_says_what_is_in_none(client, later):
    page = text(client, "?from=2020&to=2020")
    assert 'href="#m2020-03"' in page
    assert page.count('id="m2020-03"') == 1
    assert 'class="known-year" x="0.0" y="0" width="1000.0"' in page
    assert "1 event of this year is in no month, since only the year is known." in page
    assert "known to the month" in page


def test_only_the_events_of_the_topics_asked_for(client, later):
    assert "The bridge is built" not in text(client, f"?topic={factories.OTHER_TOPIC}")
    page = text(client, f"?topic={factories.OTHER_TOPIC}&topic={factories.TOPIC}&topic={factories.TOPIC}")
    assert "6 events" in page
    assert "over 2 chosen questions" in page
    assert f'value="{factories.TOPIC}" checked' in page


def test_topics_without_events_say_so(client, published):
    assert "The chosen questions have no dated events." in text(client, f"?topic={factories.OTHER_TOPIC}")


def test_nothing_is_published_yet(client, db):
    assert "No events have been published yet." in text(client)


def test_more_events_than_a_page_holds_go_on(client, later, monkeypatch):
    monkeypatch.setattr(timeline_views, "PER_PAGE", 4)
    page = text(client, "?from=1800&to=2100")
    assert "Page 1 of 2" in page
    assert 'href="?from=1800&amp;to=2100&amp;page=2"' in page
    assert "On 2020-11-30" in text(client, "?from=1800&to=2100&page=2")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?from=soon", 400, "&#x27;from&#x27; is no year"),
        ("?from=0", 400, "is no year"),
        ("?from=-5", 400, "is no year"),
        ("?to=10000", 400, "&#x27;to&#x27; is no year"),
        ("?to=1e3", 400, "is no year"),
        ("?from=٢٠٢٠", 400, "is no year"),
        (f"?from={'9' * 5000}", 400, "too long"),
        ("?from=%00", 400, "cannot be read"),
        ("?from=2000&to=1990", 400, "The period ends before it begins"),
        ("?topic=unheard-of", 404, "There is no published topic &#x27;unheard-of&#x27;."),
        ("?topic=<script>", 404, "&lt;script&gt;"),
        ("?topic=%00", 400, "cannot be read"),
        (f"?{'&'.join(f'topic=t{number}' for number in range(51))}", 400, "more than 50 times"),
        ("?page=0", 404, "The list of events has no page &#x27;0&#x27;."),
        ("?page=nine", 404, "has no page"),
    ],
)
def test_hostile_values_are_refused_with_a_sentence(client, published, query, status, words):
    assert words in text(client, query, status)


def test_empty_fields_of_the_form_are_as_if_not_sent(client, published):
    assert "2 events" in text(client, "?from=&to=&topic=")


def test_periods_beside_never_leave_the_years_there_are():
    whole = Span(1, 9999)
    assert Axis({}, whole, Span(1, 5000), ()).later is None
    assert Axis({}, whole, Span(9990, 9999), ()).later is None
    assert Axis({}, whole, Span(2, 9), ()).earlier is None
    assert Axis({}, whole, Span(2, 9), ()).wider == ("?from=1&to=9", Span(1, 9))
    assert Axis({}, whole, Span(8, 12), ()).wider is None
    assert Axis({}, Span(1990, 1999), Span(1990, 1990), ()).wider is None


def test_an_address_keeps_the_topics():
    assert address(None, ["a", "b"]) == "?topic=a&topic=b"
    assert address(Span(1, 2), ["a"]) == "?from=1&to=2&topic=a"
