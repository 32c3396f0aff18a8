"""A folder of packs, from files' bytes to validated documents, with every problem found in one run.

A folder holds `article.yaml`, `sources.yaml` and `topics/<slug>.yaml`; any part may be missing when the database
already knows what the others refer to.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from perspectives.rules import consistency, yaml_text
from perspectives.rules.article_document import ArticleDocument
from perspectives.rules.document import TopicDocument
from perspectives.rules.fields import CiteKey
from perspectives.rules.problems import Path, Problem, from_validation, written
from perspectives.rules.source_record import SourceRecord

ARTICLE_FILE = "article.yaml"
SOURCES_FILE = "sources.yaml"
TOPICS_FOLDER = "topics"

Model = TypeVar("Model", bound=BaseModel)
_SOURCES: TypeAdapter[dict[str, SourceRecord]] = TypeAdapter(dict[CiteKey, SourceRecord])


@dataclass(frozen=True)
class Known:
    """What the database already holds, so that a pack loaded alone may refer to it."""

    sources: frozenset[str] = frozenset()
    articles: Mapping[str, str] = field(default_factory=dict)
    """Article slug -> citekey of the article."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Topic slug -> slug of its article."""
    claims: frozenset[str] = frozenset()
    """Public ids of claims, such as `minsk-ii/s2`."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """Public id of a claim -> a passage (`article/id`) that names it."""
    orders: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Article slug and order -> slug of the topic that stands there."""
    dois: Mapping[str, str] = field(default_factory=dict)
    """DOI in small letters -> citekey of the source that has it."""


@dataclass
class Packs:
    """Validated documents, ready to be loaded."""

    sources: dict[str, SourceRecord] = field(default_factory=dict)
    article: ArticleDocument | None = None
    topics: list[TopicDocument] = field(default_factory=list)


def parse(files: Mapping[str, bytes], known: Known) -> tuple[Packs, list[Problem]]:
    """Validate `files` (names relative to the folder, with `/`). The packs may be used only if there is no problem."""
    reader = _Reader(known)
    for name in sorted(files):
        reader.read(name, files[name])
    if not files:
        reader.report("", (), f"holds no packs; expected {ARTICLE_FILE}, {SOURCES_FILE} or {TOPICS_FOLDER}/*.yaml")
    if not reader.problems:
        reader.check_references()
    return reader.packs, sorted(reader.problems)


