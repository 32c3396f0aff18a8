"""Filling a database with synthetic topics by the very actions that load and publish packs."""

from bench.rig.documents import Series, plain
from perspectives.actions.documents import packs
from perspectives.actions.documents.packs import AT_ONCE
from perspectives.actions.publication import publishing
from perspectives.models import Topic
from perspectives.policy import OPERATOR
from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.packs import ARTICLE_FILE, SOURCES_FILE, TOPICS_FOLDER


def files(series: Series) -> dict[str, bytes]:
    """Write a series as the files of a folder of packs."""
    documents = {
        ARTICLE_FILE: series.article,
        SOURCES_FILE: {key: plain(record) for key, record in series.sources.items()},
        **{f"{TOPICS_FOLDER}/{topic.topic}.yaml": plain(topic) for topic in series.topics},
    }
    return {name: yaml_text.write(document).encode() for name, document in documents.items()}


def load(folder: dict[str, bytes]) -> None:
    """Validate the packs and write the drafts."""
    packs.load(files=folder, by=OPERATOR, show=lambda _: None)


def publish(slug: str) -> None:
    """Publish the first editions of an article's topics."""
    topics = list(Topic.objects.filter(article__slug=slug))
    for first in range(0, len(topics), AT_ONCE):
        publishing.publish_first(subjects=topics[first : first + AT_ONCE], by=OPERATOR)
