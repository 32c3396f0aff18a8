"""Texts are read from files of each kind, and what cannot be read is said."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from pypdf import PdfWriter

from perspectives.clients import file_texts, typesetting
from perspectives.clients.file_texts import FileTextError, text

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEAD = "<html><head><meta charset='{0}'><title>no</title></head>"
PAGE = HEAD + "<body><p>Die Stra\u00dfe ist <i>na\u00df</i>.</p></body></html>"


def words(file):
    return " ".join(text(file).split())


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_page_in_the_encoding_that_it_names(tmp_path, encoding):
    (tmp_path / "page.html").write_bytes(PAGE.format(encoding).encode(encoding))
    assert words(tmp_path / "page.html") == "Die Stra\u00dfe ist na\u00df."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text(tmp_path, encoding):
    (tmp_path / "A.TXT").write_bytes("Die Stra\u00dfe".encode(encoding))
    assert words(tmp_path / "A.TXT") == "Die Stra\u00dfe"


def test_an_encoding_that_nobody_knows(tmp_path):
    (tmp_path / "page.htm").write_bytes(PAGE.format("klingon").encode("cp1252"))
    assert words(tmp_path / "page.htm") == "Die Stra\u00dfe ist na\u00df."


def test_a_book(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "OPS/one.xhtml", '<?xml version="1.0" encoding="utf-8"?><html><body><p>One \u00e9</p></body></html>'
        )
        book.writestr("OPS/two.xhtml", "<html><body><p>Two</p></body></html>")
        book.writestr("OPS/picture.svg", "<svg/>")
    assert words(tmp_path / "book.epub") == "One \u00e9 Two"


def test_a_pdf_file(tmp_path):
    (tmp_path / "work.pdf").write_bytes(typesetting.pdf("Observers counted 1,250 people.", inputs={}, moment=NOW))
    assert words(tmp_path / "work.pdf") == "Observers counted 1,250 people."


def refusal(file):
    with pytest.raises(FileTextError) as told:
        text(file)
    return str(told.value)


def test_what_cannot_be_read(tmp_path):
    blank = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(blank)
    for name, content, sentence in (
        ("a.doc", b"x", "Files of this kind are not read; give one of .txt, .html, .htm, .xhtml, .epub, .pdf."),
        ("a.pdf", b"%PDF-1.7 nothing", "The file is damaged: "),
        ("a.epub", b"PK nothing", "The file is damaged: zipfile.BadZipFile: File is not a zip file"),
        ("b.pdf", blank.getvalue(), "The file has no text; a scan has to be put through text recognition first."),
        ("a.txt", b" \n ", "The file has no text; a scan has to be put through text recognition first."),
    ):
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name).startswith(sentence)


def test_a_file_that_is_too_large(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(file_texts.MOST_BYTES + 1)
    assert refusal(tmp_path / "a.txt") == "The file has more than 50 MB; give a smaller one."


def test_a_book_that_unpacks_to_gigabytes_is_ended(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "bomb.epub", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("one.xhtml", "w", force_zip64=True) as chapter,
    ):
        for _ in range(900):
            chapter.write(bytes(1_000_000))
    assert refusal(tmp_path / "bomb.epub").startswith("The reader of .epub files ")
