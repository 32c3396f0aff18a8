"""Totals of lists: told when asked, in every format, for one query."""

import csv
import io

import pytest

from tests import factories
from tests.api.conftest import assert_problem
from tests.api.test_lists import LISTS, pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [address for address in LISTS if not address.endswith("/changes/")])
def test_a_list_tells_how_many_there_are_when_asked(client, crowd, django_assert_num_queries, address):
    whole = sum(len(page["results"]) for page in pages(client, f"{address}?limit=200"))
    with django_assert_num_queries(2):
        first = client.get(f"{address}?count=true&limit=3")
    assert first.json()["count"] == whole
    assert first["X-Total-Count"] == str(whole)
    assert client.get(first.json()["next"]).json()["count"] == whole
    assert client.head(f"{address}?count=true&limit=1")["X-Total-Count"] == str(whole)
    for query in ("", "?count=false"):
        page = client.get(f"{address}{query}")
        assert "count" not in page.json()
        assert "X-Total-Count" not in page
    problem = assert_problem(client.get(f"{address}?count=yes"), 400, "invalid_parameter", parameter="count")
    assert problem["known"] == ["true", "false"]


def test_a_total_is_of_what_the_filters_let_through_and_tables_have_it_too(client, crowd):
    found = client.get(f"/api/v1/claims/?topic={factories.TOPIC}&stance=author&limit=200").json()["results"]
    table = client.get(f"/api/v1/claims.csv?topic={factories.TOPIC}&stance=author&count=true&limit=1")
    assert table["X-Total-Count"] == str(len(found))
    assert len(list(csv.DictReader(io.StringIO(table.content.decode())))) == 1
    assert_problem(client.get("/api/v1/changes/?count=true"), 400, "unknown_parameter", parameter="count")
