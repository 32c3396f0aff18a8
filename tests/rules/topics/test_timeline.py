"""Dates on one axis: no date is more exact than it is known."""

import pytest

from perspectives.rules.topics.timeline import Exactness, Mark, Span, columns, exactness, marks, span_of, step

COUNTS = {"1989": 2, "1990": 1, "1990-02": 3, "1990-02-09": 4, "1990-12-31": 1, "2001-05": 1}


@pytest.mark.parametrize(
    ("date", "known"),
    [("1990", Exactness.YEAR), ("1990-02", Exactness.MONTH), ("1990-02-09", Exactness.DAY)],
)
def test_exactness_is_the_number_of_parts(date, known):
    assert exactness(date) is known


def test_span_of_dates():
    assert span_of(COUNTS) == Span(1989, 2001)
    assert span_of([]) is None


def test_span_counts_both_ends():
    assert Span(1990, 1999).years == 10
    assert Span(1990, 1999).shifted(-1) == Span(1980, 1989)
    assert Span(1990, 1990).shifted(2) == Span(1992, 1992)


@pytest.mark.parametrize("date", ["0850", "0850-01", "0999-12-31"])
def test_dates_of_a_span_hold_all_that_lies_in_it(date):
    first, last = Span(850, 999).dates
    assert first <= date <= last


@pytest.mark.parametrize("date", ["0849-12-31", "1000"])
def test_dates_of_a_span_hold_nothing_else(date):
    first, last = Span(850, 999).dates
    assert not first <= date <= last


@pytest.mark.parametrize(
    ("span", "years"),
    [
        (Span(1990, 1990), 1),
        (Span(1990, 2029), 1),
        (Span(1990, 2030), 10),
        (Span(1700, 2099), 10),
        (Span(1, 401), 100),
        (Span(1, 9999), 100),
    ],
)
def test_steps_keep_the_columns_few(span, years):
    assert step(span) == years


def test_columns_of_years_count_every_date_of_the_year():
    made = columns(COUNTS, Span(1989, 1991))
    assert [(column.label, column.count) for column in made] == [("1989", 2), ("1990", 9), ("1991", 0)]
    assert made[1].span == Span(1990, 1990)


def test_columns_of_decades_begin_with_round_years():
    made = columns(COUNTS, Span(1985, 2030))
    assert [(column.label, column.count) for column in made] == [
        ("1980s", 2),
        ("1990s", 9),
        ("2000s", 1),
        ("2010s", 0),
        ("2020s", 0),
        ("2030s", 0),
    ]


def test_columns_never_leave_the_years_there_are():
    made = columns({}, Span(1, 9999))
    assert (made[0].span, made[-1].span) == (Span(1, 99), Span(9900, 9999))


def test_a_year_has_months_and_a_date_known_to_the_year_is_in_none():
    made = columns(COUNTS, Span(1990, 1990))
    assert [column.label for column in made][:2] == ["Jan", "Feb"]
    assert {column.month: column.count for column in made if column.count} == {"1990-02": 7, "1990-12": 1}


def test_marks_are_as_long_as_the_date_is_uncertain():
    year, february, *_ = marks(["1990-02", "1990", "1990", "1989"], Span(1990, 1991))
    assert year == Mark(0, 0.5, Exactness.YEAR)
    assert (february.start, february.end) == (pytest.approx(1 / 24), pytest.approx(2 / 24))
    assert february.exactness is Exactness.MONTH


def test_the_last_day_of_a_year_ends_with_it():
    (day,) = marks(["1990-12-31"], Span(1990, 1990))
    assert day.end == pytest.approx(1)
    assert day.end - day.start == pytest.approx(1 / 12 / 31)
    assert day.exactness is Exactness.DAY
