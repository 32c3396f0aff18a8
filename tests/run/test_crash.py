"""Three rounds of the crash matrix; `make crash` plays fifty."""

import signal

import pytest

from debatekb.running.engines import POSTGRES
from tests.run.crash import matrix, table
from tests.run.crash.faults import SUPERVISOR, Fault
from tests.run.crash.journal import Outcome
from tests.run.system import free_port

ROUNDS = (Fault(POSTGRES, signal.SIGKILL), Fault("web", signal.SIGSTOP), Fault(SUPERVISOR, signal.SIGKILL))
WRITES = 30
SEED = 1


@pytest.mark.timeout(600)
def test_what_was_acknowledged_outlives_crashes(tmp_path_factory: pytest.TempPathFactory) -> None:
    with matrix.running(tmp_path_factory.mktemp("crash"), free_port(), SEED) as running:
        rounds = [running.round(fault, WRITES) for fault in ROUNDS]
        running.wait_made(120)
    said, writes = table.written(rounds), [write for one in rounds for write in one.writes]
    assert [what for one in rounds for what in one.broken] == [], said
    assert [write.answer for write in writes if write.outcome is Outcome.REFUSED] == [], said
    assert {write.kind for write in writes} >= {"claim", "approval", "suggestion", "account", "source", "topic"}, said
