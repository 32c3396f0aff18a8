"""Packs loaded alone may refer to what the database holds, and may not contradict it."""

from typing import Any

import pytest

from perspectives.rules.documents.packs import Known, parse
from tests import factories
from tests.rules.broken.rows import ARTICLE, MISSING, OTHER, SOURCES, TOPIC, Change, edited, every, raw, without

CLAIMS = frozenset(
    f"{slug}/{claim['id']}"
    for slug in (factories.TOPIC, factories.OTHER_TOPIC)
    for side in factories.topic_document(slug)["perspectives"]
    for claim in side["claims"]
)


def known(**changes: Any) -> Known:
    """Say what the database holds after the folder was loaded."""
    fields: dict[str, Any] = {
        "sources": frozenset(factories.source_records()),
        "articles": {factories.ARTICLE: factories.ARTICLE_SOURCE},
        "topics": {factories.TOPIC: factories.ARTICLE, factories.OTHER_TOPIC: factories.ARTICLE},
        "claims": CLAIMS,
        "passages": {
            "replace-or-repair/s1": f"{factories.ARTICLE}/p1",
            "who-should-pay/s1": f"{factories.ARTICLE}/p2",
            "replace-or-repair/s2": f"{factories.ARTICLE}/p2",
        },
        "orders": {(factories.ARTICLE, 10): factories.TOPIC, (factories.ARTICLE, 20): factories.OTHER_TOPIC},
        "dois": {"10.5555/bridges.2018.14": "pratt2018timber"},
    }
    return Known(**{**fields, **changes})


def only(file: str, *changes: Change) -> dict[str, bytes]:
    return {file: every(*changes)(factories.packs())[file]}


def places(files: dict[str, bytes], holds: Known) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in parse(files, holds)[1]]


def test_folder_may_be_loaded_again() -> None:
    assert places(factories.packs(), known()) == []


@pytest.mark.parametrize("file", [ARTICLE, SOURCES, TOPIC, OTHER])
def test_each_file_may_be_loaded_alone_into_what_is_there(file: str) -> None:
    assert places(only(file), known()) == []


def test_topic_alone_needs_its_article_and_sources() -> None:
    found = places(only(OTHER), Known())
    assert found[0].startswith("article: 'ellingwood-2021-footbridge' is not a known article; load its")
    keys = [line.split("'")[1] for line in found[1:]]
    assert set(keys) == {
        cite["source"]
        for side in factories.topic_document(factories.OTHER_TOPIC)["perspectives"]
        for claim in side["claims"]
        for cite in claim["cites"]
    }


def test_guide_alone_needs_its_topics_and_claims() -> None:
    found = places(only(ARTICLE), known(topics={}, claims=frozenset()))
    assert [line.split(":")[0] for line in found] == [
        "passages[0].topics[0]",
        "passages[0].claims[0]",
        "passages[1].topics[0]",
        "passages[1].topics[1]",
        "passages[1].claims[0]",
        "passages[1].claims[1]",
    ]


def test_claim_that_a_loaded_topic_no_longer_has_is_unknown() -> None:
    files = every(edited(TOPIC, "perspectives[0].claims[0].id", "s4"), edited(TOPIC, "responses", []))(
        factories.packs()
    )
    assert places(files, known()) == [
        "passages[0].claims[0]: 'replace-or-repair/s1' is not a known claim; correct the id",
    ]


def test_claims_of_other_topics_stay_known() -> None:
    files = {name: content for name, content in factories.packs().items() if name in {ARTICLE, OTHER}}
    assert places(files, known()) == []


def test_topic_may_not_lose_a_claim_that_a_standing_guide_names() -> None:
    files = only(TOPIC, edited(TOPIC, "perspectives[0].claims[0].id", "s4"), edited(TOPIC, "responses", []))
    assert places(files, known()) == [
        (
            "perspectives: lacks the claim 'replace-or-repair/s1', which the passage 'ellingwood-2021-footbridge/p1' "
            "names; keep its id or load the guide too"
        ),
    ]


def test_topic_may_lose_a_claim_that_the_guide_beside_it_no_longer_names() -> None:
    changes = (
        edited(TOPIC, "perspectives[0].claims[0].id", "s4"),
        edited(TOPIC, "responses", []),
        edited(ARTICLE, "passages[0].claims", MISSING),
    )
    assert places(every(*changes)(factories.packs()), known()) == []
    other_guide = known(passages={"replace-or-repair/s1": "another-article/p7"})
    assert len(places(every(*changes)(factories.packs()), other_guide)) == 1


