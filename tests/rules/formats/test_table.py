"""CSV: rows that come back, safe cells, every column filled by something."""

import csv
import io

import pytest

from perspectives.rules.formats import table
from perspectives.rules.publication import index_records
from tests import content, factories


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def records(kind):
    topics = [content.topic(slug) for slug in content.TOPICS]
    claims = [record for topic in topics for record in index_records.claim_records(topic)]
    sources = {**{key: index_records.plain(record) for key, record in content.packs().sources.items()}}
    sources |= {**factories.source_records(), "x": factories.source_record(translator=[{"family": "T"}])}
    found = {
        "topics": [{**index_records.topic_summary(topic), "sha256": "0" * 64} for topic in topics],
        "claims": [*claims, *index_records.claim_records(factories.topic_edition())],
        "responses": [record for topic in topics for record in index_records.response_records(topic)],
        "passages": list(index_records.passage_records(content.article())),
        "sources": [{"key": key, "record": record} for key, record in sources.items()],
        "citations": [
            {**use, "topic_title": use["title"], "year": 2018, "record": sources[key]}
            for topic in [*topics, factories.topic_edition()]
            for key, use in index_records.topic_uses(topic)
            if "claim" in use
        ],
        "events": [record for topic in topics for record in index_records.event_records(topic)],
        "people": [
            {
                "person": "a-b",
                "name": "A. B",
                "positions": [{"topic": "t", "perspective": "p", "stance": "neutral"}] * 2,
                "states": ["t/s1"],
            }
        ],
    }
    return found[kind]


@pytest.mark.parametrize("kind", table.COLUMNS)
def test_every_record_is_a_row_and_every_column_is_filled(kind):
    found = records(kind)
    text = table.csv_text(kind, found)
    rows = read(text)
    assert len(rows) == len(found) > 0
    assert text.count("\r\n") == text.count("\n") == len(found) + 1
    assert list(rows[0]) == list(table.COLUMNS[kind])
    assert [column for column in table.COLUMNS[kind] if not any(row[column] for row in rows)] == []


def test_values_of_a_claim():
    [record] = [item for item in index_records.claim_records(factories.topic_edition()) if item["id"].endswith("/s1")]
    [row] = read(table.csv_text("claims", [record]))
    assert row["text"] == record["text"]
    assert row["is_authors_own"] == str(record["is_authors_own"]).lower()
    assert row["sources"] == "; ".join(cite["source"] for cite in record["cites"])


def test_counts_of_the_fixtures():
    topics = [*content.packs().topics, factories.topic_edition()]
    claims = [claim for one in topics for side in one.perspectives for claim in side.claims]
    assert len(records("claims")) == len(claims)
    assert len(records("responses")) == sum(len(content.topic(slug).responses) for slug in content.TOPICS)
    assert len(records("events")) == sum(len(content.topic(slug).events) for slug in content.TOPICS)


def test_names_are_written_family_first():
    record = {"author": [{"family": "Pratt", "given": "Ana"}, {"literal": "World Bank"}]}
    assert table.cell({"record": record}, "record.author[]") == "Pratt, Ana; World Bank"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20", "'=", "''-"])
def test_no_cell_is_a_formula(start):
    text = f"{start}cmd|' /C calc'!A0"
    [row] = read(table.csv_text("events", [{"topic": "t", "title": text, "cites": []}]))
    assert row["title"] == f"'{text}"


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'quoted' words", "'", "", "plain", "a=1"])
def test_a_program_has_every_text_back(text):
    written = table.guarded(text)
    assert (written[1:] if table.GUARDED.match(written) else written) == text


def test_quotes_commas_and_line_breaks_come_back():
    text = 'a "b", c\r\nd\ne; f'
    [row] = read(table.csv_text("events", [{"topic": "t", "title": text}]))
    assert row["title"] == text


def test_an_empty_list_has_its_head():
    assert table.csv_text("responses", []) == "topic,from,type,to,note\r\n"


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        table.csv_text("odd", [])
