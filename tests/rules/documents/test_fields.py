"""What texts, dates and identifiers may look like: values just inside the rule; `broken.py` has those outside."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from perspectives.rules.documents import fields

ACCEPTED: list[tuple[Any, list[str]]] = [
    (fields.Line, ["x", "no", "null", "a\u00a0b", "– “quoted” – ", "x" * 5000, "ein Steg: ß # 'x'"]),
    (fields.Paragraphs, ["one", "one\n\ntwo\n\nthree", "« mot\u00a0»\n\nb"]),
    (fields.Heading, ["x" * 300]),
    (fields.Quote, [" ".join(["w"] * 40)]),
    (fields.Fragment, [" ".join(["w"] * 12)]),
    (fields.Slug, ["a", "0", "a-b-3", "x" * 80]),
    (fields.CiteKey, ["sarotte2021not", "a_b-c", "1"]),
    (fields.ClaimRef, ["minsk-ii/s2", "a/b"]),
    (fields.PartialDate, ["0001", "9999-12-31", "2000-02-29", "2024-02-29", "2014-01", "2014-04-30", "2014-01-31"]),
    (fields.LanguageTag, ["en", "de-CH", "sr-Latn", "zh-Hant", "mul", "und", "no"]),
    (
        fields.WebAddress,
        [
            "http://x.example",
            "https://x.example:8080/a?b=c#d",
            "https://münchen.example/ü",
            "https://[::1]/",
            "https://x/(y)",
        ],
    ),
    (fields.Doi, ["10.1000/182", "10.5555/ABC", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"]),
    (fields.Isbn, ["0306406152", "0-306-40615-2", "080442957X", "9780306406157", "978-0-306-40615-7"]),
]
REFUSED: list[tuple[Any, list[str]]] = [
    (fields.Paragraphs, ["a\n\n\n\nb", "a\n\n b", "a\nb"]),
    (fields.Fragment, [" ".join(["w"] * 13)]),
    (fields.Slug, ["-a", "a-", "A", "a_b", "a\n", ""]),
    (fields.CiteKey, ["A", "_a", "a__b", "a-"]),
    (fields.ClaimRef, ["a", "a/b/c", "/a", "a/", "A/b"]),
    (fields.PartialDate, ["2023-02-29", "2100-02-29", "2014-04-31", "2014-1", "214", "02014", "2014-01-32", "2014\n"]),
    (fields.LanguageTag, ["", "en-", "en_GB", "iw", "i-klingon", "EN-gb"]),
    (
        fields.WebAddress,
        ["https://", "//x.example", "x.example", "https://x y", "https://x:port/", "https://a@x.example"],
    ),
    (fields.WebAddress, ["https://x.example/a\\b", 'https://x.example/"', "mailto:a@x.example", "https://x.example/`"]),
    (fields.Doi, ["doi:10.1000/182", "11.1000/1", "10.1000", "x"]),
    (fields.Isbn, ["030640615X", "978--0306406157", "97803064061 57", "9780306406157-", "\u0660306406152", "isbn"]),
]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in ACCEPTED for value in values])
def test_value_is_accepted_as_it_is(kind: Any, value: str) -> None:
    if value != value.strip():
        value = value.strip()
    assert TypeAdapter(kind).validate_python(value) == value


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in REFUSED for value in values])
def test_value_is_refused(kind: Any, value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize("kind", [kind for kind, _ in ACCEPTED])
@given(value=st.text(max_size=40) | st.from_regex(r"(10\.\d{4}/|https?://|978-?)?[\w\W]{0,20}", fullmatch=True))
def test_any_text_is_accepted_as_it_is_or_refused_with_a_sentence(kind: Any, value: str) -> None:
    try:
        taken = TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        kinds = {detail["type"] for detail in error.errors()}
        taken = value if kinds <= {"mend", "too_long"} else kinds
    assert taken == value


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("10", 10), ("999999999", 999_999_999), (0, 0), (7, 7)])
def test_number_is_taken_from_digits_and_from_json(value: Any, number: int) -> None:
    assert TypeAdapter(fields.Number).validate_python(value) == number


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("", "''"),
        (" 1", "' 1'"),
        ("01", "'01'"),
        ("+1", "'+1'"),
        ("1_0", "'1_0'"),
        ("1000000000", "'1000000000'"),
        (True, "a bool"),
        (1.0, "a float"),
        (None, "a NoneType"),
        ({}, "a mapping"),
    ],
)
def test_number_that_would_be_written_otherwise_is_refused(value: Any, what: str) -> None:
    with pytest.raises(ValidationError, match=f"is {what.replace('+', '[+]')}, not a whole number; write digits only"):
        TypeAdapter(fields.Number).validate_python(value)


@pytest.mark.parametrize(("value", "what"), [(1, "int"), (None, "NoneType"), ([], "list"), ({}, "mapping")])
def test_text_must_be_a_text(value: Any, what: str) -> None:
    with pytest.raises(ValidationError, match=f"is a {what}; write one text here"):
        TypeAdapter(fields.Line).validate_python(value)


def test_words_are_parted_by_white_space_of_any_kind() -> None:
    assert fields.word_count("") == 0
    assert fields.word_count("a b\nc\u00a0d  e-f") == 5
