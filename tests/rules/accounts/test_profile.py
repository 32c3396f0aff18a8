"""Words that people say of themselves."""

import pytest

from perspectives.rules.accounts import profile


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \r\n ", ""),
        ("One\r\ntwo", "One two"),
        ("One\r\n\r\n \r\nTwo  three", "One\n\nTwo three"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_paragraphs_are_tidied(typed, kept):
    assert profile.tidy_paragraphs(typed) == kept
    assert profile.tidy_line(typed) == " ".join(kept.split())


@pytest.mark.parametrize("name", ["Ada", "Ἀριστοτέλης", "x" * 80, "O’Neill-Žižek"])
def test_names_of_all_kinds_are_kept(name):
    assert not list(profile.problems(display_name=name, interests="Two\n\nparagraphs."))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"display_name": ""}, ["display_name: The name is empty; write the text or remove the field."]),
        ({"display_name": "x" * 81}, ["display_name: The name has more than 80 characters; shorten it."]),
        (
            {"display_name": "a\u202eb", "interests": "x" * 2001},
            [
                "display_name: The name contains the invisible character U+202E; remove it.",
                "interests: The text has more than 2000 characters; shorten it.",
            ],
        ),
    ],
)
def test_what_cannot_be_kept_is_said(told, said):
    assert [f"{problem.field}: {problem}" for problem in profile.problems(**told)] == said
