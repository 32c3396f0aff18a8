"""Plain wordings are plain: every perspective has one that a reader of 14 understands."""

import pytest
import textstat

from perspectives.rules.documents.fields import MAX_PLAIN_WORDS, word_count
from tests import content

GRADE = 9
"""The highest Flesch-Kincaid grade."""


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_perspective_is_told_in_plain_words(slug):
    for side in content.topic(slug).perspectives:
        assert side.plain, side.id
        assert word_count(side.plain) <= MAX_PLAIN_WORDS, side.id
        assert textstat.flesch_kincaid_grade(side.plain) <= GRADE, side.id
        assert not side.plain.endswith(side.summary)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_says_how_readers_ask(slug):
    assert 8 <= len(content.topic(slug).asked_as) <= 20


def test_the_measure_tells_plain_words_from_others():
    learned = (
        "Notwithstanding contemporaneous diplomatic representations, multilateral institutional enlargement continued."
    )
    assert textstat.flesch_kincaid_grade(learned) > GRADE
