"""A process beside the system that looks into its database and asks its worker.

It answers the questions that it reads, a JSON line each, `{"ask": "check", "writes": […]}`, with a JSON line each:
`python -m tests.run.crash.inspector`, in the environment of the system.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import django

from tests.run.system import ROOT, System


class Inspector:
    """The running process, as the matrix talks to it."""

    def __init__(self, system: System, log: Path) -> None:
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.run.crash.inspector"],
                cwd=ROOT,
                env=system.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def ask(self, question: str, **more: Any) -> Any:
        """Ask, and wait for the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"ask": question, **more}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.log.read_text(encoding="utf-8")
        return json.loads(line)

    def end(self) -> None:
        """End the process."""
        self.process.communicate(timeout=60)


def main() -> None:
    """Answer until there are no more questions."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    django.setup()
    from django.db import connections

    from tests.run.crash import checks

    asked: Mapping[str, Callable[..., Sequence[str] | bool | int]] = {
        "check": checks.faults,
        "ping": checks.worker_answers,
        "unmade": checks.unmade,
    }
    for line in sys.stdin:
        question = json.loads(line)
        connections.close_all()  # a server that died has left it broken
        answer = asked[question.pop("ask")](**question)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
