"""The document from which pandoc takes the look of a DOCX: its own, with our styles, our page and a page number."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from perspectives.clients import pandoc

_FOLDER = Path(__file__).parent
_OURS = {f"word/{name}": _FOLDER / name for name in ("document.xml", "footer.xml", "styles.xml")}
_FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_MENTIONS = {
    "word/_rels/document.xml.rels": f'<Relationship Id="ourFooter" Type="{_FOOTER}" Target="footer.xml"/>',
    "[Content_Types].xml": f'<Override PartName="/word/footer.xml" ContentType="{_FOOTER_TYPE}"/>',
}
"""What the package says of the footer, by the file that says it."""


@contextmanager
def reference() -> Iterator[Path]:
    """Give the document as a file that is removed afterwards. Raises pandoc.PandocError."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "reference.docx"
        _write(place, pandoc.default_file("reference.docx"))
        yield place


def _write(place: Path, default: bytes) -> None:
    with ZipFile(BytesIO(default)) as known, ZipFile(place, "w") as archive:
        for name in known.namelist():
            if name not in _OURS:
                # Pandoc takes over some times of files: now would give other bytes each time.
                archive.writestr(ZipInfo(name), _with_mention(name, known.read(name)))
        for name, file in _OURS.items():
            archive.writestr(ZipInfo(name), file.read_bytes())


def _with_mention(name: str, content: bytes) -> bytes:
    """Put what a file says of the footer before its last closing tag."""
    if name not in _MENTIONS:
        return content
    end = content.rindex(b"</")
    return content[:end] + _MENTIONS[name].encode() + content[end:]
