"""The dataset: everything that is published as one zip.

Its bytes follow from what is published, and from the name of the site alone, which is in the addresses of the graph.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perspectives.rules.formats.table import csv_text
from perspectives.rules.publication import dataset_descriptions, dataset_readme, index_records
from perspectives.rules.publication.canonical_json import sha256

Manifest = dict[str, Any]

FORM = f"{index_records.FORM}.6"
"""The form of the index, whose records the dataset holds, and of the dataset: raise the second with changes here and of
`docs/data-card.md`."""
KINDS = ("topics", "claims", "responses", "events", "people", "passages", "sources")
MANIFEST = "manifest.json"
DATA_PACKAGE = "datapackage.json"
CARD = "DATA-CARD.md"
GRAPH = "graph.ttl"
SHAPES = "shapes.ttl"
RETRACTIONS = "retractions.jsonl"
CHECKS = "checks.jsonl"
CONFIRMATIONS = "confirmations.jsonl"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "ttl": "text/turtle",
    "txt": "text/plain",
}
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell of a file: a true one would differ each time."""
_UNIX = 3
_READABLE_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Head:
    """What the dataset is of: its state, and when the last of its editions was published."""

    state: str
    published_at: datetime


@dataclass(frozen=True)
class File:
    """A file of the dataset; `rows` tells how many records a list has."""

    name: str
    body: bytes
    rows: int | None = None


def state(hashes: Iterable[str], *lists: File) -> str:
    """Name what is published by its hashes: the SHA-256 of those of its editions, and of the `lists` of what changes.

    They are sorted, each ended by a line feed.
    """
    return sha256("".join(f"{one}\n" for one in sorted([*hashes, *(sha256(one.body) for one in lists)])).encode())


def edition_files(folder: str, editions: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Give editions, each a slug and the stored bytes, as files of `editions/<folder>/`."""
    for slug, body in editions:
        yield File(f"editions/{folder}/{slug}.json", body)


def lines_file(name: str, records: Sequence[str]) -> File:
    """Give records, each written as JSON, as lines of JSON."""
    return File(name, "".join(f"{record}\n" for record in records).encode(), len(records))


def list_files(kind: str, records: Sequence[str]) -> Iterator[File]:
    """Give the records of a kind, each written as JSON, as lines of JSON and as a table."""
    yield lines_file(f"{kind}.jsonl", records)
    yield File(f"{kind}.csv", csv_text(kind, map(json.loads, records)).encode(), len(records))


def pack(head: Head, files: Iterable[File]) -> tuple[bytes, Manifest]:
    """Write `files` into a zip, one at a time, between README and licence and what describes them; give both."""
    stream = io.BytesIO()
    entries: list[Mapping[str, Any]] = []
    with ZipFile(stream, "w") as archive:
        for file in chain(_words(head), files, _described(head, entries)):
            _write(archive, file.name, file.body)
            entries.append(_entry(file))
        manifest = _manifest(head, entries)
        _write(archive, MANIFEST, _json(manifest))
    return stream.getvalue(), manifest


def file_name(of_state: str) -> str:
    """Name the zip of a state."""
    return f"debatekb-{of_state[:12]}.zip"


def _words(head: Head) -> Iterator[File]:
    yield File("README.md", dataset_readme.readme(head.state, head.published_at).encode())
    yield File("LICENSE.txt", dataset_readme.LICENCE_TEXT.encode())


def _described(head: Head, entries: Sequence[Mapping[str, Any]]) -> Iterator[File]:
    """Describe the tables among the files that were written so far."""
    package = dataset_descriptions.data_package(head.state, head.published_at.isoformat(), entries)
    yield File(DATA_PACKAGE, _json(package))


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def _write(archive: ZipFile, name: str, body: bytes) -> None:
    info = ZipInfo(name, date_time=_FIRST_MOMENT)
    info.create_system = _UNIX
    info.external_attr = _READABLE_FILE
    archive.writestr(info, body, compress_type=ZIP_DEFLATED, compresslevel=9)


def _entry(file: File) -> Mapping[str, Any]:
    entry = {
        "name": file.name,
        "media_type": _MEDIA_TYPES[file.name.rsplit(".", 1)[1]],
        "bytes": len(file.body),
        "sha256": sha256(file.body),
    }
    return entry if file.rows is None else {**entry, "rows": file.rows}


def _manifest(head: Head, entries: Sequence[Mapping[str, Any]]) -> Manifest:
    return {
        "state": head.state,
        "form": FORM,
        "published_at": head.published_at.isoformat(),
        "licence": dataset_readme.LICENCE,
        "files": entries,
    }
