"""COinS and `citation_*` elements: what Zotero reads from a page."""

from urllib.parse import parse_qsl

import pytest

from perspectives.rules.formats.bibliography.citation_meta import elements
from perspectives.rules.formats.bibliography.coins import context_object
from perspectives.rules.formats.bibliography.name_parts import first_and_last, inverted
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.vocab import CslType
from tests import factories

BARE = {"language": "en", "category": "opinion", "checked": {"metadata": "verified"}}


def record(**fields):
    return SourceRecord.model_validate({"title": "T & co. = 50 %", **BARE, **fields})


def pairs(source):
    return parse_qsl(context_object(source), strict_parsing=True)


def test_an_article_of_a_journal():
    source = SourceRecord.model_validate(factories.source_record())
    assert pairs(source) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "Does timber outlast steel?"),
        ("rft.jtitle", "Imaginary Journal of Small Bridges"),
        ("rft.volume", "4"),
        ("rft.issue", "2"),
        ("rft.spage", "11"),
        ("rft.epage", "29"),
        ("rft.pages", "11-29"),
        ("rft.aulast", "Pratt"),
        ("rft.aufirst", "Lemuel"),
        ("rft.ausuffix", "Jr."),
        ("rft.date", "2018"),
        ("rft.language", "en"),
        ("rft_id", "info:doi/10.5555/bridges.2018.14"),
    ]


