"""The document from which pandoc takes the look of a DOCX: its own, with our styles, our page and a page number."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from perspectives.clients import pandoc

_FOLDER = Path(__file__).with_name("handout")
_OURS = {f"word/{name}": _FOLDER / name for name in ("document.xml", "footer.xml", "styles.xml")}
_FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_MENTIONS = {
    "word/_rels/document.xml.rels": f'<Relationship Id="ourFooter" Type="{_FOOTER}" Target="footer.xml"/></Relationships>',
    "[Content_Types].xml": f'<Override PartName="/word/footer.xml" ContentType="{_FOOTER_TYPE}"/></Types>',
}
"""What the package says of the footer, with the closing tag before which it is put."""


@contextmanager
def reference() -> Iterator[Path]:
    """Give the document as a file that is removed afterwards. Raises pandoc.PandocError."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "reference.docx"
        _write(place, pandoc.default_file("reference.docx"))
        yield place


def _write(place: Path, default: bytes) -> None:
    with ZipFile(BytesIO(default)) as known, ZipFile(place, "w", ZIP_DEFLATED) as archive:
        for name in known.namelist():
            if name not in _OURS:
                archive.writestr(name, _with_mention(name, known.read(name)))
        for name, file in _OURS.items():
            archive.writestr(name, file.read_bytes())


def _with_mention(name: str, content: bytes) -> bytes:
    mention = _MENTIONS.get(name)
    if mention is None:
        return content
    closing = mention[mention.rindex("</") :]
    return content.decode().replace(closing, mention).encode()
