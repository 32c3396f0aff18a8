"""Dates of works: what is said of them beside year, month and day, in words and in the forms of other programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from perspectives.clients import bibliography, pandoc
from perspectives.rules.formats.bibliography import bibtex_reading, ris, ris_reading
from perspectives.rules.intake import dates, intake_record, kept_fields, splitting
from perspectives.rules.sources import csl, work_dates
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import PublicationStatus
from tests import factories

DATES = {
    "1914": ("1914", "1914", [[1914]], False),
    "1914-06": ("June 1914", "1914-06", [[1914, 6]], False),
    "1914-06-28": ("28 June 1914", "1914-06-28", [[1914, 6, 28]], False),
    "1914~": ("about 1914", "1914", [[1914]], True),
    "1914-06~": ("about June 1914", "1914-06", [[1914, 6]], True),
    "2001-21": ("spring 2001", "2001", [[2001, 21]], False),
    "2001-24": ("winter 2001", "2001", [[2001, 24]], False),
    "1914/1918": ("1914 to 1918", "1914", [[1914], [1918]], False),
    "1914-07/1918-11-11": ("July 1914 to 11 November 1918", "1914-07", [[1914, 7], [1918, 11, 11]], False),
    "1914/..": ("from 1914", "1914", [[1914], [0]], False),
    "1914~/1918~": ("about 1914 to about 1918", "1914", [[1914], [1918]], True),
    "1914~/..": ("from about 1914", "1914", [[1914], [0]], True),
}
"""A date: in words, without what more is said, and CSL's parts and mark."""
UNCERTAIN = {"1914?": "perhaps 1914", "1914%": "perhaps about 1914"}
"""CSL has one mark for what is approximate and what is uncertain."""


def record(**more):
    made = {**factories.source_record(), **more}
    return SourceRecord.model_validate(made).model_dump(mode="json", by_alias=True, exclude_defaults=True)


@pytest.mark.parametrize("date", DATES)
def test_in_words_and_as_csl(date):
    words, start, parts, is_circa = DATES[date]
    assert work_dates.is_date(date)
    assert (work_dates.in_words(date), work_dates.start(date)) == (words, start)
    assert work_dates.csl(date) == {"date-parts": parts} | ({"circa": True} if is_circa else {})
    assert work_dates.from_csl(parts, is_circa=is_circa) == date
    assert work_dates.is_plain(date) is (date == start)
    assert record(issued=date)["issued"] == date


