"""Another program reads the quizzes of all topics in GIFT: every question, right answer and other answer comes back."""

import json
from pathlib import Path

from perspectives.rules.formats.quiz import gift
from tests.rules.formats.test_quiz_formats import hostile, quizzes

SCRIPT = Path(__file__).with_name("gift.mjs")


def plain(words):
    return {"format": "plain", "text": words}


def expected(quiz):
    return [
        {
            "type": "MC",
            "title": one.id,
            "stem": plain(f"{one.task}\n{one.text}"),
            "choices": [{"text": plain(option.text), "isCorrect": option.id == one.right} for option in one.options],
            "feedback": plain(one.feedback),
        }
        for one in quiz.exercises
    ]


def test_every_question_and_answer_comes_back(node):
    given = [hostile(), *quizzes()]
    found = json.loads(node(SCRIPT, json.dumps([gift.text(quiz) for quiz in given])))
    assert found == [expected(quiz) for quiz in given]
