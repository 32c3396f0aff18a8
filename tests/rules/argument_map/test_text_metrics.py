"""Texts to lines: nothing is lost, nothing is too wide, nothing is drawn that XML cannot hold."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.argument_map.text_metrics import ELLIPSIS, drawable, lines, text_width

MANY = 10_000
texts = st.text(st.characters(codec="utf-8"), max_size=200)


@given(texts, st.integers(20, 400))
def test_all_words_are_kept_and_no_line_is_too_wide(text, width):
    made = lines(text, width=width, size=14, most=MANY)
    assert "".join(made).replace(" ", "") == "".join(drawable(text).split())
    assert all(text_width(line, 14) <= width for line in made)


@given(texts, st.integers(20, 400), st.integers(1, 5))
def test_what_is_cut_off_is_told(text, width, most):
    whole = lines(text, width=width, size=14, most=MANY)
    shown = lines(text, width=width, size=14, most=most)
    assert len(shown) == min(len(whole), most)
    assert (shown == whole) == (len(whole) <= most)
    assert len(whole) <= most or shown[-1].endswith(ELLIPSIS)
    assert all(text_width(line, 14) <= width for line in shown)


@given(st.text(max_size=50))
def test_what_is_drawable_can_be_read_as_xml(text):
    root = ElementTree.Element("text")
    root.text = drawable(text)
    ElementTree.fromstring(ElementTree.tostring(root))


@pytest.mark.parametrize(
    ("text", "width", "made"),
    [
        ("", 100, ()),
        ("one two", 100, ("one two",)),
        ("one two", 40, ("one", "two")),
        ("one two three four", 40, ("one", f"two{ELLIPSIS}")),
        ("one, two, three", 40, ("one,", f"two{ELLIPSIS}")),
        ("a" * 9, 22, ("aa", f"a{ELLIPSIS}")),
        ("世界世界", 16, ("世", ELLIPSIS)),
        ("WM", 5, ("W", "M")),
    ],
)
def test_lines_of(text, width, made):
    assert lines(text, width=width, size=14, most=2) == made


@pytest.mark.parametrize(("letter", "width"), [("i", 3), ("W", 9.2), ("中", 10), ("\u0301", 0), ("Ж", 7), ("ж", 5.8)])
def test_widths_differ_by_letter(letter, width):
    assert text_width(letter, 10) == pytest.approx(width)
