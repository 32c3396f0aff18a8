"""The content of `fixtures/` as published documents, read once; no database."""

from functools import cache
from pathlib import Path

from perspectives.rules.article_document import ArticleEdition
from perspectives.rules.document import TopicEdition
from perspectives.rules.index import plain
from perspectives.rules.packs import Known, Packs, parse

FIXTURES = Path(__file__).parents[1] / "fixtures"
TOPICS = sorted(path.stem for path in (FIXTURES / "topics").glob("*.yaml"))


@cache
def packs() -> Packs:
    """Give all packs of the fixtures."""
    contents = {path.relative_to(FIXTURES).as_posix(): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}
    found, problems = parse(contents, Known())
    assert problems == []
    return found


@cache
def topic(slug: str) -> TopicEdition:
    """Give a topic as its first edition, with all sources embedded."""
    guide = plain(packs().article)
    head = {name: guide[name] for name in ("article", "source", "author", "author_short", "title")}
    draft = next(topic for topic in packs().topics if topic.topic == slug)
    return TopicEdition.model_validate({**plain(draft), "edition": 1, "article_head": head, "sources": packs().sources})


@cache
def article() -> ArticleEdition:
    """Give the article guide as its first edition."""
    return ArticleEdition.model_validate({**plain(packs().article), "edition": 1, "sources": packs().sources})
