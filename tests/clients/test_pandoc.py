"""Pandoc as a program: BibTeX that comes back, any installed style, limits; the styles' names and titles."""

import json
import re
import subprocess

import pypandoc
import pytest

from perspectives.clients import citation_styles, pandoc
from perspectives.clients.citation_styles import UnknownStyleError
from perspectives.rules.formats.bibliography import references, ris
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.csl import csl_item
from perspectives.vocab import CslType
from tests import content, factories


@pytest.fixture(scope="module")
def records():
    return {key: plain(record) for key, record in content.packs().sources.items()}


@pytest.fixture(scope="module")
def items(records):
    return [csl_item(key, record) for key, record in records.items()]


def read_back(text, source_format):
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={source_format}", "--to=csljson"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    return {item["id"]: item for item in json.loads(done.stdout)}


def titles_and_dois(records):
    """Titles by letters and digits only: pandoc curls quotation marks, and BibTeX has capitals of its own."""
    return {
        key: ("".join(filter(str.isalnum, record["title"].casefold())), record.get("DOI"))
        for key, record in records.items()
    }


def test_all_sources_come_back_from_csl_json(records, items):
    found = read_back(json.dumps(items), "csljson")
    assert titles_and_dois(found) == titles_and_dois(records)


def test_all_sources_come_back_from_biblatex(records, items):
    found = read_back(pandoc.biblatex(items), "biblatex")
    assert len(found) == len(records) >= 653
    assert titles_and_dois(found) == titles_and_dois(records)


@pytest.mark.parametrize("write", [pandoc.biblatex, pandoc.bibtex])
@pytest.mark.parametrize(
    ("title", "language", "author", "written"),
    [
        ("Война & мир: новая история", "ru", {"family": "Щербаков", "given": "Пётр"}, "Война \\& мир: новая история"),
        ("La guerre d’Ukraine", "fr", {"literal": "Médecins & Cie"}, "La guerre d’Ukraine"),
        ("The war & NATO’s peace", "en", {"literal": "Peace, War & Co. and Sons"}, "The War \\& {NATO’s} Peace"),
    ],
)
def test_titles_and_organisations_come_out_undamaged(write, title, language, author, written):
    """Only English titles get BibTeX's capitals."""
    item = {"id": "k", "type": "book", "title": title, "language": language, "author": [author]}
    text = write([item])
    assert f"{written}}}" in " ".join(text.split())
    found = read_back(text, write.__name__)["k"]
    assert (found["title"].lower(), found["author"]) == (title.lower(), [author])


def test_bibtex_of_before_has_every_work_with_its_year_in_a_field(items):
    text = pandoc.bibtex(items)
    assert len(read_back(text, "bibtex")) == len(items)
    assert "  year = {" in text
    assert "  date = {" not in text


BIBTEX_TYPES = {
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis",
    "misc", "phdthesis", "proceedings", "techreport", "unpublished",
}  # fmt: skip
"""Those of BibTeX itself. What else a file has, such as `legal` or `dataset`, Zotero leaves out without a word."""


def test_bibtex_of_before_has_types_of_bibtex_only_so_that_zotero_reads_every_work(records, items):
    found = re.findall(r"^@(\w+)\{([^,]+),$", pandoc.bibtex(items), re.MULTILINE)
    assert {kind for kind, _ in found} <= BIBTEX_TYPES
    assert {key for _, key in found} == set(records)


@pytest.mark.parametrize("kind", CslType.values)
def test_bibtex_of_before_has_no_type_of_its_own_for_any_kind_of_work(kind):
    text = pandoc.bibtex([{"id": "k", "type": kind, "title": "A work"}])
    assert re.match(r"@(\w+)\{k,", text)[1] in BIBTEX_TYPES


def test_bibtex_of_before_keeps_dois_and_isbns(records, items):
    text = pandoc.bibtex(items)
    assert re.findall(r"^  doi = \{(.*)\},$", text, re.MULTILINE) == [one["DOI"] for one in items if "DOI" in one]
    assert len(re.findall(r"^  isbn = ", text, re.MULTILINE)) == len([one for one in items if "ISBN" in one])
    odd = pandoc.bibtex([{"id": "k", "type": "book", "title": "T", "DOI": "10.1/a}%b"}])
    assert "doi" not in odd


