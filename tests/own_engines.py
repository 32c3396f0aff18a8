"""The engines of one test run: data stays under `var/test` for a quick next start; a second run gets `var/test-2`.

`python -m tests.own_engines COMMAND …` runs a command beside such engines.
"""

import atexit
import os
import subprocess
import sys
from pathlib import Path

import pytest

from debatekb import embedded
from debatekb.running import engines, home
from debatekb.running.errors import StartError
from debatekb.running.processes import Children, Lock
from tests.engines import SECRET_KEY

RUNS_AT_ONCE = 9
CELERY = (sys.executable, "-m", "celery", "--skip-checks", "-A", "debatekb")
WORKER = (*CELERY, "worker", "--concurrency=1", "--loglevel=ERROR")
"""The command of one worker, as the whole system starts it, but with a single process that reads."""


class OwnEngines:
    """The engines, the lock of their folder, and how both end."""

    def __init__(self) -> None:
        self.lock: Lock | None = None
        self.children: Children | None = None

    def start(self) -> None:
        """Take a free folder and start in it what no address was given for; addresses go into the environment."""
        wanted = {engines.POSTGRES} if not os.environ.get("DATABASE_URL") else set()
        wanted |= {engines.VALKEY} if not os.environ.get("REDIS_URL") else set()
        os.environ.setdefault("SECRET_KEY", SECRET_KEY)
        var = self.take_folder(Path(os.environ.get("DEBATEKB_VAR") or Path(__file__).parents[1] / "var" / "test"))
        os.environ["DEBATEKB_VAR"] = str(var)
        if not wanted:
            return
        atexit.register(self.stop)
        self.children = Children(var)
        self.children.end_leftovers()
        try:
            engines.start(home.settle(var), var, self.children, wanted=wanted, is_hasty=True)
        except StartError as error:
            raise pytest.UsageError(str(error)) from error
        if engines.VALKEY in wanted:
            os.environ["TEST_VALKEY_URL"] = embedded.redis_url()

    def take_folder(self, base: Path) -> Path:
        """Return the first folder that no other run has locked."""
        for number in range(1, RUNS_AT_ONCE + 1):
            var = base if number == 1 else base.with_name(f"{base.name}-{number}")
            home.make_var(var)
            lock = Lock(var / "lock")
            if lock.take(f"tests of process {os.getpid()}"):
                self.lock = lock
                return var
        raise pytest.UsageError(f"{RUNS_AT_ONCE} test runs hold {base} and its siblings already; let one end first.")

    def stop(self) -> None:
        """End the engines and let go of the folder; safe to call twice."""
        if self.children is not None:
            self.children.stop_all()
        if self.lock is not None:
            self.lock.release()


def main() -> int:
    """Run the command given as arguments while engines serve; return its status."""
    own = OwnEngines()
    own.start()
    try:
        return subprocess.run(sys.argv[1:], check=False).returncode
    finally:
        own.stop()


if __name__ == "__main__":
    sys.exit(main())
