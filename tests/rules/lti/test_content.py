"""What a link of a course opens, as it is written into the link and read back."""

import pytest

from perspectives.rules.lti import content
from perspectives.rules.study.quiz import SHEETS
from perspectives.vocab import LtiContent

CLASS = {"content": "class"}
QUIZ = {"content": "quiz", "topic": "minsk-ii"}


@pytest.mark.parametrize(
    "chosen",
    [
        *(content.page_of("minsk-ii", page) for page in content.PAGES),
        content.Content(LtiContent.QUIZ, topic="minsk-ii", sheet=1),
        content.Content(LtiContent.QUIZ, topic="minsk-ii", sheet=SHEETS),
    ],
)
def test_what_was_chosen_comes_back_with_the_launch(chosen):
    assert content.read(chosen.custom) == chosen


@pytest.mark.parametrize(
    "custom",
    [
        {},
        {"content": "poll"},
        {"content": "material"},
        {"content": "material", "path": "/desk/"},
        {"content": "material", "path": "//evil.example/topics/minsk-ii/"},
        {"content": "material", "path": "/topics/minsk-ii/edit/"},
        QUIZ,
        {**QUIZ, "sheet": "0"},
        {**QUIZ, "sheet": str(SHEETS + 1)},
        {**QUIZ, "sheet": "one"},
        {**QUIZ, "topic": "../desk", "sheet": "1"},
        CLASS,
        {**CLASS, "code": "?"},
    ],
)
def test_what_names_nothing_of_ours_is_not_read(custom):
    assert content.read(custom) is None
