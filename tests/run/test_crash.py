"""Three rounds of the crash matrix; `make crash` plays fifty."""

import signal

import pytest
from django.utils import timezone

from debatekb.running.engines import POSTGRES
from perspectives.models import Edition, LogEntry, Proposal, Topic, User
from perspectives.vocab import EventCode
from tests import suggesting
from tests.run.crash import checks, matrix, table
from tests.run.crash.faults import SUPERVISOR, Fault
from tests.run.crash.journal import Outcome, Write
from tests.run.system import free_port

ROUNDS = (Fault(POSTGRES, signal.SIGKILL), Fault("web", signal.SIGSTOP), Fault(SUPERVISOR, signal.SIGKILL))
WRITES = 30
SEED = 1


@pytest.mark.django_db
def test_the_checks_see_what_is_lost_doubled_half_there_or_not_whole(topic: Topic, published: list[Edition]) -> None:
    assert [*checks.halves(), *checks.unlike_the_log(), *checks.not_whole()] == []
    somebody = User.objects.create_user("somebody", display_name="crash001w00001")
    suggesting.many(somebody, topic, 1)
    Proposal.objects.create(topic=topic, body=b"{}", proposed_at=timezone.now(), proposed_by=somebody)
    change = {"path": "head", "after": {"title": "Another"}}
    for _ in range(2):
        LogEntry.objects.create(
            code=EventCode.TOPIC_CHANGED, at=timezone.now(), topic=topic, note="crash001w00002", changes=[change]
        )
    writes = [
        Write("claim", f"crash001w0000{number}", outcome, tries=1).as_json()
        for number, outcome in enumerate(("refused", "acknowledged", "acknowledged", "unknown", "done before"), start=1)
    ]
    assert [line.partition(" (")[0] for line in checks.amounts(writes)] == [
        "there though it was refused: claim crash001w00001",
        "doubled: claim crash001w00002",
        "lost: claim crash001w00003",
        "lost: claim crash001w00005",
    ]
    halves = [line.split(": ")[1] for line in checks.halves()]
    assert halves == [
        "a suggestion without its entry",
        "an account without its entry",
        "an account without its address",
        "proposals are not those of the log",
    ]
    assert list(checks.unlike_the_log()) == [f"half: {topic.slug} head is not what the log says of it"]
    assert "was put in past the chain" in "".join(checks.not_whole())


@pytest.mark.timeout(600)
def test_what_was_acknowledged_outlives_crashes(tmp_path_factory: pytest.TempPathFactory) -> None:
    with matrix.running(tmp_path_factory.mktemp("crash"), free_port(), SEED) as running:
        rounds = [running.round(fault, WRITES) for fault in ROUNDS]
        running.wait_made(120)
    said, writes = table.written(rounds), [write for one in rounds for write in one.writes]
    assert [what for one in rounds for what in one.broken] == [], said
    assert [write.answer for write in writes if write.outcome is Outcome.REFUSED] == [], said
    assert {write.kind for write in writes} >= {"claim", "approval", "suggestion", "account", "source", "topic"}, said
