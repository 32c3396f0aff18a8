"""A whole system started from its command in a folder of its own, for tests that watch it from outside."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from debatekb.running import cleaning
from tests import content, factories
from tests.run import prepared

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 150


def free_port() -> int:
    """Return a port that nobody uses at the moment."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class System:
    """`manage.py up` of the code at `root` in `var`, at `port`, with few topics; `variables` are of its environment.

    Where `var` is not there yet, it begins with what a first start makes (`prepared`), or with nothing (`is_first`).
    """

    def __init__(self, var: Path, port: int, root: Path = ROOT, **variables: str) -> None:
        self.var = var
        self.root = root
        self.port = port
        self.is_first = False
        self.variables = variables
        self.packs = factories.write_packs(var.with_name(f"{var.name}.packs"), content.few_files())
        self.output = var.with_name(f"{var.name}.output")
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment without the addresses of the test run."""
        return prepared.environment(self.var, self.packs, **{"PORT": str(self.port), **self.variables, **more})

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py up` with other words, to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", "up", *words],
            cwd=self.root,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def start(self) -> float:
        """Start it, wait for the line that says it is ready, return the seconds it took."""
        began = time.monotonic()
        self.begin()
        self.wait_for("Debate KB is ready: ")
        return time.monotonic() - began

    def begin(self) -> None:
        """Start it and do not wait."""
        if not self.is_first and not self.var.exists():
            prepared.copy_to(self.var)
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=self.root,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        """Return what it printed since its start."""
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> None:
        """Wait until it has printed `words`."""
        assert self.process is not None
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.said():
            assert self.process.poll() is None, f"it ended: {self.said()}"
            assert time.monotonic() < deadline, f"no {words!r} in: {self.said()}"
            time.sleep(0.1)

    def signal(self, number: int) -> int:
        """Send a signal to the supervisor and return the status with which it ended."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def remove(self) -> None:
        """End it in order, if it runs, and remove all that it left."""
        if self.process is not None and self.process.poll() is None:
            self.signal(signal.SIGTERM)
        cleaning.remove(self.var, lambda _: None)

    def children(self) -> dict[str, int]:
        """Return the recorded children: name and number."""
        record = json.loads((self.var / "processes.json").read_text(encoding="utf-8"))
        return {child["name"]: child["pid"] for child in record["children"]}

    def processes(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        assert self.process is not None
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def traces(self) -> list[str]:
        """Return what a system that has ended must not leave: processes, sockets, locks."""
        place = json.loads((self.var / "place.json").read_text(encoding="utf-8"))
        alive = [
            " ".join(command)
            for process in psutil.process_iter()
            if (command := command_of(process)) and any(place["data"] in word for word in command)
        ]
        with socket.socket() as trial:
            listening = ["the port answers"] if trial.connect_ex(("127.0.0.1", self.port)) == 0 else []
        sockets = [str(path) for path in Path(place["sockets"]).glob(".s.PGSQL*")]
        sockets += [str(path) for path in Path(place["sockets"]).glob("*.sock")]
        files = [str(path) for name in ("lock", "processes.json") if (path := self.var / name).exists()]
        return [*alive, *listening, *sockets, *files]


def command_of(process: psutil.Process) -> list[str]:
    """Return the command of a process, nothing when it has gone."""
    try:
        return process.cmdline() if process.status() != psutil.STATUS_ZOMBIE else []
    except psutil.Error:
        return []
