"""Counts by properties: they are those of the records, say what they are of, and add up."""

import csv
import io
from collections import Counter
from itertools import combinations, product

import pytest

from perspectives.api.search import grouping
from perspectives.queries.publication import statistics
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def year_of(record):
    return int(record["issued"][:4]) if "issued" in record else None


def of_cites(claim, value):
    return {value(cite, claim["sources"][cite["source"]]) for cite in claim["cites"]} - {None} or {None}


PROPERTIES = {
    "claims": {
        "stance": lambda claim: {claim["stance"]},
        "topic": lambda claim: {claim["topic"]},
        "kind": lambda claim: {claim["kind"]},
        "category": lambda claim: of_cites(claim, lambda _, record: record["category"]),
        "year": lambda claim: of_cites(claim, lambda _, record: year_of(record)),
        "quote_status": lambda claim: of_cites(claim, lambda cite, _: cite.get("quote_status")),
    },
    "citations": {
        "stance": lambda row: {row["stance"]},
        "topic": lambda row: {row["topic"]},
        "relation": lambda row: {row["cite"]["relation"]},
        "quote_status": lambda row: {row["cite"].get("quote_status")},
        "source": lambda row: {row["cite"]["source"]},
        "category": lambda row: {row["record"]["category"]},
        "year": lambda row: {row.get("year")},
    },
    "sources": {
        "category": lambda row: {row["record"]["category"]},
        "year": lambda row: {year_of(row["record"])},
        "language": lambda row: {row["record"]["language"]},
    },
    "responses": {
        "topic": lambda row: {row["topic"]},
        "type": lambda row: {row["type"]},
        "from_stance": lambda row: {row["from_stance"]},
        "to_stance": lambda row: {row["to_stance"]},
    },
}
"""List -> property -> its values in a record, `None` for what is unknown: written here a second time."""
FILTERS = ["", f"&topic={factories.TOPIC}"]
SEVERAL = {"category", "year", "quote_status"}


def choices():
    for name, properties in PROPERTIES.items():
        for by in [*combinations(properties, 1), *combinations(properties, 2)]:
            if name != "claims" or len(SEVERAL & set(by)) < 2:
                yield name, by


def records(client, name, query):
    more = "&include=sources" if name == "claims" else ""
    page = client.get(f"{API}{name}/?limit=200{more}{query}").json()
    assert page["next"] is None
    return page["results"]


def test_every_property_is_tried():
    assert {name: set(own) for name, own in PROPERTIES.items()} == {
        "claims": set(grouping.OF_CLAIMS),
        "citations": set(grouping.OF_CITATIONS),
        "sources": set(grouping.OF_SOURCES),
        "responses": set(grouping.OF_RESPONSES),
    }
    assert {name for name, one in grouping.OF_CLAIMS.items() if one.has_several} == SEVERAL


@pytest.mark.parametrize(("name", "by"), list(choices()))
def test_counts_are_those_of_the_records_and_add_up(client, library, django_assert_num_queries, name, by):
    for query in FILTERS:
        expected = Counter()
        found = records(client, name, query)
        for record in found:
            expected.update(product(*(PROPERTIES[name][one](record) for one in by)))
        with django_assert_num_queries(2 if name == "claims" and SEVERAL & set(by) else 1):
            answer = client.get(f"{API}{name}/?group_by={','.join(by)}{query}").json()
        counted = {tuple(group.get(one) for one in by): group["count"] for group in answer["groups"]}
        assert counted == expected
        assert len(counted) == len(answer["groups"])
        assert answer["count"] == len(found) > 0
        assert answer["is_overlapping"] == (name == "claims" and bool(SEVERAL & set(by)))
        if not answer["is_overlapping"]:
            assert sum(counted.values()) == answer["count"]
        assert (answer["results"], answer["next"], answer["previous"]) == ([], None, None)


def test_claims_by_stance_and_category_of_source(client, library):
    """The example of the issue, in JSON and as a table for a spreadsheet."""
    answer = client.get(f"{API}claims/?group_by=stance,category&topic={factories.TOPIC}&kind=factual,causal").json()
    assert answer["group_by"] == ["stance", "category"]
    assert answer["filters"] == {"topic": factories.TOPIC, "kind": "factual,causal"}
    stances = [group["stance"] for group in answer["groups"]]
    assert list(dict.fromkeys(stances)) == ["author", "opposing", "neutral"]
    table = client.get(f"{API}claims.csv?group_by=stance&group_by=category&topic={factories.TOPIC}&kind=factual,causal")
    assert table["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert list(rows[0]) == ["stance", "category", "count"]
    assert rows == [
        {"stance": one["stance"], "category": one.get("category", ""), "count": str(one["count"])}
        for one in answer["groups"]
    ]


def test_what_nothing_matches_has_no_groups(client, library):
    answer = client.get(f"{API}sources/?group_by=category&year=9").json()
    assert (answer["count"], answer["groups"]) == (0, [])
    assert_problem(client.get(f"{API}claims/?group_by=stance&topic=none"), 404, "not_found", parameter="topic")
    assert_problem(client.get(f"{API}claims/?group_by=stance&q=---"), 400, "invalid_parameter", parameter="q")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("claims/?group_by=colour", "group_by"),
        ("claims/?group_by=stance,stance", "group_by"),
        ("claims/?group_by=stance,kind,topic", "group_by"),
        ("claims/?group_by=category,year", "group_by"),
        ("claims.annotations?group_by=stance", "group_by"),
        ("claims/?group_by=stance&limit=5", "limit"),
        ("claims/?group_by=stance&count=yes", "count"),
        ("claims/?group_by=stance&fields=id", "fields"),
        ("claims/?group_by=stance&include=sources", "include"),
        ("claims/?group_by=stance&ordering=topic", "ordering"),
        ("sources/?group_by=category&style=apa", "style"),
        ("sources.ris?group_by=category", "group_by"),
    ],
)
def test_what_cannot_be_counted(client, library, query, parameter):
    assert_problem(client.get(f"{API}{query}"), 400, "invalid_parameter", parameter=parameter)


def test_defaults_that_clients_send_though_nobody_chose_them_change_nothing(client, library):
    plain = client.get(f"{API}claims/?group_by=stance").json()
    assert plain["filters"] == {}
    for query in ("limit=50", "ordering=id", "limit=50&ordering=id&count=false", "count=true"):
        assert client.get(f"{API}claims/?group_by=stance&{query}").json() == plain


def test_more_groups_than_an_answer_holds_are_refused(client, library, monkeypatch):
    monkeypatch.setattr(statistics, "MOST_GROUPS", 2)
    problem = assert_problem(
        client.get(f"{API}citations/?group_by=source"), 400, "invalid_parameter", parameter="group_by"
    )
    assert "2 groups" in problem["detail"]
