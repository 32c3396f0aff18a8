"""Packs in folders: reading their files, and writing what the database holds."""

from pathlib import Path

from perspectives.errors import NotFoundError
from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.packs import ARTICLE_FILE, SOURCES_FILE, THESAURUS_FILE, TOPICS_FOLDER, Packs
from perspectives.rules.documents.yaml_text import MAX_BYTES
from perspectives.rules.publication.index_records import plain


def files(path: Path) -> dict[str, bytes]:
    """Read the YAML files below a folder, or one file, by their names relative to the folder.

    A file longer than packs may be is read only far enough to be refused. Raises NotFoundError.
    """
    if path.is_file():
        folder = path.parent.parent if path.parent.name == TOPICS_FOLDER else path.parent
        found = [path]
    elif path.is_dir():
        folder, found = path, sorted({*path.rglob("*.yaml"), *path.rglob("*.yml")})
    else:
        raise NotFoundError(f"There is no file or folder '{path}'; give the folder that holds the packs.")
    return {file.relative_to(folder).as_posix(): _content(file) for file in found if file.is_file()}


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def texts(packs: Packs) -> dict[str, str]:
    """Write packs as files: name relative to the folder -> YAML text. The same packs always give the same texts."""
    written = {SOURCES_FILE: yaml_text.write({key: plain(packs.sources[key]) for key in sorted(packs.sources)})}
    if packs.thesaurus:
        written[THESAURUS_FILE] = yaml_text.write({name: list(terms) for name, terms in packs.thesaurus.items()})
    if packs.article:
        written[ARTICLE_FILE] = yaml_text.write(plain(packs.article))
    for topic in packs.topics:
        written[f"{TOPICS_FOLDER}/{topic.topic}.yaml"] = yaml_text.write(plain(topic))
    return written