@pytest.mark.parametrize("style", ["apa", "modern-language-association", "chicago-author-date", "ieee", "nature"])
@pytest.mark.parametrize("kind", CslType.values)
def test_no_style_leaves_a_kind_of_work_out_of_its_list(style, kind):
    """APA and Chicago do so with letters and interviews that lie nowhere: the title then stands in square brackets."""
    [runs] = pandoc.references([{"id": "k", "type": kind, "title": "Words"}], style=style).values()
    assert "words" in "".join(run["text"] for run in runs).lower()


def test_what_a_style_leaves_out_is_told_as_a_document_in_square_brackets():
    letter = {"id": "k", "type": "personal_communication", "title": "Letter", "author": [{"family": "Hale"}]}
    for title in ("Letter", "[Letter]"):
        [runs] = pandoc.references([{**letter, "title": title}], style="apa").values()
        assert "".join(run["text"] for run in runs) == "Hale. (n.d.). [Letter]."


def test_a_style_that_has_notes_only_is_refused_with_others():
    with pytest.raises(UnknownStyleError, match="has notes and no list of references; did you mean"):
        pandoc.references([{"id": "k", "type": "book", "title": "T"}], style="history-and-theory")
    assert "history-and-theory" not in citation_styles.styles()
    assert len(citation_styles.styles()) > 10_000


def test_all_sources_come_back_from_ris(records):
    found = read_back(ris.text(records), "ris")
    assert len(found) == len(records) >= 653
    assert {key: (item["title"], item.get("DOI")) for key, item in found.items()} == {
        key: (record["title"], record.get("DOI")) for key, record in records.items()
    }
    years = {key: item["issued"]["date-parts"][0][0] for key, item in found.items() if "issued" in item}
    assert years == {key: int(record["issued"][:4]) for key, record in records.items() if "issued" in record}
    organisations = {
        key: [name["literal"] for name in record["author"]]
        for key, record in records.items()
        if all("literal" in name and "," not in name["literal"] for name in record.get("author", ({},)))
    }
    assert organisations
    assert {key: [" ".join(name.values()) for name in found[key]["author"]] for key in organisations} == organisations


def test_no_items_give_nothing():
    assert pandoc.biblatex([]) == pandoc.bibtex([]) == ""


def test_too_much_is_refused_before_pandoc_is_run():
    with pytest.raises(pandoc.PandocError, match="format fewer at once, the limit is 5,000,000"):
        pandoc.biblatex([{"id": "x", "type": "book", "title": "x" * 5_000_000}])


def test_what_pandoc_cannot_read_is_an_error():
    with pytest.raises(pandoc.PandocError, match="Pandoc failed: "):
        pandoc.biblatex([{"id": "x", "type": "book", "author": "no list"}])


def test_a_style_that_borrows_gives_the_references_of_the_style_it_borrows_from():
    assert citation_styles.file_with_rules("nature-physics").name == "nature.csl"
    item = csl_item("x", factories.source_record())
    assert pandoc.references([item], style="nature-physics") == pandoc.references([item], style="nature")


@pytest.mark.parametrize("style", ["american-medical-association", "elsevier-vancouver", "din-1505-2"])
def test_other_styles_format_too(style):
    item = csl_item("x", factories.source_record())
    assert "Pratt" in references.text(pandoc.references([item], style=style))


def test_an_unknown_style_is_refused_with_the_nearest_names():
    with pytest.raises(UnknownStyleError, match=r"no citation style 'aap'; did you mean ") as refusal:
        pandoc.references([], style="aap")
    assert "apa" in refusal.value.nearest


@pytest.mark.parametrize("name", ["../../../etc/passwd", "apa.csl", "/", "", "\0", "QQQQQQQQ" * 1000])
def test_names_that_are_no_names_are_refused(name):
    with pytest.raises(UnknownStyleError, match="There is no citation style"):
        citation_styles.file_with_rules(name)


def test_every_style_has_a_title_and_rules():
    styles = citation_styles.styles()
    assert len(styles) > 10_000
    assert list(styles) == sorted(styles)
    assert styles["apa"].startswith("APA Style 7th edition")
    assert styles["nature-physics"] == "Nature Physics"
    assert all(styles.values())
    assert citation_styles.styles() is styles


def test_html_has_no_markup_but_ours():
    record = {**factories.source_record(), "title": '<script>alert(1)</script> & "x"'}
    html = references.html(pandoc.references([csl_item("x", record)], style="apa"))
    assert "<script" not in html
    assert "&amp;" in html
    assert html.startswith('<ul class="references">\n<li id="ref-x">Pratt')
    assert "<em>" in html
    assert '<a href="https://doi.org/' in html