class _Reader:
    """Collects documents and problems file by file."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.packs = Packs()
        self.problems: list[Problem] = []
        self.trees: dict[str, yaml_text.Tree] = {}
        self.topic_files: dict[str, str] = {}

    def report(self, file: str, path: Path, message: str) -> None:
        line = self.trees[file].line(path) if file in self.trees else 0
        self.problems.append(Problem(file, line, written(path), message))

    def report_all(self, file: str, found: Iterable[tuple[Path, str]]) -> None:
        for path, message in found:
            self.report(file, path, message)

    def read(self, name: str, content: bytes) -> None:
        """Read one file into the packs, or report why not."""
        place = PurePosixPath(name)
        is_topic = place.parent.name == TOPICS_FOLDER and place.suffix == ".yaml"
        if place.name not in {ARTICLE_FILE, SOURCES_FILE} and not is_topic:
            self.report(name, (), f"is no pack; name it {ARTICLE_FILE}, {SOURCES_FILE} or {TOPICS_FOLDER}/<slug>.yaml")
            return
        try:
            self.trees[name] = yaml_text.read(content)
        except yaml_text.UnreadableError as error:
            self.problems.append(Problem(name, error.line, "", str(error)))
            return
        data = self.trees[name].data
        if is_topic:
            self._take_topic(name, data)
        elif place.name == ARTICLE_FILE:
            self._take_article(name, data)
        else:
            self._take_sources(name, data)

    def _validated(self, name: str, model: type[Model], data: Any) -> Model | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.report_all(name, from_validation(error, model))
            return None

    def _take_sources(self, name: str, data: Any) -> None:
        try:
            self.packs.sources = _SOURCES.validate_python(data)
        except ValidationError as error:
            self.report_all(name, from_validation(error, SourceRecord))
            return
        keys_of = {doi: key for doi, key in self.known.dois.items() if key not in self.packs.sources}
        for key, record in self.packs.sources.items():
            if record.DOI and (other := keys_of.setdefault(record.DOI.lower(), key)) != key:
                self.report(name, (key, "DOI"), f"is also the DOI of '{other}'; keep one record and cite that")

    def _take_article(self, name: str, data: Any) -> None:
        if article := self._validated(name, ArticleDocument, data):
            self.packs.article = article
            self.report_all(name, consistency.check_article(article))

    def _take_topic(self, name: str, data: Any) -> None:
        if topic := self._validated(name, TopicDocument, data):
            if PurePosixPath(name).stem != topic.topic:
                self.report(name, ("topic",), f"is '{topic.topic}', but the file's name is not; make them equal")
            self.packs.topics.append(topic)
            self.topic_files[topic.topic] = name

    def check_references(self) -> None:
        """Check what one file says of another, or of what the database holds."""
        articles = dict(self.known.articles)
        if self.packs.article:
            articles[self.packs.article.article] = self.packs.article.source
        sources = {*self.known.sources, *self.packs.sources}
        order = Counter((topic.article, topic.order) for topic in self.packs.topics)
        for topic in self.packs.topics:
            name = self.topic_files[topic.topic]
            if topic.article not in articles:
                self.report(name, ("article",), f"'{topic.article}' is not a known article; load its article.yaml too")
            elif (owner := self.known.topics.get(topic.topic, topic.article)) != topic.article:
                self.report(name, ("topic",), f"is already a topic of the article '{owner}'; choose another slug")
            standing = self.known.orders.get((topic.article, topic.order), topic.topic)
            if order[topic.article, topic.order] > 1 or standing not in {topic.topic, *self.topic_files}:
                self.report(name, ("order",), f"{topic.order} is the order of another topic too; give each its own")
            self.report_all(name, consistency.check_topic(topic, articles.get(topic.article)))
            self.report_all(name, consistency.unknown_keys(consistency.topic_source_keys(topic), sources))
            self._check_claims_of_guides(name, topic)
        if self.packs.article:
            self._check_guide(self.packs.article, sources)

    def _check_claims_of_guides(self, name: str, topic: TopicDocument) -> None:
        """A guide that stays as it is must not lose a claim that it names."""
        kept = {f"{topic.topic}/{claim.id}" for side in topic.perspectives for claim in side.claims}
        replaced = self.packs.article.article if self.packs.article else None
        for ref, passage in self.known.passages.items():
            if ref.split("/")[0] == topic.topic and ref not in kept and passage.split("/")[0] != replaced:
                self.report(
                    name,
                    ("perspectives",),
                    f"lacks the claim '{ref}', which the passage '{passage}' names; keep its id or load the guide too",
                )

    def _check_guide(self, article: ArticleDocument, sources: set[str]) -> None:
        name = next(file for file in self.trees if PurePosixPath(file).name == ARTICLE_FILE)
        self.report_all(name, consistency.unknown_keys(consistency.article_source_keys(article), sources))
        loaded = {topic.topic for topic in self.packs.topics}
        topics = {*self.known.topics, *loaded}
        claims = {claim for claim in self.known.claims if claim.split("/")[0] not in loaded}
        claims |= {
            f"{topic.topic}/{claim.id}"
            for topic in self.packs.topics
            for side in topic.perspectives
            for claim in side.claims
        }
        for i, passage in enumerate(article.passages):
            for j, slug in enumerate(passage.topics):
                if slug not in topics:
                    self.report(name, ("passages", i, "topics", j), f"'{slug}' is not a known topic; load its pack too")
            for j, ref in enumerate(passage.claims):
                if ref not in claims:
                    self.report(name, ("passages", i, "claims", j), f"'{ref}' is not a known claim; correct the id")
