"""The resource of searches: parameters, pages, errors; and the filters of the list of claims."""

import pytest

from perspectives.models import PublishedClaim
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search/"


def ask(client, text, **more):
    return client.get(SEARCH, {"q": text, **more})


def test_a_search_answers_with_claims_and_what_stands_beside(client, library):
    answer = ask(client, "timber").json()
    assert answer["previous"] is None
    first = answer["results"][0]["id"]
    assert first.endswith("/s3")
    single = client.get(f"/api/v1/claims/{first}/").json()
    assert {**answer["results"][0], **single} == answer["results"][0]
    assert {"rank", "why", "highlights", "stand_in", "url"} == set(answer["results"][0]) - set(single)


def test_pages_follow_each_other_forwards_and_backwards(client, crowd):
    pages, address = [], f"{SEARCH}?q=bridge&limit=7&stance=author"
    while address:
        response = client.get(address)
        pages.append(response.json())
        address = pages[-1]["next"]
        assert ("next" in response.get("Link", "")) == bool(address)
    found = [claim["id"] for page in pages for claim in page["results"]]
    assert len(pages) > 2
    assert len(set(found)) == len(found) == pages[0]["total"]["value"]
    assert client.get(pages[1]["previous"]).json()["results"] == pages[0]["results"]
    assert {claim["stance"] for page in pages for claim in page["results"]} == {"author"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=" + "a" * 301, "q"),
        ("q=timber&stance=left", "stance"),
        ("q=timber&kind=x", "kind"),
        ("q=timber&category=x", "category"),
        ("q=timber&year=19x", "year"),
        ("q=timber&year=0", "year"),
        ("q=timber&topic=No", "topic"),
        ("q=timber&limit=0", "limit"),
        ("q=timber&limit=51", "limit"),
        ("q=timber&limit=1e1", "limit"),
        ("q=timber&limit=%D9%A1", "limit"),
        ("q=timb%00er", "q"),
        ("q=%ff", "q"),
    ],
)
def test_a_parameter_that_cannot_be(client, library, query, parameter):
    assert_problem(client.get(f"{SEARCH}?{query}"), 400, "invalid_parameter", parameter=parameter)


def test_unknown_and_repeated_parameters_are_refused(client, library):
    assert_problem(client.get(f"{SEARCH}?q=a&colour=red"), 400, "unknown_parameter", parameter="colour")
    assert_problem(client.get(f"{SEARCH}?q=a&q=b"), 400, "repeated_parameter", parameter="q")


@pytest.mark.parametrize("cursor", ["x", "WzAsMTAwMF0", "WzEsMjBd", "WzAsImEiXQ", "WzAsLTFd"])
def test_a_cursor_that_leads_nowhere(client, library, cursor):
    assert_problem(ask(client, "timber", cursor=cursor), 404, "invalid_cursor", parameter="cursor")


def test_words_and_facets_are_given_on(client, library):
    assert ask(client, "timbr").json()["did_you_mean"] == "timber"
    assert "covers" in ask(client, "zebra").json()["note"]
    narrowed = ask(client, "survey", kind="factual", year="2020", category="primary-document").json()
    assert {claim["kind"] for claim in narrowed["results"]} == {"factual"}
    assert narrowed["facets"]["stance"]


@pytest.mark.parametrize("text", ["timber", "zebra", "planks OR bridge"])
def test_a_search_costs_few_queries(client, crowd, django_assert_max_num_queries, text):
    for limit in (1, 50):
        with django_assert_max_num_queries(4):
            assert ask(client, text, limit=limit).status_code == 200


FILTERS = {
    "stated_by=mara-ellingwood": lambda claim: "Mara Ellingwood" in claim["stated_by"],
    "holder=lemuel-pratt": lambda claim: "Lemuel Pratt" in claim["held_by"],
    "tag=bridges": lambda claim: claim["topic"] != "who-should-pay",
    "answered=yes": lambda claim: claim["answered_by"],
    "answered=no": lambda claim: not claim["answered_by"],
    "answered=no&stance=author": lambda claim: not claim["answered_by"] and claim["stance"] == "author",
    "id=replace-or-repair/s1,who-should-pay/k2": lambda claim: (
        claim["id"] in {"replace-or-repair/s1", "who-should-pay/k2"}
    ),
    "q=zebra": lambda _: False,
    "q=valleys+-steel": lambda claim: claim["id"].endswith("/n3") and "valleys" in claim["text"],
}


@pytest.mark.parametrize(("query", "condition"), FILTERS.items(), ids=FILTERS)
def test_claims_are_filtered(client, library, django_assert_num_queries, query, condition):
    everything = PublishedClaim.objects.values_list("record", flat=True)
    price = 1 + ("q=" in query) + ("zebra" in query)  # the question is read, and again where nothing is found
    with django_assert_num_queries(price):
        found = client.get(f"/api/v1/claims/?{query}&limit=200").json()["results"]
    assert [claim["id"] for claim in found] == [claim["id"] for claim in everything if condition(claim)]


@pytest.mark.parametrize("stance", ["author", "opposing", "neutral"])
def test_claims_are_answered_by_a_stance_or_not(client, library, stance):
    stances = {claim["id"]: claim["stance"] for claim in PublishedClaim.objects.values_list("record", flat=True)}
    answered = client.get(f"/api/v1/claims/?answered_by={stance}&limit=200").json()["results"]
    unanswered = client.get(f"/api/v1/claims/?unanswered_by={stance}&limit=200").json()["results"]
    assert {claim["id"] for claim in [*answered, *unanswered]} == set(stances)
    assert all(stance in {stances[link["claim"]] for link in claim["answered_by"]} for claim in answered)
    assert all(stance not in {stances[link["claim"]] for link in claim["answered_by"]} for claim in unanswered)


def test_sources_are_found_by_words(client, library):
    found = client.get("/api/v1/sources/?q=outlast+steel&limit=200").json()["results"]
    assert "pratt2018timber" in {source["key"] for source in found}
    assert all("outlast" in source["record"]["title"] for source in found)
    assert client.get("/api/v1/sources/?q=zebra").json()["results"] == []


@pytest.mark.parametrize(
    "query", ["id=x", "id=a/b,,c/d", "answered=maybe", "answered_by=x", "unanswered_by=x", "holder=No+Slug", "tag=No"]
)
def test_a_filter_that_cannot_be(client, library, query):
    assert_problem(client.get(f"/api/v1/claims/?{query}"), 400, "invalid_parameter", parameter=query.split("=")[0])
