"""The file of a backup: a tar of its parts and a manifest, and behind it the SHA-256 of all that.

`tar -tf` and `tar -xf` read it; not a byte of it, padding included, can change without being noticed.
"""

import hashlib
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
KEY = "secret-key"
_LAST_LINE = len(f"\nsha256 {'0' * 64}\n")
_CHUNK = 1_000_000


class BackupError(Exception):
    """A backup cannot be made or restored; the message is one sentence for people."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `parts` are SHA-256 by name, `counts` rows by table, `log` the last link's hash."""

    made_at: str
    application: str
    postgresql: str
    migrations: list[str]
    counts: dict[str, int]
    editions: str
    log: str
    secret_key: str
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write(file: Path, manifest: Manifest, parts: Mapping[str, Path]) -> None:
    """Write the backup whole or not at all, readable by its owner only. Raises BackupError."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as out:
            about = draft.with_suffix(".manifest")
            about.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
            try:
                with tarfile.open(fileobj=out, mode="w") as tar:
                    for name, path in {MANIFEST: about, **parts}.items():
                        tar.add(path, arcname=name, filter=_plain)
            finally:
                about.unlink()
            out.seek(0)
            out.write(_last_line(hashlib.file_digest(out, "sha256").hexdigest()))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise BackupError(f"{file} could not be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def checked(file: Path) -> Manifest:
    """Read the manifest of a backup of which every byte is as it was written. Raises BackupError."""
    try:
        with file.open("rb") as source:
            length = source.seek(0, os.SEEK_END) - _LAST_LINE
            if length < 0 or _last_line(_digest(source, length)) != _read_at(source, length):
                raise BackupError(f"{file} is damaged or no backup: its SHA-256 is not the one at its end.")
        with tarfile.open(file) as tar:
            about = json.loads(_member(tar, MANIFEST).read())
            if about.get("format") != FORMAT:
                raise BackupError(f"{file} has the form {about.get('format')} of backups; this version reads {FORMAT}.")
            manifest = Manifest(**about)
            for name, expected in manifest.parts.items():
                if _digest(_member(tar, name)) != expected:
                    raise BackupError(f"{file} is damaged: {name} is not what the manifest says.")
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{file} is no backup of Debate KB.") from error
    return manifest


def extract(file: Path, part: str, to: Path) -> Path:
    """Copy a part out of a checked backup and give its path."""
    with tarfile.open(file) as tar, to.open("wb") as out:
        shutil.copyfileobj(_member(tar, part), out)
    return to


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _last_line(digest: str) -> bytes:
    return f"\nsha256 {digest}\n".encode("ascii")


def _digest(source: IO[bytes], length: int | None = None) -> str:
    """Give the SHA-256 of the first bytes of a file, or of all of it."""
    digest = hashlib.sha256()
    left = source.seek(0, os.SEEK_END) if length is None else length
    source.seek(0)
    while left > 0:
        piece = source.read(min(left, _CHUNK))
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _read_at(source: IO[bytes], place: int) -> bytes:
    source.seek(place)
    return source.read()
