"""A quiz in GIFT, Moodle's text format of questions (docs.moodle.org, "GIFT format")."""

import re

from perspectives.rules.formats.quiz.exercise import Exercise, Quiz

_SPECIAL = re.compile(r"[\\~=#{}:]")
_PLAIN = "[plain]"
"""Says that what follows is no markup. Before an answer it also keeps `%` and `[` at its start from being read."""


def text(quiz: Quiz) -> str:
    """Write the quiz: its category, then its questions with an empty line between them."""
    category = f"$CATEGORY: {_line(quiz.title).replace('/', '//')}\n"
    return "\n".join([category, *map(_exercise, quiz.exercises)])


def _exercise(one: Exercise) -> str:
    lines = [f"::{_line(one.id)}::{_PLAIN}{_escaped(one.task)}\\n{_escaped(one.text)} {{"]
    lines += [f"{'=' if option.id == one.right else '~'}{_PLAIN}{_escaped(option.text)}" for option in one.options]
    return "\n".join([*lines, f"####{_PLAIN}{_escaped(one.feedback)}", "}", ""])


def _escaped(words: str) -> str:
    """Keep what means something to GIFT from meaning it; a line break would end a question, or begin a comment."""
    return _SPECIAL.sub(r"\\\g<0>", words).replace("\r\n", "\n").replace("\n", "\\n")


def _line(words: str) -> str:
    return _escaped(" ".join(words.split()))
