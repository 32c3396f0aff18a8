"""The fixtures: valid, balanced, kept in the form of a dump, as many as promised, and aligned."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from perspectives.rules.documents.packs import Known, Packs, parse
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import balance
from perspectives.rules.publication.index_records import plain
from perspectives.rules.topics.alignment import rows
from perspectives.vocab import Stance
from tests import factories
from tests.rules.strategies import dumped, files

FIXTURES = Path(__file__).parents[3] / "fixtures"
TOPICS = sorted(path.stem for path in (FIXTURES / "topics").glob("*.yaml"))


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return {path.relative_to(FIXTURES).as_posix(): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}


@pytest.fixture(scope="module")
def packs(contents: Mapping[str, bytes]) -> Packs:
    found, problems = parse(contents, Known())
    assert problems == []
    return found


def test_counts(packs: Packs) -> None:
    assert len(packs.topics) == len(TOPICS) == 25
    claims = sum(len(side.claims) for topic in packs.topics for side in topic.perspectives)
    readme = re.search(r"(\d+) topics, (\d+) claims, (\d+) sources", (FIXTURES.parent / "README.md").read_text())
    assert readme
    assert tuple(map(int, readme.groups())) == (len(TOPICS), claims, len(packs.sources))


def test_fixtures_are_kept_in_the_form_of_a_dump(packs: Packs, contents: Mapping[str, bytes]) -> None:
    again = files(dumped(packs))
    assert set(again) == set(contents)
    assert [name for name in again if again[name] != contents[name]] == []


def test_footbridge_is_kept_in_the_form_of_a_dump() -> None:
    assert files(dumped(parse(factories.packs(), Known())[0])) == factories.packs()


def test_no_quotation_of_the_guide_says_more_than_its_source(packs: Packs) -> None:
    assert packs.article is not None
    assert balance.broken_in_guide(packs.article, packs.sources) == ()


@pytest.mark.parametrize("slug", TOPICS)
def test_topic_passes_the_gate_and_aligns(packs: Packs, slug: str) -> None:
    topic = next(topic for topic in packs.topics if topic.topic == slug)
    assert balance.broken(topic, packs.sources) == ()
    assert packs.article is not None
    guide = plain(packs.article)
    head = {name: guide[name] for name in ("article", "source", "author", "author_short", "title")}
    edition = TopicEdition.model_validate(
        {**plain(topic), "edition": 1, "article_head": head, "sources": packs.sources}
    )
    found = rows(edition)
    authors = [claim.id for side in topic.perspectives if side.stance is Stance.AUTHOR for claim in side.claims]
    assert [row.lead.claim.id for row in found][: len(authors)] == authors
    for row in found[: len(authors)]:
        assert not any(cell.is_silent for cell in row.cells), "each author claim is answered, or the gap is said"
    assert any(row.lead.is_authors_own for row in found)
    shown = {answer.voice.claim.id for row in found for cell in row.cells for answer in cell.answers}
    assert shown == {claim.id for side in topic.perspectives for claim in side.claims}
