"""RIS: which field goes where; pandoc reads all of it back in tests/clients/."""

import pytest
import rispy

from perspectives.rules.formats.bibliography import ris, ris_types
from perspectives.vocab import CslType
from tests import factories


def entry(**changes):
    [found] = rispy.loads(ris.text({"key1": factories.source_record(**changes)}).replace("\r\n", "\n"))
    return found


def test_an_article_as_ris():
    record = {
        "type": "article-journal",
        "title": "Bridges: a history",
        "author": [{"family": "Berg", "given": "Ana", "non-dropping-particle": "van den", "suffix": "Jr."}],
        "container-title": "Journal of Bridges",
        "volume": "7",
        "issue": "2",
        "page": "101–119",
        "issued": "2018-05",
        "accessed": "2020-01-02",
        "DOI": "10.1000/xyz",
        "URL": "https://x.example/a;b",
        "language": "en",
    }
    assert ris.text({"berg2018": record}).split("\r\n") == [
        "TY  - JOUR",
        "ID  - berg2018",
        "AU  - van den Berg, Ana, Jr.",
        "TI  - Bridges: a history",
        "T2  - Journal of Bridges",
        "VL  - 7",
        "IS  - 2",
        "DO  - 10.1000/xyz",
        "LA  - en",
        "PY  - 2018",
        "DA  - 2018/05//",
        "Y2  - 2020/01/02/",
        "SP  - 101",
        "EP  - 119",
        "UR  - https://x.example/a;b",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize("kind", CslType)
def test_every_csl_type_has_a_ris_type(kind):
    found = entry(type=kind.value)
    assert found["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING
    assert (ris_types.READ_AS[found["type_of_reference"]] == kind) == ("custom1" not in found)
    assert found.get("custom1", kind.value) == kind.value


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"literal": "World Bank"}, "World Bank,"),
        ({"literal": "A, B and C"}, "A, B and C"),
        ({"family": "Plato"}, "Plato"),
        ({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}, "Beethoven, Ludwig van"),
        ({"family": "King", "suffix": "Jr."}, "King, , Jr."),
    ],
)
def test_names(person, expected):
    assert ris.name(person) == expected


def test_editors_interviewers_and_translators():
    people = {role: [{"family": role}] for role in ("editor", "container-author", "interviewer", "translator")}
    found = entry(**people)
    assert found["secondary_authors"] == ["editor", "container-author", "interviewer"]
    assert found["subsidiary_authors"] == ["translator"]


def test_pages_or_their_number():
    assert (entry(page="12")["start_page"], "end_page" in entry(page="12")) == ("12", False)
    record = {**factories.source_record(), "number-of-pages": "300", "genre": "Memoir"}
    del record["page"]
    [found] = rispy.loads(ris.text({"x": record}).replace("\r\n", "\n"))
    assert (found["start_page"], found["type_of_work"]) == ("300", "Memoir")


def test_no_sources_give_no_text():
    assert ris.text({}) == ""


def test_what_is_not_known_is_left_out():
    text = ris.text({"x": {"type": "book", "title": "Bridges", "language": "en"}})
    assert text == "TY  - BOOK\r\nID  - x\r\nTI  - Bridges\r\nLA  - en\r\nER  - \r\n"
