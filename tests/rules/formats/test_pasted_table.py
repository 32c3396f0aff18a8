"""Pasted tables: whatever is not read is told, and nothing is lost."""

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.formats import pasted_table
from perspectives.rules.formats.pasted_table import Column
from perspectives.vocab import Relation

COLUMNS = (
    Column("text", "Claim"),
    Column("source", "Source"),
    Column("relation", "How it bears", {one.value: str(one.label) for one in Relation}),
)


def read(text, most=10):
    return pasted_table.read(text, COLUMNS, most=most)


def values(text):
    return [dict(row.values) for row in read(text).rows]


@pytest.mark.parametrize(
    "text",
    [
        "It is wet.\tpratt2018\tsupports",
        'It is wet.,"pratt2018", supports\r\n',
        "Claim\tSource\tHow it bears\nIt is wet.\tpratt2018\tSupports",
        "relation,text,source\n\nsupports,It is wet.,pratt2018\n,,\n",
    ],
    ids=["tabs", "commas", "labels", "names"],
)
def test_cells_find_their_columns(text):
    assert values(text) == [{"text": "It is wet.", "source": "pratt2018", "relation": "supports"}]


def test_a_cell_may_hold_commas_and_lines():
    assert values('"Wet, and\nold",a2000') == [{"text": "Wet, and\nold", "source": "a2000"}]


def test_quotation_marks_of_word_processors_stay():
    assert values('"Wet" it is\ta2000') == [{"text": '"Wet" it is', "source": "a2000"}]


def test_every_rows_mistakes_are_told():
    table = read("text,source,text,colour,relation\nWet,a2000,again,blue,proves\nDry,b2001,,,\n")
    first, second = table.rows
    assert [name for name, _ in first.mistakes] == ["", "", "relation"]
    assert [words.partition("”")[0] for _, words in first.mistakes] == ["“again", "“blue", "“proves"]
    assert second.mistakes == ()
    (long,) = read("Wet,a2000,supports,and more").rows
    assert "“and more” stands in no column" in long.mistakes[0][1]


def test_a_table_that_cannot_be_read_is_given_back():
    table = read('Wet,"a2000\n')
    assert (table.rows, table.rest) == ((), 'Wet,"a2000\n')
    assert "could not be read" in table.mistakes[0]


def test_what_does_not_fit_is_given_back_as_a_table_of_its_own():
    for head in ("", "text,source\n"):
        table = read(f'{head}A,a\nB,b\n"C, d",c\n', most=2)
        assert [row.values["text"] for row in table.rows] == ["A", "B"]
        assert table.mistakes == ("2 rows fit; 1 are still in the box.",)
        assert [row.values["text"] for row in read(table.rest).rows] == ["C, d"]


def test_nothing_gives_nothing():
    assert read(" \n\n") == pasted_table.PastedTable(())


CELLS = st.text(st.sampled_from("abÄ1 ,\"'\n"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12), st.sampled_from(",\t"))
def test_every_cell_of_any_table_is_kept_told_or_given_back(cells, delimiter):
    made = StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(cells)
    table = read(made.getvalue())
    told = [*(value for row in table.rows for value in row.values.values())]
    told += [words for row in table.rows for _, words in row.mistakes]
    rest = "".join([*told, table.rest])
    for cell in (cell for row in cells for cell in row):
        assert all(piece in rest for piece in re.findall(r"\w+", cell)), cell
