"""The content of `fixtures/` as published documents, read once; no database."""

from functools import cache
from pathlib import Path
from typing import Any

from perspectives.rules.documents import consistency, yaml_text
from perspectives.rules.documents.article_document import ArticleDocument, ArticleEdition
from perspectives.rules.documents.pack_references import Known
from perspectives.rules.documents.packs import Packs, parse
from perspectives.rules.documents.topic_document import TopicDocument, TopicEdition
from perspectives.rules.publication.index_records import plain

FIXTURES = Path(__file__).parents[1] / "fixtures"
TOPICS = sorted(path.stem for path in (FIXTURES / "topics").glob("*.yaml"))
FEW = ("bucharest-summit-2008", "minsk-ii", "nato-expansion-assurances")
"""Enough for a whole system: its workers format every topic, on the cores on which the tests run."""


@cache
def files() -> dict[str, bytes]:
    """Give the fixtures: file name -> bytes."""
    return {path.relative_to(FIXTURES).as_posix(): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}


@cache
def few_files() -> dict[str, bytes]:
    """Give a folder of the `FEW` topics, what the guide says of them, and the sources of both."""
    guide = yaml_text.read(files()["article.yaml"]).data
    guide["passages"] = list(filter(None, map(_of_few, guide["passages"])))
    chosen = (one for one in packs().topics if one.topic in FEW)
    documents: list[TopicDocument | ArticleDocument] = [ArticleDocument.model_validate(guide), *chosen]
    needed = consistency.all_source_keys(documents)
    records = yaml_text.read(files()["sources.yaml"]).data
    sources = {key: record for key, record in records.items() if key in needed | {guide["source"]}}
    topics = {name: files()[name] for name in (f"topics/{slug}.yaml" for slug in FEW)}
    made = {"article.yaml": guide, "sources.yaml": sources}
    return topics | {name: yaml_text.write(document).encode() for name, document in made.items()}


def _of_few(passage: Any) -> Any:
    """Give what a passage says of the `FEW` topics, None where that is nothing."""
    about = {
        "topics": [slug for slug in passage["topics"] if slug in FEW],
        "claims": [name for name in passage.get("claims", ()) if name.partition("/")[0] in FEW],
        "findings": [finding for finding in passage.get("findings", ()) if finding["topic"] in FEW],
    }
    rest = {name: value for name, value in passage.items() if name not in about}
    return {**rest, **{name: value for name, value in about.items() if value}} if about["topics"] else None


@cache
def packs() -> Packs:
    """Give all packs of the fixtures."""
    found, problems = parse(files(), Known())
    assert problems == []
    return found


def cited(document: TopicDocument | ArticleDocument) -> dict[str, Any]:
    """Give the records of the sources that a document mentions, by citekey."""
    return {key: packs().sources[key] for key in sorted(consistency.all_source_keys([document]))}


def guide_document() -> ArticleDocument:
    """Give the guide through the article."""
    guide = packs().article
    assert guide is not None
    return guide


@cache
def topic(slug: str) -> TopicEdition:
    """Give a topic as its first edition, with the sources that it cites."""
    guide = plain(guide_document())
    head = {name: guide[name] for name in ("article", "source", "author", "author_short", "title")}
    draft = next(topic for topic in packs().topics if topic.topic == slug)
    sources = cited(draft) | {guide["source"]: packs().sources[guide["source"]]}
    return TopicEdition.model_validate({**plain(draft), "edition": 1, "article_head": head, "sources": sources})


@cache
def article() -> ArticleEdition:
    """Give the article guide as its first edition."""
    guide = guide_document()
    return ArticleEdition.model_validate({**plain(guide), "edition": 1, "sources": cited(guide)})
