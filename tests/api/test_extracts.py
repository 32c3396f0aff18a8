"""What is cut from a topic's edition: matrix, graph, timeline, difference."""

import pytest

from perspectives.queries.publication import published
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = [pytest.mark.django_db, pytest.mark.measured]
TOPIC = f"/api/v1/topics/{factories.TOPIC}/"


def document():
    return published.topic_document(factories.TOPIC)[0]


def test_the_matrix_has_a_row_for_each_author_claim_and_shows_every_claim(client, library):
    matrix = client.get(f"{TOPIC}matrix/").json()
    claims = {f"{factories.TOPIC}/{claim.id}": side for side in document().perspectives for claim in side.claims}
    leads = [row["lead"] for row in matrix["rows"]]
    assert [lead for lead in leads if claims[lead].stance == "author"] == [
        ref for ref, side in claims.items() if side.stance == "author"
    ]
    shown = {claim["id"] for row in matrix["rows"] for cell in row["cells"].values() for claim in cell["claims"]}
    assert shown == set(claims)
    gaps = [cell["gap"] for row in matrix["rows"] for cell in row["cells"].values() if "gap" in cell]
    assert gaps == [gap.note for gap in document().gaps]


def test_the_graph_has_all_claims_and_all_responses(client, library):
    graph = client.get(f"{TOPIC}graph/").json()
    assert len(graph["nodes"]) == sum(len(side.claims) for side in document().perspectives)
    assert [(edge["from"], edge["type"], edge["to"], edge["note"]) for edge in graph["edges"]] == [
        (f"{factories.TOPIC}/{link.from_claim}", link.type, f"{factories.TOPIC}/{link.to_claim}", link.note)
        for link in document().responses
    ]


def test_the_timeline_is_in_the_order_of_dates(client, library):
    timeline = client.get(f"{TOPIC}timeline/").json()
    dates = [event["date"] for event in timeline["events"]]
    assert dates == sorted(event.date for event in document().events)
    assert timeline["period"]["start"] == document().period.start


@pytest.mark.parametrize("extract", ["matrix", "graph", "timeline"])
def test_an_extract_says_of_which_edition_it_is(client, library, extract, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(f"{TOPIC}{extract}/")
    assert response["Edition-Number"] == "2"
    assert response.json()["edition"] == 2
    assert response["Last-Modified"] == client.get(TOPIC)["Last-Modified"]
    assert_problem(client.get(f"/api/v1/topics/none/{extract}/"), 404, "not_found")


def test_the_difference_of_two_editions(client, library, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = client.get(f"{TOPIC}diff/1/2/")
    [change] = response.json()["changes"]
    assert (change["kind"], change["after"]) == ("changed", "A new survey of the timbers.")
    assert change["path"].startswith("cruxes/")
    assert "immutable" in response["Cache-Control"]
    [back] = client.get(f"{TOPIC}diff/2/1/").json()["changes"]
    assert (back["before"], back["after"]) == (change["after"], change["before"])
    assert client.get(f"{TOPIC}diff/1/1/").json()["changes"] == []
    assert_problem(client.get(f"{TOPIC}diff/1/3/"), 404, "not_found")