def test_a_chapter_has_two_titles_and_its_book():
    found = dict(pairs(SourceRecord.model_validate(factories.source_records()["brueckner2019stege"])))
    assert found["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
    assert (found["rft.genre"], found["rft.spage"], found["rft.epage"]) == ("bookitem", "40", "58")
    assert found["rft.atitle"] == "Stege und Brücken: eine kleine Geschichte"
    assert found["rft.btitle"] == "Erfundenes Handbuch der Stege"
    assert (found["rft.pub"], found["rft.place"], found["rft.edition"]) == ("Verlag Ohneort", "Ohneort", "2")
    assert found["rft.isbn"] == "978-0-00-000000-2"


def test_an_organisation_is_not_taken_apart():
    found = pairs(SourceRecord.model_validate(factories.source_records()["weir2016cost"]))
    assert ("rft.aucorp", "Institute for Things That Do Not Exist") in found
    assert not [key for key, _ in found if key in {"rft.aulast", "rft.au"}]


PEOPLE = [{"family": "Finley", "given": "JC"}, {"literal": "Wend"}, {"family": "Ode", "given": "Ana", "suffix": "Jr."}]


@pytest.mark.parametrize(("kind", "line"), [("book", "rft.au"), ("webpage", "rft.creator")])
@pytest.mark.parametrize(
    ("people", "parts", "lines"),
    [
        (PEOPLE, ["Finley", "JC"], ["Wend,", "Ode, Ana, Jr."]),
        ([{"family": "Ode"}, *PEOPLE], ["Ode"], ["Finley, JC", "Wend,", "Ode, Ana, Jr."]),
        ([{"literal": "Wend"}, {"literal": "Court, First Section"}], [], ["Wend,", "Court, First Section"]),
    ],
)
def test_people_are_told_once_and_organisations_are_not_taken_apart(kind, line, people, parts, lines):
    found = pairs(record(type=kind, author=people))
    in_parts = parts if kind == "book" else []
    assert [value for key, value in found if key in {"rft.aulast", "rft.aufirst"}] == in_parts
    first = [", ".join(parts)] if parts and not in_parts else []
    assert [value for key, value in found if key in {line, "rft.aucorp"}] == [*first, *lines]
    assert [value for key, value in found if key == "rft.aucorp"] == [one for one in lines if "Section" in one]


@pytest.mark.parametrize("kind", ["chapter", "webpage"])
def test_editors_are_told_beside_authors(kind):
    names = {"author": [{"family": "Ode"}], "editor": [{"family": "Fluß", "given": "Otto"}, {"literal": "Wend"}]}
    assert [value for key, value in pairs(record(type=kind, **names)) if key == "rft.contributor"] == [
        "Fluß, Otto",
        "Wend,",
    ]
    alone = pairs(record(type=kind, editor=names["editor"]))
    assert not [value for key, value in alone if key == "rft.contributor"]


def test_a_paper_of_a_conference_stands_in_what_the_conference_is_called():
    found = dict(pairs(record(type="paper-conference", **{"event-title": "Bridges 2020"})))
    assert (found["rft.genre"], found["rft.btitle"]) == ("proceeding", "Bridges 2020")


def test_a_thesis_has_its_university():
    found = dict(pairs(record(type="thesis", publisher="Wend", editor=[{"family": "Ode"}])))
    assert found["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dissertation"
    assert (found["rft.inst"], found["rft.aulast"]) == ("Wend", "Ode")


def test_a_periodical_is_its_own_journal():
    found = dict(pairs(record(type="periodical")))
    assert (found["rft.genre"], found["rft.jtitle"]) == ("journal", "T & co. = 50 %")


@pytest.mark.parametrize(("kind", "name"), [("webpage", "webpage"), ("speech", "presentation"), ("treaty", "document")])
def test_what_openurl_does_not_know_is_told_in_dublin_core(kind, name):
    people = [{"family": "Berg", "given": "Ana", "non-dropping-particle": "van den"}, {"literal": "Wend"}]
    found = pairs(record(type=kind, author=people, URL="https://x.example/?a=1&b=2"))
    assert ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") in found
    assert ("rft.type", name) in found
    assert [value for key, value in found if key == "rft.creator"] == ["van den Berg, Ana", "Wend,"]
    assert ("rft_id", "https://x.example/?a=1&b=2") in found


@pytest.mark.parametrize(
    ("kind", "name"),
    [("article-newspaper", "newspaperArticle"), ("article-magazine", "magazineArticle"), ("article-journal", None)],
)
def test_newspapers_are_told_from_journals_behind_their_titles(kind, name):
    found = pairs(record(type=kind, **{"container-title": "The Wend Post"}))
    keys = [key for key, _ in found]
    assert dict(found).get("rft.type") == name
    assert dict(found)["rft.jtitle"] == "The Wend Post"
    assert name is None or keys.index("rft.type") > keys.index("rft.jtitle")


@pytest.mark.parametrize("kind", CslType.values)
def test_every_type_is_told_and_nothing_in_it_breaks_the_pairs(kind):
    found = pairs(record(type=kind))
    assert all(value for _, value in found)
    assert "T & co. = 50 %" in dict(found).values()


def test_elements_of_an_article():
    assert elements(SourceRecord.model_validate(factories.source_record())) == (
        ("citation_title", "Does timber outlast steel?"),
        ("citation_author", "Pratt, Lemuel, Jr."),
        ("citation_publication_date", "2018"),
        ("citation_journal_title", "Imaginary Journal of Small Bridges"),
        ("citation_volume", "4"),
        ("citation_issue", "2"),
        ("citation_firstpage", "11"),
        ("citation_lastpage", "29"),
        ("citation_doi", "10.5555/bridges.2018.14"),
        ("citation_language", "en"),
    )


def test_elements_of_a_chapter():
    found = dict(elements(SourceRecord.model_validate(factories.source_records()["brueckner2019stege"])))
    assert found["citation_inbook_title"] == "Erfundenes Handbuch der Stege"
    assert found["citation_editor"] == "von Fluß, Otto"
    assert found["citation_publisher"] == "Verlag Ohneort"
    assert found["citation_isbn"] == "978-0-00-000000-2"


def test_elements_name_the_institution_of_a_report_and_are_no_more_exact_than_the_record():
    found = dict(elements(record(type="report", publisher="Wend", issued="2014-09", URL="https://x.example/")))
    assert found["citation_technical_report_institution"] == "Wend"
    assert found["citation_publication_date"] == "2014/09"
    assert found["citation_public_url"] == "https://x.example/"
    assert "citation_publisher" not in found


@pytest.mark.parametrize(
    ("pages", "ends"),
    [("11-29", ("11", "29")), ("11 – 29", ("11", "29")), ("20", ("20", "")), (None, ("", ""))],
)
def test_pages_have_ends(pages, ends):
    assert first_and_last(pages) == ends


def test_a_name_is_inverted():
    name = Name.model_validate({"family": "Fluß", "given": "Otto", "dropping-particle": "von"})
    assert inverted(name) == "von Fluß, Otto"
