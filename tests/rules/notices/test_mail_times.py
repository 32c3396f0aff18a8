"""When notices are mailed, and how they are put."""

from datetime import UTC, datetime, timedelta

import pytest

from perspectives.rules.notices import mail_times, sentences
from perspectives.vocab import EventCode, MailFrequency, NoticeKind

MORNING = datetime(2026, 3, 1, 5, 59, tzinfo=UTC)
SIX = datetime(2026, 3, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        (MailFrequency.AT_ONCE, MORNING, MORNING),
        (MailFrequency.NEVER, MORNING, None),
        (MailFrequency.DAILY, MORNING, SIX),
        (MailFrequency.DAILY, SIX, SIX + timedelta(days=1)),
        (MailFrequency.DAILY, SIX - timedelta(microseconds=1), SIX),
    ],
)
def test_due(frequency, now, due):
    assert mail_times.due_at(frequency, now) == due


def test_waits_grow_to_six_hours_and_are_no_shorter_than_the_lease():
    waits = [mail_times.wait(attempt) for attempt in (1, 2, 3, 7, 8, 1000)]
    assert waits == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 320, 360, 360)]
    assert min(waits) >= mail_times.LEASE


def test_every_kind_has_its_default():
    assert set(mail_times.DEFAULTS) == set(NoticeKind)


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_words(kind):
    assert [words for (of, _), words in sentences.SENTENCES.items() if of is kind]


@pytest.mark.parametrize(("kind", "code"), sentences.SENTENCES)
def test_sentences_name_what_it_is_about(kind, code):
    said = sentences.sentence(kind, code, who="Ada", what="“Bridges”", due="2026-03-01")
    assert "“Bridges”" in said
    assert said.endswith(".")
    assert ("Ada" in said) == (kind is not NoticeKind.SUGGESTION)
    assert (", by 2026-03-01" in said) == (kind is NoticeKind.ASSIGNMENT)


def test_an_action_without_words_is_told_in_general():
    said = sentences.sentence(NoticeKind.CORRECTION, EventCode.SOURCE_DEPRECATED, who="Ada", what="pratt2018timber")
    assert said == f"{EventCode.SOURCE_DEPRECATED.sentence} It is about pratt2018timber."
    assert sentences.sentence(NoticeKind.ASSIGNMENT, EventCode.ASSIGNMENT_MADE, who="Ada", what="it").endswith(
        "see to."
    )
