"""Handouts of all real topics as files, read back: nothing is lost on the way, and the same gives the same."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from zipfile import ZipFile

import pypandoc
import pypdf
import pytest

from perspectives.clients import pandoc, typesetting
from perspectives.clients.handout import handout_files
from perspectives.rules.formats import pandoc_tree
from perspectives.rules.formats.pandoc_tree import paragraph, span, text
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.csl import csl_item
from perspectives.rules.study import handout
from perspectives.vocab import EditionOrigin, HandoutFormat
from tests import content

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
IMPRINT = handout.Imprint("ab" * 32, MOMENT, EditionOrigin.FIXTURE, "https://kb.example")
HOSTILE = (
    '= no heading #let x = 1 #image("/etc/passwd") $x$ *a* _b_ `c` @d <e> [f] {g} \\ ~ -- --- -? -1 ... // /* */ '
    "https://x.example/a--b//c?d=1&e...-?f=-2 ’90s it’s ‘q’ “q” 'a' \"b\" – — … Київ <script>alert(1)</script> &amp;"
)


@cache
def references():
    records = content.packs().sources.items()
    return pandoc.references([csl_item(key, plain(record)) for key, record in records], style="apa", language="en-US")


def made(slug, wanted):
    edition = content.topic(slug)
    tree = handout.tree(edition, IMPRINT, references(), wanted)
    return handout_files.made(tree, wanted, meta=handout.meta(edition, IMPRINT), moment=MOMENT)


def letters(words):
    """Letters and digits only: lines, hyphens and quotation marks may differ."""
    return "".join(filter(str.isalnum, words.replace("\N{SOFT HYPHEN}", "")))


def of_pdf(body):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def read_back(body, source_format):
    command = [
        pypandoc.get_pandoc_path(),
        "--sandbox",
        f"--from={source_format}",
        "--to=plain",
        "--standalone",
        "--wrap=none",
    ]
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout.decode()


READ = {
    HandoutFormat.PDF: of_pdf,
    HandoutFormat.DOCX: lambda body: read_back(body, "docx"),
    HandoutFormat.EPUB: lambda body: read_back(body, "epub"),
}


@pytest.mark.parametrize("wanted", HandoutFormat)
@pytest.mark.parametrize("slug", content.TOPICS)
def test_it_holds_the_question_every_claim_and_every_reference(slug, wanted):
    edition = content.topic(slug)
    said = letters(READ[wanted](made(slug, wanted)))
    expected = [edition.question, *(claim.text for side in edition.perspectives for claim in side.claims)]
    expected += ["".join(run["text"] for run in references()[key]) for key in edition.sources]
    expected += [response.note for response in edition.responses] + [gap.note for gap in edition.gaps]
    expected += ["ab" * 32, "1 March 2026", f"https://kb.example/topics/{slug}/editions/1/"]
    assert [part for part in expected if letters(part) not in said] == []


@pytest.mark.parametrize("wanted", HandoutFormat)
def test_the_same_words_give_the_same_bytes(wanted):
    assert made(content.TOPICS[0], wanted) == made(content.TOPICS[0], wanted)


def test_a_pdf_is_tagged_and_tells_of_itself():
    reader = pypdf.PdfReader(io.BytesIO(made(content.TOPICS[0], HandoutFormat.PDF)))
    assert reader.metadata.title == content.topic(content.TOPICS[0]).question
    assert reader.metadata.author == "Debate KB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    width, height = reader.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("wanted", HandoutFormat)
def test_hostile_words_stay_words(wanted):
    words = {"title": HOSTILE, "subtitle": HOSTILE, "author": "x", "foot": HOSTILE, "lang": "en-GB"}
    tree = pandoc_tree.document([paragraph(*text(HOSTILE)), paragraph(span("author", text(HOSTILE)))], words)
    body = handout_files.made(tree, wanted, meta=words, moment=MOMENT)
    said = "".join(READ[wanted](body).split())
    if wanted is HandoutFormat.PDF:
        said = said.replace("\N{MINUS SIGN}", "-")
    assert said.count("".join(HOSTILE.split())) >= 2


@pytest.mark.parametrize("wanted", HandoutFormat)
def test_what_pandoc_cannot_read_is_a_sentence(wanted):
    with pytest.raises(handout_files.NotMadeError, match=r"The file could not be made\. Pandoc failed: ") as refusal:
        handout_files.made({"blocks": "none"}, wanted, meta={}, moment=MOMENT)
    assert len(str(refusal.value)) < 400


def test_what_typst_refuses_is_an_error():
    with pytest.raises(typesetting.TypesettingError, match="Typst failed: "):
        typesetting.pdf("#nothing-of-this-name", inputs={}, moment=MOMENT)


def test_typst_reads_no_file_and_no_package():
    for source in ('#read("/etc/hostname")', '#import "@preview/example:0.1.0": add'):
        with pytest.raises(typesetting.TypesettingError):
            typesetting.pdf(source, inputs={}, moment=MOMENT)


def test_typst_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(typesetting, "LIMITS", replace(typesetting.LIMITS, seconds=0.001))
    with pytest.raises(typesetting.TypesettingError, match=r"Typst took longer than 0.001 seconds\."):
        typesetting.pdf("Hello", inputs={}, moment=MOMENT)


def test_a_word_document_has_our_styles_and_our_page():
    body = made(content.TOPICS[0], HandoutFormat.DOCX)
    with ZipFile(io.BytesIO(body)) as archive:
        document = archive.read("word/document.xml").decode()
        assert "Debate author" in archive.read("word/styles.xml").decode()
        assert 'w:val="DebateAuthor"' in document
        assert 'w:w="11906"' in document
        assert any("PAGE" in archive.read(name).decode() for name in archive.namelist() if "footer" in name)
