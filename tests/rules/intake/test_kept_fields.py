"""Whatever an entry says is in its record, or is said to be left out."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.clients import bibliography
from perspectives.rules.formats.bibliography import bibtex_fields, bibtex_reading, csl_reading, ris_reading
from perspectives.rules.intake import dates, intake_record
from perspectives.rules.intake.kept_fields import RawField, left_out
from tests import depth

WORDS = st.text("abc\u00e9\u0416 123-/,.;:()", min_size=1, max_size=30).map(lambda text: f"x{text.strip()}x")
TAGS = [
    "TI",
    "T1",
    "T2",
    "T3",
    "AU",
    "A1",
    "A2",
    "A3",
    "A4",
    "ED",
    "PY",
    "DA",
    "Y1",
    "Y2",
    "AB",
    "N1",
    "KW",
    "SP",
    "EP",
    "IS",
    "M1",
    "M3",
    "VL",
    "SN",
    "DO",
    "UR",
    "L1",
    "L2",
    "JO",
    "JF",
    "PB",
    "CY",
    "LA",
    "DB",
    "CN",
    "C1",
    "ZZ",
    "X9",
]
MEMBERS = [
    "title",
    "author",
    "editor",
    "issued",
    "accessed",
    "status",
    "note",
    "DOI",
    "URL",
    "ISBN",
    "ISSN",
    "page",
    "volume",
    "number-of-volumes",
    "genre",
    "custom",
]


def problems(item, fields):
    record, said = intake_record.record(item)
    return record, [*said, *left_out(fields, record, said)]


def words_in(value):
    return re.findall(r"\w+", json.dumps(value, ensure_ascii=False).casefold())


@depth.times(20)
@given(st.lists(st.tuples(st.sampled_from(TAGS), WORDS), min_size=1, max_size=12))
def test_no_field_of_ris_is_lost_without_a_word(lines):
    raw = "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in lines) + "ER  - \n"
    record, said = problems(ris_reading.item(raw), ris_reading.fields(raw))
    for tag, value in lines:
        if tag != "C1":
            told = any(sentence.startswith((f"{tag}:", f"{tag} (")) for sentence in said)
            of_variable = any(
                re.match(r"(issued|accessed|DOI|URL|ISBN|language|author|editor|translator|\S+):", one) for one in said
            )
            assert told or set(words_in(value)) <= set(words_in(record)) or of_variable, (tag, value, record, said)


@depth.times(20)
@given(
    st.dictionaries(st.sampled_from(MEMBERS), st.one_of(WORDS, st.lists(WORDS, max_size=2), st.integers()), min_size=1)
)
def test_no_member_of_csl_is_lost_without_a_word(item):
    record, said = problems(item, csl_reading.fields(item))
    for name, value in item.items():
        if value not in ("", []):
            assert name in record or any(sentence.startswith(f"{name}:") for sentence in said), (name, record, said)


def test_bibtex_fields_are_found_whatever_their_dress():
    raw = '@misc{a, title = {A {B}, c} # "d, e", month = 4 # {--} # may, note="x {"} y" ,, url={http://a/(b)}, n = 12}'
    found = {field.name: field.value for field in bibtex_reading.fields(raw)}
    assert found.keys() == {"title", "month", "note", "url", "n"}
    assert found["note"] == 'x {"} y'
    assert bibtex_fields.month(raw) == 5


@pytest.mark.parametrize(
    ("written", "month"), [("{January}", 1), ("sep", 9), ("12", 12), ("{3}", 3), ("{13}", None), ("{spring}", None)]
)
def test_months(written, month):
    assert bibtex_fields.month(f"month = {written}}}") == month


def test_missing_commas_are_told():
    raw = '@misc{a, title = {T} year = 2001, note = "n" author = {A}}'
    assert bibtex_reading.warnings(raw, ()) == [
        "A comma is missing before 'year'; it was read as if it were there.",
        "A comma is missing before 'author'; it was read as if it were there.",
    ]


def test_an_entry_above_that_is_not_there_is_told():
    assert bibtex_reading.parents("@inbook{a, title = {T}, crossref = whole}") == {"whole"}
    raw = "@inbook{a, title = {T}, crossref = {whole}}"
    assert bibtex_reading.warnings(raw, {"whole"}) == []
    assert bibtex_reading.warnings(raw, ()) == [
        "The entry 'whole', from which this one takes fields over, is not in the file; add what it would say."
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("booktitle = {Another {W}ork}", ["booktitle: 'Another {W}ork' was left out; the record has 'T'."]),
        ("isbn = {978-90-277-1262-2 978-90-277-1263-9}", ["isbn: '978-90-277-1262-2 978-90-277-1263-9' was left out;"]),
        ("isbn = {978-90-277-1262-2 (pbk)}", ["isbn: '978-90-277-1262-2 (pbk)' was left out;"]),
        ("isbn = {ISBN-13: 978-90-277-1262-2}", []),
        ("doi = {10.5555/a\\_b}", []),
        ('author = "G{\\"o}del, Kurt and others"', ["author: it says that there are others"]),
        ("publisher = {Smith \\& Sons}", []),
        ("note = {n}", ["note: 'n' has no place in the record; left out."]),
        ("date-added = {2020-01-01}", ["date-added: '2020-01-01' has no place in the record; left out."]),
        ("journal = somewhere", []),
        ("langid = {american}", []),
        ("langid = {klingonese}", ["language: 'klingonese' cannot be read; left out."]),
        ("type = {phdthesis}", []),
        ("date = {1999-05~}", []),
        ("date = {c. 1999-05}", ["date: 'c. 1999-05' has no place in the record; left out."]),
        ("year = 2013, month = may", []),
        (
            'year = 2013, month = "27{--}28 " # may',
            ["month: '27{--}28 \" # may' was left out; the record has '2013-05'."],
        ),
        ("url = {https://x.example/a#part}", ["url: 'https://x.example/a#part' was left out;"]),
        ('publisher = "A " # somewhere', []),
        ("booktitle = somewhere", ["booktitle: 'somewhere' has no place in the record; left out."]),
        ("volume = 07", []),
        ("doi = {10.5555/a;issue:doi\\\\:10.5555/b}", ["doi: '"]),
        ("publisher = {\\{\\vphantom{\\}}{{GaAs}}\\vphantom\\{\\}}", ["publisher: '"]),
        ("howpublished = {\\href{https://x.example/~b/c}{\\texttt{here}}}", ["howpublished: '"]),
        ("author = {Matou{\\v{s}}ek, Ji{\\v{r}}{\\'{\\i}} and S{\\o}rby, {\\AA}ke}", []),
        ("publisher = {Jafnr{\\ae}{\\dh}i og {\\th}{\\'a}ttaka}", []),
    ],
)
def test_what_pandoc_drops_of_bibtex_is_told(raw, said):
    entry = f"@book{{k, title = {{T}}, {raw}}}"
    found, problems = intake_record.record(bibliography.bibtex_items({0: entry})[0])
    told = [*problems, *left_out(bibtex_reading.fields(entry), found, problems)]
    assert len(told) == len(said)
    assert all(sentence.startswith(words) for sentence, words in zip(told, said, strict=True)), told


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("TI  - x1x\nTI  - x1:x", ["TI: 'x1:x' was left out; the record has 'x1x'."]),
        ("C1  - article\nC1  - another", ["C1: 'another' has no place in the record; left out."]),
        ("TI  - T\nPY  - 2001\nDA  - 2001/01/01", []),
        ("TI  - T\nPY  - 2001\nDA  - 2001/01/02\nY1  - 2001/05", ["Y1: '2001/05' was left out;"]),
        ("DO  - 10.5555/x.1 and 10.5555/x.2", ["DO: "]),
        ("DO  - https://doi.org/10.5555/x%281%29", []),
        ("UR  - https://x.example/a%20b", []),
    ],
)
def test_what_ris_says_beyond_the_record_is_told(lines, said):
    raw = f"TY  - GEN\n{lines}\nER  - \n"
    told = problems(ris_reading.item(raw), ris_reading.fields(raw))[1]
    assert len(told) == len(said), told
    assert all(sentence.startswith(words) for sentence, words in zip(told, said, strict=True)), told


def test_an_entry_of_ris_that_writes_one_blank_is_read_whole():
    item = ris_reading.item("TY - JOUR\nTI - T\nZZ - z\nER - \n")
    assert item["title"] == "T"


def test_the_key_of_ris_is_found_behind_a_long_abstract():
    [piece] = ris_reading.split(f"TY  - JOUR\nAB  - {'long ' * 2000}\nID  - key1\nER  - \n")
    assert piece.key == "key1"


def test_an_address_with_a_tilde_is_an_address():
    entry = "@misc{k, title = {T}, howpublished = {https://x.example/\\texttt{\\symbol{126}b}/c}}"
    assert bibliography.bibtex_items({0: entry})[0]["URL"] == "https://x.example/~b/c"


def test_letters_and_abbreviations_that_pandoc_drops_are_read():
    entry = "@book{k, title = {jafnr{\\ae}{\\dh}i og {\\th}{\\'a}ttaka}, author = who, publisher = Where}"
    definitions = ('@string(who = "Corporation for Digital Scholarship")', "@string{where = {Reykjavik}}")
    item = bibliography.bibtex_items({0: entry}, definitions)[0]
    found, told = intake_record.record(item)
    assert (found["title"], found["publisher"], told) == ("jafnræði og þáttaka", "Reykjavik", [])
    assert "Corporation" in str(found["author"])


def test_what_is_said_already_is_not_said_twice():
    fields = [RawField("doi", "x", ("DOI",)), RawField("note", " ", ()), RawField("KW", "a", ())]
    said = ["DOI: 'x' is not a DOI; left out."]
    assert list(left_out(fields, {}, said)) == ["KW: 'a' has no place in the record; left out."]


def test_names_beyond_the_limit_are_told():
    item = {"title": "T", "author": [{"literal": f"N{number}"} for number in range(501)]}
    assert "author: of 501 names the first 500 are kept." in intake_record.record(item)[1]


@pytest.mark.parametrize(
    ("value", "date", "said"),
    [
        ({"date-parts": [[2001, 2, 3]]}, "2001-02-03", []),
        ({"date-parts": [["2001", "2"]]}, "2001-02", []),
        ({"date-parts": [[2001], [2003]]}, "2001", ["of the period 2001/2003 the record has the beginning, 2001."]),
        ({"date-parts": [[2001, 22]]}, "2001", ["the season (22) has no place in the record; kept as 2001."]),
        ({"date-parts": [[2001]], "season": 1}, "2001", ["the season (1) has no place in the record; kept as 2001."]),
        (
            {"date-parts": [[2001]], "circa": 1},
            "2001",
            ["it is approximate, which the record does not say; kept as 2001."],
        ),
        ({"date-parts": [[]], "raw": "about 1999"}, "1999", []),
        ({"date-parts": [["x"]]}, "", []),
        ({"date-parts": 7}, "", []),
        ("2001-05", "2001-05", []),
        (1999, "1999", []),
        (["2001"], "", []),
    ],
)
def test_dates(value, date, said):
    assert dates.partial_date(value) == date
    assert (list(dates.losses(value, date)) if isinstance(value, dict) else []) == said


def test_a_doi_among_the_notes_is_taken_where_there_is_no_other():
    item = ris_reading.item("TY  - CHAP\nTI  - T\nM3  - doi:10.5555/x.1\nER  - \n")
    assert (item["DOI"], item.get("genre")) == ("doi:10.5555/x.1", None)
