"""The content of `fixtures/` as published documents, read once; no database."""

from functools import cache
from pathlib import Path

from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.packs import Known, Packs, parse
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import plain

FIXTURES = Path(__file__).parents[1] / "fixtures"
TOPICS = sorted(path.stem for path in (FIXTURES / "topics").glob("*.yaml"))


@cache
def packs() -> Packs:
    """Give all packs of the fixtures."""
    contents = {path.relative_to(FIXTURES).as_posix(): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}
    found, problems = parse(contents, Known())
    assert problems == []
    return found


def cited(document):
    """Give the records of the sources that a document mentions, by citekey."""
    return {key: packs().sources[key] for key in sorted(consistency.all_source_keys([document]))}


@cache
def topic(slug: str) -> TopicEdition:
    """Give a topic as its first edition, with the sources that it cites."""
    guide = plain(packs().article)
    head = {name: guide[name] for name in ("article", "source", "author", "author_short", "title")}
    draft = next(topic for topic in packs().topics if topic.topic == slug)
    sources = cited(draft) | {guide["source"]: packs().sources[guide["source"]]}
    return TopicEdition.model_validate({**plain(draft), "edition": 1, "article_head": head, "sources": sources})


@cache
def article() -> ArticleEdition:
    """Give the article guide as its first edition."""
    guide = packs().article
    return ArticleEdition.model_validate({**plain(guide), "edition": 1, "sources": cited(guide)})
