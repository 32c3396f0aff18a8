"""Builders of valid plain documents on a harmless invented subject: the footbridge of Nether Wending.

The documents themselves are the pack files of `tests/packs/footbridge/`, a second article with two topics.
"""

from pathlib import Path
from typing import Any

from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.packs import ARTICLE_FILE, SOURCES_FILE, TOPICS_FOLDER
from perspectives.rules.documents.topic_document import TopicEdition

Plain = dict[str, Any]

FOLDER = Path(__file__).parent / "packs" / "footbridge"
ARTICLE = "ellingwood-2021-footbridge"
ARTICLE_SOURCE = "ellingwood2021leave"
TOPIC = "replace-or-repair"
OTHER_TOPIC = "who-should-pay"
PERSON = "mara-ellingwood"


def topic_file(slug: str = TOPIC) -> str:
    """Name the file of a topic in a folder of packs."""
    return f"{TOPICS_FOLDER}/{slug}.yaml"


def packs() -> dict[str, bytes]:
    """Give a whole folder that passes validation and the balance gate: file name -> bytes."""
    return {str(path.relative_to(FOLDER)): path.read_bytes() for path in sorted(FOLDER.rglob("*.yaml"))}


def write_packs(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a folder of packs below `folder` and give it back."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def topic_document(slug: str = TOPIC, **changes: Any) -> Plain:
    """Give a topic that passes the gate; a slug other than the two of the folder makes a copy of the first."""
    template = slug if slug == OTHER_TOPIC else TOPIC
    return {**_read(topic_file(template)), "topic": slug, **changes}


def article_document(**changes: Any) -> Plain:
    """Give the article's guide."""
    return {**_read(ARTICLE_FILE), **changes}


def source_records() -> dict[str, Plain]:
    """Give all sources by citekey."""
    return dict(_read(SOURCES_FILE))


def source_record(**changes: Any) -> Plain:
    """Give one source: a peer-reviewed article with a DOI."""
    return {**source_records()["pratt2018timber"], **changes}


def topic_edition(slug: str = TOPIC, **changes: Any) -> TopicEdition:
    """Give a published topic; it embeds all sources of the folder unless `sources` says otherwise."""
    guide = article_document()
    head = {name: guide[name] for name in ("article", "source", "author", "author_short", "title")}
    more: Plain = {"edition": 1, "article_head": head, "sources": source_records()}
    return TopicEdition.model_validate({**topic_document(slug), **more, **changes})


def article_edition(**changes: Any) -> ArticleEdition:
    """Give the published guide."""
    return ArticleEdition.model_validate({**article_document(), "edition": 1, "sources": source_records(), **changes})


def _read(name: str) -> Plain:
    data: Plain = yaml_text.read((FOLDER / name).read_bytes()).data
    return data


def as_yaml(document: Plain) -> bytes:
    """Write a plain document as the bytes of a pack file."""
    return yaml_text.write(document).encode()