@pytest.mark.parametrize("date", UNCERTAIN)
def test_what_is_uncertain_is_approximate_elsewhere(date):
    assert work_dates.in_words(date) == UNCERTAIN[date]
    assert work_dates.csl(date) == work_dates.csl("1914~")
    assert not work_dates.is_plain(date)
    assert record(issued=date)["issued"] == date


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1918/1914", "'1918/1914' ends before it begins; write the earlier date first"),
        ("1914/", "'1914/' is not a period; write 1914/1918, or 1914/.. for one that goes on"),
        ("1/2/3", "'1/2/3' is not a period; write 1914/1918, or 1914/.. for one that goes on"),
        ("../1914", "'..' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("2001-25", "'2001-25' has no such month or year; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("1914~~", "'1914~' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_what_is_no_date_is_refused(date, words):
    with pytest.raises(ValidationError) as caught:
        record(issued=date)
    assert caught.value.errors()[0]["msg"] == words


@given(st.text("0123456789-/~?%.", max_size=12))
def test_whatever_is_accepted_has_words_and_parts(text):
    try:
        record(issued=text)
    except ValidationError:
        return
    assert work_dates.is_date(text)
    assert work_dates.in_words(text)
    assert work_dates.csl(text)["date-parts"]


def test_csl_without_a_beginning_is_no_date():
    assert work_dates.from_csl([[0], [1914]], is_circa=False) == work_dates.from_csl([], is_circa=True) == ""


def read_back(form, made):
    """Write a record in a format and read it again: the record, and what is said."""
    item = csl.csl_item("k", made)
    text = {"BibLaTeX": pandoc.biblatex, "RIS": lambda _: ris.text({"k": made}), "CSL": lambda _: ""}[form]([item])
    if form == "CSL":
        return intake_record.record(item)
    [entry] = splitting.read(text).entries
    if form == "RIS":
        found, fields = ris_reading.item(entry.raw), ris_reading.fields(entry.raw)
    else:
        found, fields = bibliography.bibtex_items({0: entry.raw})[0], bibtex_reading.fields(entry.raw)
    back, said = intake_record.record(found)
    return back, [*said, *kept_fields.left_out(fields, back, said)]


@pytest.mark.parametrize("form", ["BibLaTeX", "RIS", "CSL"])
@pytest.mark.parametrize("date", DATES)
def test_dates_and_status_survive_other_programs(form, date):
    status = list(PublicationStatus)[len(date) % len(PublicationStatus)]
    back, said = read_back(form, record(issued=date, status=status))
    assert (back.get("issued"), back.get("status")) == (date, status)
    assert not [
        sentence for sentence in said if sentence.startswith(("issued", "status", "date", "pubstate", "N1", "DA"))
    ]


def test_classic_bibtex_has_years_alone():
    items = [csl.csl_item(str(number), record(issued=date)) for number, date in enumerate(("2001-21", "1914/.."))]
    text = pandoc.bibtex(items)
    assert "year = {2001}" in text
    assert "year = {1914--}" in text
    assert "month" not in text


@pytest.mark.parametrize(
    ("raw", "date", "status"),
    [
        ("year={1973--1974}", "1973/1974", None),
        ("year={c. 1914}", "1914~", None),
        ("date={1914/..}", "1914/..", None),
        ("date={1914/}", "1914/..", None),
        ("year={forthcoming}", None, "forthcoming"),
        ("year={2025}, pubstate={inpress}", "2025", "in press"),
        ("date={2001-21}", "2001-21", None),
    ],
)
def test_bibtex_as_people_write_it(raw, date, status):
    entry = f"@book{{k, title={{T}}, {raw}}}"
    back, said = intake_record.record(bibliography.bibtex_items({0: entry})[0])
    assert (back.get("issued"), back.get("status")) == (date, status)
    assert not [*said, *kept_fields.left_out(bibtex_reading.fields(entry), back, said)]


@pytest.mark.parametrize(
    ("lines", "date", "said"),
    [
        ("PY  - 2004\nDA  - JUN", "2004-06", []),
        ("PY  - 2004\nDA  - JUN 15", "2004-06-15", []),
        ("PY  - 2004\nDA  - SEP-OCT", "2004", ["DA: 'SEP-OCT' was left out; the record has '2004'."]),
        ("PY  - 2004/05/01\nDA  - JUN", "2004-05-01", ["DA: 'JUN' was left out; the record has '2004-05-01'."]),
        ("PY  - 1973-1974", "1973/1974", []),
        ("DA  - 1914///1914~", "1914~", []),
        ("DA  - 1914///Easter", "1914", ["DA: '1914///Easter' was left out; the record has '1914'."]),
    ],
)
def test_ris_as_people_write_it(lines, date, said):
    entry = f"TY  - BOOK\nTI  - T\n{lines}\nER  - \n"
    back, problems = intake_record.record(ris_reading.item(entry))
    assert back["issued"] == date
    assert [*problems, *kept_fields.left_out(ris_reading.fields(entry), back, problems)] == said


@pytest.mark.parametrize(
    ("value", "date", "said"),
    [
        ({"date-parts": [[2001]], "season": 1}, "2001-21", []),
        ({"date-parts": [[2001, 33]]}, "2001", ["the season (33) has no place in the record; kept as 2001."]),
        ({"raw": "1999", "circa": True}, "1999~", []),
        ({"date-parts": [[""]], "literal": "spring 2021"}, "2021", []),
        ("2001-05", "2001-05", []),
    ],
)
def test_csl_as_programs_write_it(value, date, said):
    assert dates.work_date(value) == date
    assert (list(dates.losses(value, date)) if isinstance(value, dict) else []) == said
