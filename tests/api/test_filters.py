"""Filters of lists: several values, spans of years, totals, and searches that have no word."""

import csv
import io

import pytest

from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
API = "/api/v1/"
SEVERAL = [
    "topics/?tag=bridges,village-life",
    f"claims/?topic={factories.TOPIC},{factories.OTHER_TOPIC}",
    "claims/?stance=opposing,neutral",
    "claims/?kind=factual,causal",
    "claims/?source=pratt2018timber,ellingwood2021leave",
    "claims/?holder=lemuel-pratt,mara-ellingwood",
    "claims/?quote_status=own-text,not-checked",
    "claims/?answered_by=opposing,neutral",
    "claims/?unanswered_by=opposing,neutral",
    "claims/?category=peer-reviewed,trade-book",
    "claims/?year=2018,2019",
    f"claims/?id={factories.TOPIC}/s1,{factories.OTHER_TOPIC}/k2",
    "citations/?stance=author,neutral",
    "citations/?quote_status=own-text,not-checked",
    f"citations/?claim={factories.TOPIC}/s1,{factories.TOPIC}/s2",
    "citations/?relation=states,supports",
    "citations/?source=pratt2018timber,ellingwood2021leave",
    "citations/?category=peer-reviewed,trade-book",
    "citations/?year=2018,2020..",
    "sources/?category=peer-reviewed,dataset",
    "sources/?year=..2017,2020",
    f"sources/?topic={factories.TOPIC},{factories.OTHER_TOPIC}",
    "sources/?stance=opposing,neutral",
    "responses/?type=rebuts,qualifies",
    "responses/?from_stance=author,neutral",
    f"responses/?claim={factories.TOPIC}/s1,{factories.TOPIC}/s2",
    f"events/?topic={factories.TOPIC},{factories.OTHER_TOPIC}",
    "people/?stance=opposing,author",
    "passages/?finding=contested,unsupported",
]


def rows(client, address):
    response = client.get(f"{API}{address}{'&' if '?' in address else '?'}limit=200")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def identities(found):
    return {str(sorted(row.items(), key=str)) for row in found}


@pytest.mark.parametrize("address", SEVERAL)
def test_one_of_several_values_is_enough_however_they_are_written(client, library, address):
    path, _, query = address.partition("?")
    name, _, values = query.partition("=")
    each = [identities(rows(client, f"{path}?{name}={value}")) for value in values.split(",")]
    whole = rows(client, address)
    assert identities(whole) == set().union(*each)
    assert any(each), "no value finds anything"
    for written in (
        "&".join(f"{name}={value}" for value in values.split(",")),
        "&".join(f"{name}[]={value}" for value in values.split(",")),
    ):
        assert rows(client, f"{path}?{written}") == whole


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("2018", lambda year: year == 2018),
        ("2017..2019", lambda year: 2017 <= year <= 2019),
        ("2020..", lambda year: year >= 2020),
        ("..2018", lambda year: year <= 2018),
        ("..2016,2021", lambda year: year <= 2016 or year == 2021),
    ],
)
def test_spans_of_years_are_those_of_the_sources(client, library, query, holds):
    def is_within(record):
        return "issued" in record and holds(int(record["issued"][:4]))

    for address, sources_of in {
        "sources": lambda row: [row["record"]],
        "citations": lambda row: [row["record"]],
        "claims": lambda row: row["sources"].values(),
    }.items():
        more = "?include=sources" if address == "claims" else "?"
        expected = [row for row in rows(client, f"{address}/{more}") if any(map(is_within, sources_of(row)))]
        assert rows(client, f"{address}/{more}&year={query}") == expected
        assert 0 < len(expected) < len(rows(client, f"{address}/"))
    found = client.get(f"{API}search/?q=bridge&limit=50&include=sources&year={query}").json()["results"]
    assert all(any(map(is_within, hit["sources"].values())) for hit in found)
    assert found


def test_a_search_is_narrowed_by_several_values(client, library):
    found = client.get(f"{API}search/?q=bridge&stance=author&stance=neutral&kind=factual,causal").json()
    assert {hit["stance"] for hit in found["results"]} == {"author", "neutral"}
    assert {hit["kind"] for hit in found["results"]} <= {"factual", "causal"}
    assert found["missing_stances"] == []
    assert_problem(
        client.get(f"{API}search/?q=bridge&topic={factories.TOPIC},none"), 404, "not_found", parameter="topic"
    )


