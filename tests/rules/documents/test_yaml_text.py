"""What is written is read again as it was, and written the same again."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.documents.yaml_text import MAX_BYTES, MAX_DEPTH, MAX_VALUES, UnreadableError, read, write
from tests import depth
from tests.rules.strategies import Folder, dumped, files, folders
from tests.rules.strategies_values import TRICKY


def as_text(data: Any) -> Any:
    """Turn numbers into the texts that stand in the file."""
    if isinstance(data, dict):
        return {key: as_text(value) for key, value in data.items()}
    return [as_text(item) for item in data] if isinstance(data, list) else str(data)


@depth.times(0.2)  # each folder has three to five documents: more than 500 in all when deep
@given(folders())
def test_folder_survives_writing_reading_and_validation(folder: Folder) -> None:
    written = files(folder)
    assert {name: read(content).data for name, content in written.items()} == as_text(folder)
    packs, problems = parse(written, Known())
    assert problems == []
    again = dumped(packs)
    assert again == folder
    # From here on the fields stand in the order of a dump; the same data, written, always gives the same bytes.
    once_more, _ = parse(files(again), Known())
    assert json.dumps(dumped(once_more)) == json.dumps(again)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(TRICKY)


@given(st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)))
def test_plain_data_of_any_kind_survives(data: Any) -> None:
    text = write(data)
    assert read(text.encode()).data == data
    assert write(read(text.encode()).data) == text


ODD_TEXTS = st.text(st.sampled_from("ab:- \n\t'\"[]{}&*!|>%@`#?,~\x00\ufeff\u2028é"), max_size=60)


def problem_of(content: bytes) -> UnreadableError | None:
    """Read and give the refusal, if there is one."""
    try:
        assert () in read(content).lines
    except UnreadableError as error:
        return error
    return None


@given(st.binary(max_size=60) | ODD_TEXTS.map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    if error := problem_of(content):
        assert "; " in str(error)
        assert 0 <= error.line <= len(content) + 1


def test_every_text_stays_the_text_that_stands_in_the_file() -> None:
    data = read(b"a: no\nb: 2014-02-30\nc: 0x1F\nd: null\ne: ~\nf: 1e3\ng:\nh: '007'\ni: ! x\n").data
    assert data == {
        "a": "no",
        "b": "2014-02-30",
        "c": "0x1F",
        "d": "null",
        "e": "~",
        "f": "1e3",
        "g": "",
        "h": "007",
        "i": "x",
    }


def test_long_texts_are_folded_and_paragraphs_stand_as_they_are() -> None:
    assert write({"a": "word " * 30 + "end"}).startswith("a: >-\n  word word")
    assert max(map(len, write({"a": "word " * 30 + "end"}).splitlines())) <= 112
    assert write({"a": "word\n\nend"}) == "a: |-\n  word\n\n  end\n"
    assert write({"a": "x" * 110}) == f"a: {'x' * 110}\n"
    assert write({"a": "x" * 111}) == f"a: >-\n  {'x' * 111}\n"


def test_lists_stand_below_their_name_and_fields_in_the_given_order() -> None:
    assert write({"b": ["x", {"d": "1", "c": "y"}], "a": []}) == "b:\n  - x\n  - d: '1'\n    c: y\na: []\n"


def test_line_is_that_on_which_a_value_begins() -> None:
    tree = read(b"# first\na:\n  - x\n  - b: >-\n      long\n      text\n    c: y\n")
    assert [tree.line(path) for path in [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "b"), ("a", 1, "c")]] == [
        2,
        3,
        3,
        4,
        4,
        7,
    ]
    assert tree.line(("a", 1, "nothing", 4)) == 4
    assert tree.line(("nothing",)) == 2


def test_line_is_told_after_other_letters_and_a_byte_order_mark() -> None:
    for content in ("é\ni\nß\x01", "\ufeffé\n\n\x01", "\ufeff\n\n\x01"):
        with pytest.raises(UnreadableError, match=r"U\+0001") as refused:
            read(content.encode())
        assert refused.value.line == 3
    with pytest.raises(UnreadableError, match="not UTF-8 at byte 2") as refused_bytes:
        read(b"\xef\xbb\xbf\n\n\xff")
    assert refused_bytes.value.line == 3


def test_limits_are_exact() -> None:
    assert read(b"a" + b" " * (MAX_BYTES - 1)).data == "a"
    with pytest.raises(UnreadableError, match="2,000,001 bytes"):
        read(b"a" + b" " * MAX_BYTES)
    assert read(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH).data
    with pytest.raises(UnreadableError, match="more than 20 deep"):
        read(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))
    assert len(read(b"- a\n" * (MAX_VALUES - 1)).data) == MAX_VALUES - 1
    with pytest.raises(UnreadableError, match="more than 100,000 values"):
        read(b"- a\n" * MAX_VALUES)
