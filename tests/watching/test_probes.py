"""Questions that hang, fail and go wrong: an answer comes in time all the same, and nothing is asked twice."""

import threading
import time

import pytest
from django.db import OperationalError

from debatekb.watching import probes
from debatekb.watching.probes import Outcome, Probe, Probes

WELL = Outcome(is_ok=True, detail="Well.")


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(probes, "LONGEST_SECONDS", 0.3)


def test_one_that_hangs_is_not_waited_for_and_not_asked_again():
    goes_on, asked = threading.Event(), []

    def hang():
        asked.append(1)
        goes_on.wait(30)
        return WELL

    made = Probes({"part": Probe(hang, of="Engine", is_of_part=True), "other": Probe(lambda: WELL)})
    for _ in range(3):
        began = time.monotonic()
        found = made.outcomes(["part", "other"])
        assert time.monotonic() - began < 1
        assert (found["part"].is_ok, found["part"].detail) == (False, "Engine does not answer.")
        assert found["other"].is_ok
    assert len(asked) == 1
    goes_on.set()
    time.sleep(0.1)
    assert made.outcomes(["part"])["part"].is_ok


def test_an_answer_is_given_again_for_a_moment(monkeypatch):
    asked = []
    made = Probes({"part": Probe(lambda: asked.append(1) or WELL)})
    made.outcomes(["part"])
    made.outcomes(["part"])
    assert len(asked) == 1
    monkeypatch.setattr(probes, "FRESH_SECONDS", 0)
    made.outcomes(["part"])
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("probe", "is_ok", "detail"),
    [
        ({"of": "Engine", "is_of_part": True}, False, "Engine does not answer."),
        ({"of": "Engine"}, None, "Not known: Engine does not answer."),
        ({}, False, "Could not be read."),
    ],
)
def test_what_a_failure_says_is_not_shown(probe, is_ok, detail):
    def fail():
        raise OperationalError("secret host")

    outcome = Probes({"part": Probe(fail, **probe)}).outcomes(["part"])["part"]
    assert (outcome.is_ok, outcome.detail) == (is_ok, detail)


def test_a_question_that_is_itself_wrong_is_not_known_and_logged(caplog):
    def wrong():
        raise ZeroDivisionError

    outcome = Probes({"part": Probe(wrong)}).outcomes(["part"])["part"]
    assert outcome.is_ok is None
    assert "The question about part went wrong." in caplog.text