@pytest.mark.parametrize("address", ["claims", "citations", "sources", "search"])
@pytest.mark.parametrize("year", ["0", "..", "1999..1990", "1990-1999", "19x", "1990..,x", "10000", "1990,1990"])
def test_a_span_that_cannot_be(client, library, address, year):
    problem = assert_problem(
        client.get(f"{API}{address}/", {"q": "bridge", "year": year} if address == "search" else {"year": year}),
        400,
        "invalid_parameter",
        parameter="year",
    )
    assert "1990..1999" in problem["detail"] or "once" in problem["detail"]


@pytest.mark.parametrize(
    ("address", "status", "code", "parameter", "known"),
    [
        ("claims/?stance=sachs,neutral", 400, "invalid_parameter", "stance", "author"),
        ("claims/?stance=author,author", 400, "invalid_parameter", "stance", "neutral"),
        ("claims/?stance=author,", 400, "invalid_parameter", "stance", "neutral"),
        (f"claims/?topic={factories.TOPIC},none", 404, "not_found", "topic", factories.OTHER_TOPIC),
        (f"claims/?topic={factories.TOPIC}&topic=none", 404, "not_found", "topic", factories.OTHER_TOPIC),
        ("citations/?source=pratt2018timber,pratt2018", 404, "not_found", "source", "pratt2018timber"),
        (f"claims/?id={factories.TOPIC}/s1,none/s1", 404, "not_found", "id", f"{factories.TOPIC}/s1"),
        ("topics/?tag=bridges,none", 404, "not_found", "tag", "bridges"),
        ("sources/?language=xx", 404, "not_found", "language", "en"),
        (f"sources/?topic={factories.TOPIC},none&count=true", 404, "not_found", "topic", factories.TOPIC),
    ],
)
def test_one_wrong_value_among_several_is_told(client, library, address, status, code, parameter, known):
    problem = assert_problem(client.get(f"{API}{address}"), status, code, parameter=parameter)
    assert known in problem["known"]


@pytest.mark.parametrize("text", [" ", "---", '""', "~!@", "of the", "-timber"])
def test_a_search_without_a_word_to_find_is_refused(client, library, text):
    for address in ("claims/", "claims.csv", "sources/", "search/", "answers/"):
        response = client.get(f"{API}{address}", {"q": text})
        if address == "sources/" and text == "-timber":  # there no sign excludes
            assert response.json()["results"]
            continue
        problem = assert_problem(response, 400, "invalid_parameter", parameter="q")
        assert "word" in problem["detail"]
    answer = client.get(f"{API}answers/", {"q": text, "topic": factories.TOPIC})
    assert_problem(answer, 400, "invalid_parameter", parameter="q")


def test_other_filters_that_nothing_can_match_are_refused(client, library):
    assert_problem(client.get(f"{API}people/?name=---"), 400, "invalid_parameter", parameter="name")
    assert client.get(f"{API}people/?name=nobody").json()["results"] == []
    for query in ("after=2020&before=2019", "after=2020-05&before=2020-05", "before=2019-12-31&after=2020"):
        assert_problem(client.get(f"{API}events/?{query}"), 400, "invalid_parameter", parameter="before")
    assert client.get(f"{API}events/?after=2018&before=2030").json()["results"]


def test_citations_are_those_of_the_claims_one_by_one(client, library):
    cites = [(claim["id"], cite) for claim in rows(client, "claims/?ordering=topic") for cite in claim["cites"]]
    found = rows(client, "citations/")
    assert sorted(((row["claim"], row["cite"]) for row in found), key=str) == sorted(cites, key=str)
    for row in found:
        claim = client.get(f"{API}claims/{row['claim']}/?include=sources").json()
        assert (row["text"], row["stance"], row["topic"]) == (claim["text"], claim["stance"], claim["topic"])
        assert row["record"] == claim["sources"][row["cite"]["source"]]
    topic = rows(client, f"citations/?topic={factories.TOPIC}")
    assert [row["claim"] for row in topic] == sorted((row["claim"] for row in topic), key=order_of(client))


def order_of(client):
    places = {claim["id"]: place for place, claim in enumerate(rows(client, "claims/?ordering=topic"))}
    return places.__getitem__


def test_citations_are_a_flat_table(client, library):
    table = list(csv.DictReader(io.StringIO(client.get(f"{API}citations.csv?limit=200").content.decode())))
    found = rows(client, "citations/")
    assert len(table) == len(found)
    for line, row in zip(table, found, strict=True):
        assert line["claim"] == row["claim"]
        assert line["source_title"].removeprefix("'") == row["record"]["title"].removeprefix("'")
        assert (line["year"], line["doi"]) == (str(row.get("year", "")), row["record"].get("DOI", ""))
        assert line["quote_state"] == row["cite"].get("quote_status", "")
        assert line["topic_title"]
