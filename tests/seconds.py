"""A pytest plugin: how long each folder of tests took, beside what is written down in `tests/seconds.json`.

A machine that is busy makes every folder slow alike, so a folder is judged against the whole: its seconds are divided
by how much slower than its file this run was. Only a folder that grew beyond `FACTOR` and `SLACK` seconds even so fails
the run, and only where most of the suite ran: parts of it say nothing. `--write-seconds` writes the file anew, and is
for a quiet machine.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.sharing import folder_of

FILE = Path(__file__).with_name("seconds.json")
FACTOR = 2.5
SLACK = 20.0
"""Seconds by which a folder must have grown besides."""
ENOUGH = 0.8
"""The share of the folders of the file that must have run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the command that writes the file."""
    parser.addoption("--write-seconds", action="store_true", help=f"write {FILE.name} from this run")


def slowness(took: dict[str, float], known: dict[str, float]) -> float:
    """Tell how many times slower than its file this run was, over the folders that both know; 1 at least."""
    both = set(took) & set(known)
    written = sum(known[folder] for folder in both)
    return max(1.0, sum(took[folder] for folder in both) / written) if written else 1.0


def grown(took: dict[str, float], known: dict[str, float]) -> list[str]:
    """Name the folders that grew more than noise and a slow machine explain."""
    if len(set(took) & set(known)) < ENOUGH * len(known):
        return []
    slow = slowness(took, known)
    fair = {folder: seconds / slow for folder, seconds in took.items()}
    return sorted(
        folder
        for folder, seconds in fair.items()
        if folder in known and seconds > FACTOR * known[folder] and seconds > known[folder] + SLACK
    )


class Seconds:
    """Adds up reports; with xdist the controlling process gets those of all workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.took: dict[str, float] = defaultdict(float)
        self.known: dict[str, float] = json.loads(FILE.read_text()) if FILE.exists() else {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a setup, a call or a teardown took."""
        self.took[folder_of(report.nodeid)] += report.duration

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run in which a folder has grown, or write the file."""
        if self.config.getoption("write_seconds"):
            whole = {folder: round(seconds) for folder, seconds in sorted(self.took.items())}
            FILE.write_text(json.dumps({**self.known, **whole}, indent=2) + "\n")
        elif grown(self.took, self.known) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the folders, longest first."""
        if len(self.took) < 2:
            return
        slow = slowness(self.took, self.known)
        terminalreporter.write_sep("=", f"seconds of each folder (this machine: {slow:.1f} times those of the file)")
        for folder, seconds in sorted(self.took.items(), key=lambda pair: -pair[1]):
            terminalreporter.write_line(f"{folder:<12} {seconds:7.0f}  {self.known.get(folder, 0):7.0f}")
        for folder in grown(self.took, self.known):
            terminalreporter.write_line(
                f"{folder} grew beyond {FACTOR} times its seconds: make it faster, or write the file anew on a quiet"
                " machine: pytest -n 2 --write-seconds",
                red=True,
            )


def pytest_configure(config: pytest.Config) -> None:
    """Add up in the controlling process alone."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Seconds(config))
