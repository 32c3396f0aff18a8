"""Files of works as plain text, each read by a program of its own with limits of time, memory and output."""

import sys
from pathlib import Path
from typing import Final

from perspectives.clients import programs

MOST_BYTES: Final = 50_000_000
KINDS: Final = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".pdf": "pdf",
}
"""Ends of names, and what their files are read as."""
_LIMITS: Final = programs.Limits(seconds=60, memory=600_000_000, output=20_000_000)
_PROGRAM: Final = (sys.executable, "-m", "perspectives.clients.evidence.text_reading")
_OURS: Final = {"PYTHONPATH": str(Path(__file__).parents[3])}


class FileTextError(Exception):
    """The file cannot be read; the message is a sentence that does not name it."""


def text(file: Path) -> str:
    """Read a file's text. Raises FileTextError where its kind is unknown, it is too large, damaged, or has no text."""
    if file.suffix.lower() not in KINDS:
        raise FileTextError(f"Files of this kind are not read; give one of {', '.join(KINDS)}.")
    if file.stat().st_size > MOST_BYTES:
        raise FileTextError(f"The file has more than {MOST_BYTES // 1_000_000} MB; give a smaller one.")
    return read(file.read_bytes(), KINDS[file.suffix.lower()])


def read(content: bytes, kind: str, *, charset: str = "") -> str:
    """Read the text of a file of a kind (a value of `KINDS`), in the encoding that its server names where it has none.

    Raises FileTextError where its kind is unknown, it is damaged, or has no text.
    """
    if kind not in KINDS.values():
        raise FileTextError("It is neither a page nor a text, PDF or EPUB.")
    command, name = [*_PROGRAM, kind, charset], f"The reader of .{kind} files"
    try:
        found = programs.run(name, command, content, limits=_LIMITS, environment=_OURS)
    except programs.LimitError as error:
        raise FileTextError(str(error)) from error
    except programs.ProgramError as error:
        raise FileTextError(f"The file is damaged: {str(error).splitlines()[-1]}") from error
    if not found.strip():
        raise FileTextError("The file has no text; a scan has to be put through text recognition first.")
    return found.decode()
