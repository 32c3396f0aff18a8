"""The life of a whole system, and what it says when it cannot begin."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from debatekb import embedded
from debatekb.running import engines
from tests.run.system import System, free_port

MEMORY_MB = 700


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """A system in a folder of its own; what engines leave elsewhere is removed, and pytest removes the folder."""
    made = System(tmp_path / "var", free_port())
    made.is_first = True
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()
    if (made.var / "place.json").exists():
        made.run("--clean")


def ask(system: System, statement: str) -> list[tuple[object, ...]]:
    """Ask the embedded database of the system."""
    place = embedded.place_of(system.var)
    password = place.password_file.read_text(encoding="ascii")
    with psycopg.connect(
        host=str(place.sockets), user=embedded.NAME, password=password, dbname=embedded.NAME, autocommit=True
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def memory(process: psutil.Process) -> int:
    """Give the proportional share of memory in bytes; a process that has just ended, such as a job, has none."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


@pytest.mark.timeout(600)
def test_a_system_lives_dies_and_comes_back(system: System) -> None:
    system.start()
    assert system.said().rstrip().endswith(f"Debate KB is ready: http://127.0.0.1:{system.port}/")
    assert sum(map(memory, system.processes())) < MEMORY_MB * 1e6
    ask(system, "CREATE TABLE kept AS SELECT 1 AS one")
    a_second_one_is_refused(system)
    assert system.signal(signal.SIGTERM) == 0
    assert system.traces() == []

    system.start()
    the_dead_are_revived(system)
    system.signal(signal.SIGKILL)
    assert system.traces() != []

    system.start()
    assert "Ended what an interrupted run had left: beat, worker, web, Valkey, PostgreSQL." in system.said()
    assert ask(system, "SELECT one FROM kept") == [(1,)]
    assert system.signal(signal.SIGINT) == 0
    assert system.traces() == []
    data = embedded.place_of(system.var).data
    assert system.run("--clean").returncode == 0
    assert not system.var.exists()
    assert not data.exists()


def a_second_one_is_refused(system: System) -> None:
    assert system.process is not None
    refused = system.run()
    assert refused.returncode == 1
    assert refused.stderr == (
        f"CommandError: Debate KB already runs: http://127.0.0.1:{system.port}/ (process {system.process.pid}); "
        "end that one first.\n"
    )


def the_dead_are_revived(system: System) -> None:
    for name in ("beat", engines.POSTGRES):
        psutil.Process(system.children()[name]).kill()
        system.wait_for(f"{name} runs again.")


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DATABASE_URL": "nonsense"}, "Error: DATABASE_URL (nonsense) is malformed; it should look like postgres://"),
        # pragma: allowlist nextline secret - made up
        ({"DATABASE_URL": "mysql://a:geheim@h/x"}, "Error: DATABASE_URL (mysql://a:***@h/x) is malformed"),
        (
            # pragma: allowlist nextline secret - made up
            {"DATABASE_URL": "postgres://a:geheim@127.0.0.1:1/x"},
            "CommandError: The database of DATABASE_URL (postgres:",
        ),
        ({"REDIS_URL": "redis://127.0.0.1:99999/0"}, "Error: REDIS_URL (redis://127.0.0.1:99999/0) is malformed"),
        (
            # pragma: allowlist nextline secret - made up
            {"REDIS_URL": "redis://:geheim@127.0.0.1:1/0"},
            "CommandError: The server of REDIS_URL (redis://:***@127.0.0.",
        ),
        (
            {"HOST": "192.0.2.1"},
            "CommandError: HOST=192.0.2.1 would open it to other machines; set ALLOW_REMOTE=yes if",
        ),
        ({"PORT": "http"}, "CommandError: PORT=http is not a whole number from 1 to 65535."),
        ({"HOST": "192.0.2.1", "ALLOW_REMOTE": "yes"}, "CommandError: 192.0.2.1:"),
    ],
)
def test_a_wrong_address_is_one_sentence(system: System, variables: dict[str, str], sentence: str) -> None:
    refused = system.run(**{"SECRET_KEY": "given", **variables})
    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert refused.stderr.count("\n") == 1
    assert "geheim" not in refused.stderr
    assert not (system.var / "lock").exists()


def test_a_database_without_a_key_is_refused(system: System) -> None:
    refused = system.run(DATABASE_URL="postgres://127.0.0.1/x")
    assert refused.returncode == 1
    assert (
        refused.stderr
        == "Error: With DATABASE_URL given, SECRET_KEY must be given too: 50 random characters or more.\n"
    )


def test_a_taken_port_is_one_sentence_with_the_way_out(system: System) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", system.port))
        taken.listen()
        refused = system.run()
    assert refused.returncode == 1
    assert refused.stderr == (
        f"CommandError: Port {system.port} is taken by another program; "
        f"choose another: PORT={system.port + 1} make run.\n"
    )


def test_a_file_in_the_place_of_the_folder_is_one_sentence(system: System) -> None:
    system.var.write_text("in the way")
    refused = system.run()
    assert refused.returncode == 1
    assert f"{system.var} cannot be written (file exists)" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_end_may_be_asked_for_during_the_start(system: System) -> None:
    system.begin()
    system.wait_for("Starting PostgreSQL")
    assert system.signal(signal.SIGTERM) == 0
    assert "ready" not in system.said()
    assert system.traces() == []


def test_settings_load_where_nothing_ever_ran(system: System) -> None:
    helped = system.run("--help")
    assert helped.returncode == 0
    assert not (system.var / "engines").exists()
