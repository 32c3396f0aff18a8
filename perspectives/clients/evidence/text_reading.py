"""Write the text of a file: `python -m perspectives.clients.evidence.text_reading html '' < FILE`, run with limits."""

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping

from pypdf import PdfReader

from perspectives.rules.evidence.page_text import page_text

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HEAD = 4096
_CHAPTERS = (".xhtml", ".html", ".htm")


def main() -> None:
    """Read all, then write piece by piece."""
    kind, charset = sys.argv[1:]
    for piece in READERS[kind](sys.stdin.buffer.read(), charset):
        sys.stdout.buffer.write(piece.encode(errors="replace") + b"\n")


def decoded(content: bytes, charset: str = "") -> str:
    """Read bytes as UTF-8 or marked UTF-16, else as their server or their head says, else as Windows-1252."""
    named = [name.decode("ascii") for name in _CHARSET.findall(content[:_HEAD])]
    marked = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else []
    for encoding in (*marked, "utf-8-sig", *([charset] if charset else []), *named):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", errors="replace")


def _plain(content: bytes, charset: str) -> Iterator[str]:
    yield decoded(content, charset)


def _page(content: bytes, charset: str) -> Iterator[str]:
    yield page_text(decoded(content, charset))


def _book(content: bytes, _: str) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            if name.lower().endswith(_CHAPTERS):
                yield page_text(decoded(book.read(name)))


def _pdf(content: bytes, _: str) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(content)).pages:
        yield page.extract_text()


READERS: Mapping[str, Callable[[bytes, str], Iterator[str]]] = {
    "txt": _plain,
    "html": _page,
    "epub": _book,
    "pdf": _pdf,
}

if __name__ == "__main__":
    main()
