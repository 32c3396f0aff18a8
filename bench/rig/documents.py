"""Synthetic topics in the shape of the real ones: every text is new words of the same lengths, every id is its own.

A series is one article with one copy of each real topic and of each source, so any number of series has the real
topics' distribution of perspectives, claims, citations, responses, events, sources and bytes. The same number gives
the same texts on every machine.
"""

import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from perspectives.rules.documents import consistency, yaml_text
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.canonical_json import canonical_json
from perspectives.rules.sources.source_record import SourceRecord

Plain = dict[str, Any]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = frozenset(
    (
        *("id", "stance", "kind", "type", "relation", "from", "to", "claim", "date", "order", "period", "tags"),
        *(
            "quote_status",
            "quote_seen_on",
            "quote_language",
            "issued",
            "original-date",
            "accessed",
            "page",
            "volume",
            "issue",
            "number",
        ),
        *("ISBN", "URL", "language", "category", "checked", "edition", "section", "term"),
    )
)
"""Fields whose values are codes, dates or references within the topic; all other texts get new words."""


@dataclass(frozen=True)
class Series:
    """An article's head, the topics that it raises, and the records of the sources that they mention."""

    article: Plain
    topics: list[TopicDocument]
    sources: dict[str, SourceRecord]


@cache
def real() -> Series:
    """Read the real topics of `fixtures/`."""
    article = yaml_text.read((FIXTURES / "article.yaml").read_bytes()).data
    head = {name: article[name] for name in ("article", "source", "author", "author_short", "title", "selector_note")}
    files = sorted((FIXTURES / "topics").glob("*.yaml"))
    topics = [TopicDocument.model_validate(yaml_text.read(file.read_bytes()).data) for file in files]
    sources = yaml_text.read((FIXTURES / "sources.yaml").read_bytes()).data
    return Series(head, topics, {key: SourceRecord.model_validate(record) for key, record in sources.items()})


def synthetic(topics: int) -> Iterator[Series]:
    """Give `topics` topics as series of as many as are real (the last may be shorter)."""
    length = len(real().topics)
    for number, first in enumerate(range(0, topics, length)):
        yield _series(number, min(length, topics - first))


def _series(number: int, length: int) -> Series:
    chance = random.Random(number)
    writer = _Writer(chance, number)
    chosen = chance.sample(real().topics, length)
    topics = [TopicDocument.model_validate(writer.topic(plain(topic))) for topic in chosen]
    article = writer.article(real().article)
    mentioned = consistency.all_source_keys(topics) | {article["source"]}
    records = {
        writer.key(key): SourceRecord.model_validate(writer.record(plain(record)))
        for key, record in real().sources.items()
        if writer.key(key) in mentioned
    }
    return Series(article, topics, records)


def plain(part: TopicDocument | SourceRecord) -> Plain:
    """Write a document as a pack holds it."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


class _Writer:
    """Writes the copies of one series."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.chance = chance
        self.number = number
        self.people: dict[str, str] = {}

    def topic(self, topic: Plain) -> Plain:
        """Copy a topic, without words for teachers, in which the gate would take made-up words for names."""
        cruxes = [{name: crux[name] for name in crux if name != "prompts"} for crux in topic["cruxes"]]
        told = {name: value for name, value in topic.items() if name != "teaching"} | {"cruxes": cruxes}
        return {**self.part(told), "topic": self.key(topic["topic"]), "article": self.key(topic["article"])}

    def article(self, article: Plain) -> Plain:
        """Copy an article's head."""
        copy: Plain = {**self.part(article), "article": self.key(article["article"])}
        return {**copy, "author": self.person(article["author"])}

    def record(self, record: Plain) -> Plain:
        """Copy a source; its DOI stays one, but another."""
        doi = {"DOI": f"{record['DOI']}.{self.number}"} if "DOI" in record else {}
        return {**self.part({name: value for name, value in record.items() if name != "DOI"}), **doi}

    def key(self, key: str) -> str:
        """Make an identifier that no other series has."""
        return f"{key}-{self.number}"

    def part(self, value: Any, name: str = "") -> Any:
        """Copy any value with new words."""
        if name == "held_by" and isinstance(value, dict):
            return self.person(value["name"])
        if isinstance(value, dict):
            copy = {field: inner if field in _KEPT else self.part(inner, field) for field, inner in value.items()}
            # Copies have no roles: the note names everybody, as the gate asks.
            return copy | ({"held_by_note": ", ".join(copy["held_by"])} if copy.get("held_by") else {})
        if isinstance(value, list):
            return [self.part(inner, name) for inner in value]
        if not isinstance(value, str):
            return value
        if name == "source":
            return self.key(value)
        return self.person(value) if name == "held_by" else self.words(value)

    def person(self, name: str) -> str:
        """Rename somebody, always alike within the series."""
        if name not in self.people:
            self.people[name] = f"{self.words(name)} {self.number}.{len(self.people)}"
        return self.people[name]

    def words(self, text: str) -> str:
        """Replace each word by one of the same length, as frequent as it is in the real texts."""
        return _WORD.sub(lambda match: self.word(match[0]), text)

    def word(self, word: str) -> str:
        """Draw a word of the same length and case."""
        drawn = self.chance.choice(_vocabulary()[len(word)])
        if word.isupper() and len(drawn) > 1:
            return drawn.upper()
        return drawn.capitalize() if word[0].isupper() else drawn


@cache
def _vocabulary() -> Mapping[int, list[str]]:
    """List the words of the real texts by length, each as often as it stands there."""
    words: dict[int, list[str]] = defaultdict(list)
    texts = [*(plain(topic) for topic in real().topics), *(plain(record) for record in real().sources.values())]
    for text in _texts(texts):
        for word in _WORD.findall(text):
            if len(word.lower()) == len(word.upper()) == len(word):  # some letters change their length with their case
                words[len(word)].append(word.lower())
    return words


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _KEPT:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def common_words(count: int, shortest: int = 6) -> list[str]:
    """Name the words of at least `shortest` letters that stand most often in the texts."""
    counts = Counter(word for length, words in _vocabulary().items() if length >= shortest for word in words)
    return [word for word, _ in counts.most_common(count)]


def median_shape(series: Iterable[Series]) -> dict[str, float]:
    """Give the median topic in figures; bytes are those of its edition."""
    rows = [_shape(topic, one) for one in series for topic in one.topics]
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def _shape(topic: TopicDocument, series: Series) -> dict[str, int]:
    keys = consistency.all_source_keys([topic]) | {series.article["source"]}
    head = {name: value for name, value in series.article.items() if name != "selector_note"}
    sources = {key: plain(series.sources[key]) for key in keys}
    body = canonical_json({**plain(topic), "edition": 1, "article_head": head, "sources": sources})
    claims = [claim for side in topic.perspectives for claim in side.claims]
    cited = [item.cites for items in (claims, topic.common_ground, topic.events) for item in items]
    return {
        "perspectives": len(topic.perspectives),
        "claims": len(claims),
        "citations": sum(len(cites) for cites in cited),
        "responses": len(topic.responses),
        "events": len(topic.events),
        "sources": len(keys),
        "bytes": len(body),
    }
