"""What is handed in is split without loss, whatever it is, and read without guessing."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.rules.formats.bibliography import bibtex_reading, csl_reading, ris_reading
from perspectives.rules.intake import intake_record, splitting
from perspectives.rules.publication.transitions import INTAKE_ENTRY, require_transition
from perspectives.rules.sources import duplicates, identifiers
from perspectives.vocab import IntakeFormat, IntakeKind, IntakeState
from tests import depth

BIBTEX = """@string{jp = "Journal"}
@article{a1, title = {On {B}ridges}, author = "Doe, Jane and Roe, R.", year = 2001, journal = jp, doi={10.1000/x}}
@inproceedings(b2, title={In (two) parts}, crossref={p}, langid = {german})
@comment{jabref-meta: {x}}
"""
RIS = """TY  - JOUR
ID  - one
AU  - Müller, Jürgen
A2  - The Board
TI  - A title
 that goes on
JO  - Journal
PY  - 2001/02/03
SP  - 1
EP  - 9
IS  - 4
SN  - 978-0-306-40615-7
DO  - 10.1000/ABC
ER  -\x20
TY  - BOOK
T1  - Two
"""
PIECES = ["@", "{", "}", "\n", "@article{", "TY  - ", "ER  - \n", '"', "\\", "\0", "\u202e", "=", ",", "\ufeff", "<b>"]


@st.composite
def mutated(draw, text):
    """A text with stretches cut out, doubled, and pieces of syntax thrown in."""
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        new = draw(st.sampled_from([*PIECES, text[start:end] * 2]) | st.text(max_size=5))
        text = text[:start] + new + text[end:]
    return text


FUZZ = depth.times(10)


@FUZZ
@given(mutated(BIBTEX))
def test_mutated_bibtex_is_split_without_loss(text):
    pieces = list(bibtex_reading.split(text))
    assert "".join(piece.raw for piece in pieces) == text
    entries = {number: piece.raw for number, piece in enumerate(pieces) if piece.kind}
    for raw in entries.values():
        bibtex_reading.parents(raw)
        bibtex_reading.language(raw)
    bibtex_reading.file(entries, (), {"p": BIBTEX})
    refused_or_read(text)


@FUZZ
@given(mutated(RIS))
def test_mutated_ris_is_split_without_loss_and_read(text):
    pieces = list(ris_reading.split(text))
    assert "".join(piece.raw for piece in pieces) == text
    for piece in pieces:
        if piece.kind:
            record, _ = intake_record.record(ris_reading.item(piece.raw))
            assert not [name for name, _ in intake_record.mistakes(record) if name in record]
    refused_or_read(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["date-parts", "family", "literal", "raw"]), inner),
)
NAMES = ["type", "title", "author", "issued", "DOI", "ISBN", "URL", "language", "page", "volume", "editor"]


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_an_item_holds_the_record_is_sound(item):
    record, _ = intake_record.record(item)
    assert not [name for name, _ in intake_record.mistakes(record) if name in record]
    duplicates.Known([(1, record)]).match(record)
    intake_record.citekey(record, ())


@given(st.text())
def test_whatever_is_pasted_is_refused_or_accounted_for(text):
    refused_or_read(text)


def refused_or_read(text):
    try:
        found = splitting.read(text)
    except BrokenRulesError:
        return
    kept = [piece.raw for piece in found.entries] + [one.text for one in found.beside] + list(found.definitions)
    left = text
    for piece in sorted(kept, key=len, reverse=True):
        left = left.replace(piece, "", 1)
    assert not left.strip("\ufeff \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\xa0,[]") or not left.split()


def test_ris_is_read_as_it_is_meant():
    first, second = (ris_reading.item(piece.raw) for piece in ris_reading.split(RIS) if piece.kind)
    record, problems = intake_record.record(first)
    assert record == {
        "type": "article-journal",
        "title": "A title that goes on",
        "author": [{"family": "Müller", "given": "Jürgen"}],
        "editor": [{"literal": "The Board"}],
        "container-title": "Journal",
        "issued": "2001-02-03",
        "page": "1-9",
        "issue": "4",
        "ISBN": "9780306406157",
        "DOI": "10.1000/abc",
    }
    assert (second["type"], second["title"], problems) == ("book", "Two", [])
    assert intake_record.missing(record) == ["Language is missing; add it.", "Category is missing; add it."]


@pytest.mark.parametrize("ending", ["\r", "\r\n"])
def test_ris_is_read_whatever_ends_its_lines(ending):
    text = RIS.replace("\n", ending)
    pieces = list(ris_reading.split(text))
    assert "".join(piece.raw for piece in pieces) == text
    items = [
        [ris_reading.item(piece.raw) for piece in found if piece.kind] for found in (pieces, ris_reading.split(RIS))
    ]
    assert items[0] == items[1]
    assert [bool(ris_reading.warnings(piece.raw)) for piece in pieces if piece.kind] == [False, True]


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("https://doi.org/10.1000/ABC.", IntakeKind.DOI, "10.1000/abc"),
        ("see (doi:10.1016/S0140-6736(20)30183-5), p. 3", IntakeKind.DOI, "10.1016/s0140-6736(20)30183-5"),
        ("https://doi.org/10.1000%2Fabc", IntakeKind.DOI, "10.1000/abc"),
        ("ISBN 0-306-40615-2", IntakeKind.ISBN, "9780306406157"),
        ("978-0-306-40615-7", IntakeKind.ISBN, "9780306406157"),
        ("9791648705969", IntakeKind.ISBN, "9791648705969"),  # of a group that is not given out yet
        ("978-0-306-40615-8", IntakeKind.UNKNOWN, ""),
        ("HTTP://Example.ORG:80/a?utm_source=x&b=1#c", IntakeKind.URL, "http://example.org/a?b=1"),
        ("http://user@example.org/", IntakeKind.UNKNOWN, ""),
        ("javascript:alert(1)", IntakeKind.UNKNOWN, ""),
        ("nothing", IntakeKind.UNKNOWN, ""),
        ("PMID: 31452104", IntakeKind.PMID, "31452104"),
        ("Roe R. Oak. Timber 2019. pmid 031452104.", IntakeKind.PMID, "31452104"),
        ("PMID: 0", IntakeKind.UNKNOWN, ""),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", IntakeKind.PMID, "31452104"),
        ("PMC3531190", IntakeKind.PMCID, "PMC3531190"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3531190/", IntakeKind.PMCID, "PMC3531190"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/pmc3531190/", IntakeKind.PMCID, "PMC3531190"),
        ("https://example.org/PMC3531190", IntakeKind.URL, "https://example.org/PMC3531190"),
        ("doi:10.1000/abc PMID: 1 PMCID: PMC2", IntakeKind.DOI, "10.1000/abc"),
        ("arXiv:2101.00001", IntakeKind.DOI, "10.48550/arxiv.2101.00001"),
        ("arXiv: 2101.00001v3 [cs.DL]", IntakeKind.DOI, "10.48550/arxiv.2101.00001"),
        ("https://arxiv.org/pdf/0704.0001v2.pdf", IntakeKind.DOI, "10.48550/arxiv.0704.0001"),
        ("arxiv:hep-th/9901001", IntakeKind.DOI, "10.48550/arxiv.hep-th/9901001"),
        ("arXiv:math.GT/0309136", IntakeKind.DOI, "10.48550/arxiv.math/0309136"),
        ("arXiv:210.1", IntakeKind.UNKNOWN, ""),
        ("Title:  Of ferries:  a memoir ", IntakeKind.TITLE, "Of ferries: a memoir"),
        ("title: –", IntakeKind.UNKNOWN, ""),
        ("The title: of ferries", IntakeKind.UNKNOWN, ""),
    ],
)
def test_identifiers_are_recognised(line, kind, value):
    assert identifiers.recognised(line) == identifiers.Identifier(kind, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/x\n\nnothing", IntakeFormat.IDENTIFIERS),
        (BIBTEX, IntakeFormat.BIBTEX),
        (RIS, IntakeFormat.RIS),
        ('[{"id": "a", "title": "T"}, {"id"', IntakeFormat.CSL_JSON),
        ("[" * 100_000, IntakeFormat.CSL_JSON),
    ],
)
def test_the_format_shows(text, expected):
    found = splitting.read(text)
    assert found.format == expected
    assert found.entries


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "x" * 10_000_001, "a\n" * 5001])
def test_what_is_refused_says_why(text):
    with pytest.raises(BrokenRulesError, match="cannot be taken in"):
        splitting.read(text)


def test_bytes_are_read_as_they_are_written():
    assert splitting.decoded("ü".encode()) == ("ü", "utf-8-sig")
    assert splitting.decoded("ü".encode("utf-16")) == ("ü", "utf-16")
    assert splitting.decoded("ü".encode("cp1252")) == ("ü", "cp1252")
    with pytest.raises(BrokenRulesError):
        splitting.decoded(b"x" * 10_000_001)


def test_json_items_are_read_one_by_one():
    pieces = [piece for piece in csl_reading.split('[{"id": 1}, 2, {"id": ') if piece.kind]
    assert [bool(piece.problem) for piece in pieces] == [False, True, True]
    assert [csl_reading.item(piece.raw) for piece in pieces] == [{"id": 1}, None, None]


OURS = {"type": "book", "title": "Timber Bridges: A History", "author": [{"family": "Pratt"}], "issued": "2018"}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({**OURS, "title": "Timber bridges – a history"}, True),
        ({**OURS, "title": "On timber bridges: a history"}, True),
        ({**OURS, "title": "“Timber Bridges”, a history"}, True),
        ({**OURS, "issued": "2019"}, True),
        ({"type": "book", "title": "Timber Bridges: A History"}, True),
        ({**OURS, "author": [{"family": "Zorn"}]}, False),
        ({**OURS, "title": "Stone bridges: a history of theirs"}, False),
        ({"type": "book", "title": ""}, False),
    ],
)
def test_likeness(record, expected):
    match = duplicates.Known([(7, OURS)]).match(record)
    assert (match is not None) == expected
    assert match is None or (match.name == 7 and not match.is_certain)


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("DOI", "10.1000/ABC", "https://doi.org/10.1000/abc"),
        ("ISBN", "0-306-40615-2", "9780306406157"),
        ("URL", "http://www.example.org/a/", "https://example.org/a"),
    ],
)
def test_the_same_identifier_is_certain(name, ours, theirs):
    match = duplicates.Known([(7, {"type": "book", "title": "A", name: ours})]).match({"title": "B", name: theirs})
    assert match is not None
    assert match.is_certain


@pytest.mark.parametrize(
    ("issued", "read"),
    [
        ({"date-parts": [[2021, 6, 30], [2021, 7, 2]]}, "2021-06-30/2021-07-02"),
        ({"date-parts": [[]], "raw": "in 2021-06"}, "2021-06"),
        ({"literal": "spring 2021"}, "2021"),
        ({"date-parts": [["soon"]]}, None),
    ],
)
def test_dates_are_read_as_far_as_they_go(issued, read):
    record, _ = intake_record.record({"type": "book", "title": "T", "issued": issued})
    assert record.get("issued") == read


def test_merging_is_field_by_field():
    theirs = {**OURS, "title": "Other", "volume": "3", "checked": {"metadata": "partly"}}
    assert [row.field for row in duplicates.differences(OURS, theirs)] == ["title", "volume"]
    assert duplicates.merged(OURS, theirs, ["volume", "nonsense"]) == {**OURS, "volume": "3"}


def test_keys_are_made_as_the_fixtures_have_them():
    record = {"title": "Not One Inch", "author": [{"family": "Sørotte", "given": "M."}], "issued": "2021-11"}
    assert intake_record.citekey(record, ()) == "sorotte2021not"
    assert intake_record.citekey(record, {"sorotte2021not"}) == "sorotte2021notb"
    assert intake_record.citekey({"title": "?!"}, ()) == "source"


@pytest.mark.parametrize(
    ("person", "title", "key"),
    [
        ({"family": "Щербаков", "given": "Пётр"}, "Война и мир", "shcherbakov2021voyna"),
        ({"family": "林", "given": "素娟"}, "以詩詮禮", "lin2021yishiquanli"),
        ({"family": "Τσίπρας"}, "Κρίση", "tsipras2021krisi"),
        ({"literal": "محمد"}, "السلام", "mhmd2021lslm"),
        ({"family": "Groß"}, "Über allem", "gross2021uber"),
    ],
)
def test_keys_of_other_scripts_are_written_by_their_sounds(person, title, key):
    assert intake_record.citekey({"title": title, "author": [person], "issued": "2021"}, ()) == key


@pytest.mark.parametrize("pair", list(product(IntakeState, repeat=2)), ids="-".join)
def test_every_pair_of_states(pair):
    before, after = pair
    if after in INTAKE_ENTRY[before]:
        require_transition(before, after)
        return
    with pytest.raises(NotPossibleError, match="cannot become"):
        require_transition(before, after)


def test_what_is_no_entry_stays_as_it_is():
    assert bibtex_reading.file({1: "nothing"}, (), {}) == "nothing"


def test_an_entry_without_its_end_is_read_with_a_word_about_that():
    assert ris_reading.warnings("TY  - JOUR\nTI  - T\nER  - \n") == []
    assert len(ris_reading.warnings("TY  - JOUR\nTI  - T\n")) == 1


@pytest.mark.parametrize("text", ["http://[bad", "http://a:b/", "http://\u0001.example/"])
def test_what_is_no_address_has_no_form(text):
    assert identifiers.url(text) == ""


def test_types_of_other_programs_are_known():
    found, _ = intake_record.record({"type": "journal-article", "title": "T"})
    assert found["type"] == "article-journal"


@pytest.mark.parametrize("blank", ["\u00a0", "\x1f", "\u2003\ufeff ", "\f"])
def test_a_line_of_blanks_of_any_kind_is_nothing(blank):
    found = splitting.read(f"10.5555/bridges.2018.14\n{blank}\n")
    assert [(piece.kind, piece.identifier) for piece in found.entries if piece.kind] == [
        (IntakeKind.DOI, "10.5555/bridges.2018.14")
    ]
    assert found.beside == ()