def test_nothing_is_said_of_lost_claims_where_claims_cannot_be_read() -> None:
    found = places(only(TOPIC, edited(TOPIC, "perspectives", "none")), known())
    assert [line.split(":")[0] for line in found] == ["perspectives"]


def test_topic_may_not_move_to_another_article() -> None:
    holds = known(
        topics={factories.TOPIC: "another-article"}, articles={factories.ARTICLE: "x", "another-article": "y"}
    )
    assert places(only(TOPIC), holds) == [
        "topic: is already a topic of the article 'another-article'; choose another slug"
    ]


def test_order_of_a_standing_topic_is_taken() -> None:
    holds = known(orders={(factories.ARTICLE, 10): "a-third-topic"})
    assert places(only(TOPIC), holds) == ["order: 10 is the order of another topic too; give each its own"]
    assert places(only(TOPIC), known(orders={("another-article", 10): "a-third-topic"})) == []
    assert places(only(TOPIC), known(orders={(factories.ARTICLE, 11): "a-third-topic"})) == []


def test_two_topics_may_exchange_their_order() -> None:
    files = every(edited(TOPIC, "order", "20"), edited(OTHER, "order", "10"))(factories.packs())
    assert places(files, known()) == []
    assert places({TOPIC: files[TOPIC]}, known()) == ["order: 20 is the order of another topic too; give each its own"]


def test_missing_order_or_article_is_no_shared_order() -> None:
    files = every(edited(TOPIC, "order", MISSING), edited(OTHER, "order", MISSING))(factories.packs())
    assert places(files, Known()) == ["order: is missing; add 'order:'"] * 2


def test_doi_of_a_standing_source_is_taken() -> None:
    record = factories.source_record()
    files = {SOURCES: raw(SOURCES, b"")({})[SOURCES] + b"new2020:\n  DOI: 10.5555/Bridges.2018.14\n"}
    assert "new2020.DOI: is also the DOI of 'pratt2018timber'; keep one record and cite that" in places(files, known())
    assert record["DOI"] == "10.5555/bridges.2018.14"


def test_doi_may_move_to_another_key_of_the_same_load() -> None:
    changes = (
        edited(SOURCES, "pratt2018timber.DOI", MISSING),
        edited(SOURCES, "weir2016cost.DOI", "10.5555/bridges.2018.14"),
    )
    assert places(only(SOURCES, *changes), known()) == []


def test_source_of_another_article_is_taken() -> None:
    holds = known(articles={"another-article": factories.ARTICLE_SOURCE, "a-third": "x"})
    assert places(factories.packs(), holds) == [
        "source: is already the source of the article 'another-article'; an article is loaded under one slug",
    ]


def test_fragment_of_a_standing_article_is_limited_too() -> None:
    path = "perspectives[0].claims[0].cites[0].quote"
    found = places(only(TOPIC, edited(TOPIC, path, " ".join(["word"] * 13))), known())
    assert found == [f"{path}: quotes 13 words of the article; quote at most 12"]


def test_sources_of_the_load_and_of_the_database_count_together() -> None:
    sources = edited(SOURCES, "weir2016cost", MISSING)(factories.packs())
    assert places({SOURCES: sources[SOURCES], TOPIC: sources[TOPIC]}, known()) == []


def test_folder_without_sources_needs_known_ones() -> None:
    found = places(without(SOURCES)(factories.packs()), Known(sources=frozenset({"weir2016cost"})))
    assert (
        "bibliography[0].source: 'okoro2020spans' is not a known source; add it to sources.yaml or correct the key"
        in found
    )
    assert not any("weir2016cost" in line for line in found)


def test_article_slug_that_cannot_be_read_raises_no_false_alarm() -> None:
    files = edited(ARTICLE, "article", MISSING)(factories.packs())
    assert places(files, Known()) == ["article: is missing; add 'article:'"]


def test_topic_slug_that_cannot_be_read_is_taken_from_the_files_name() -> None:
    files = edited(TOPIC, "topic", ["x"])(factories.packs())
    assert places(files, Known()) == ["topic: is a list; write one text here"]
