"""The benches that load a running system print every line, and what they ask for is answered."""

import re
import subprocess
import sys

from tests.run.system import ROOT, System


def bench(system: System, name: str, *words: str) -> str:
    """Run a bench against the system and give what it printed; only a missed aim may end it with 1."""
    command = [sys.executable, "-m", f"bench.{name}", "--port", str(system.port), "--var", str(system.var), *words]
    environment = system.environment(PYTHONPATH=str(ROOT))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert not done.stderr
    return done.stdout


def figures(printed: str, line: str) -> list[float]:
    found = re.search(rf"^{re.escape(line)} +([\d. ]+?)(?: {{3}}|$)", printed, re.MULTILINE)
    assert found, f"no line '{line}' in:\n{printed}"
    return [float(number) for number in found[1].split()]


def test_a_second_reader_is_answered_during_every_attack(system: System) -> None:
    printed = bench(system, "attack", "--seconds", "1", "--sockets", "40", "--searchers", "8")
    for line in ("before", "slow heads", "slow bodies", "slow readers", "searches", "after"):
        assert min(figures(printed, line)) > 0, line
    assert len(re.findall(r"'connections': 40\b", printed)) == 3
    assert re.search(r"'answered 200': \d", printed)
    assert re.search(r"-> (?:met|missed)$", printed, re.MULTILINE)


def test_mixed_reading_goes_on_while_an_edition_is_published(system: System) -> None:
    printed = bench(system, "endurance", "--minutes", "0.2", "--warm-minutes", "0.05", "--capacity-seconds", "1")
    errors = re.findall(r"^  (\d+ s, /.*)$", printed, re.MULTILINE)
    # seconds on a busy machine measure no capacity: to be told to come again is no fault here, and the bench counts it
    assert not [words for words in errors if " 503 " not in words], printed
    assert re.search(r"^errors: \d+ of [1-9]\d\d", printed, re.MULTILINE), printed
    assert "editions published: 1, " in printed
    for line in ("web", "worker", "beat", "PostgreSQL", "Valkey"):
        assert re.search(rf"^{line} +\d", printed, re.MULTILINE), line
