"""Ask the system that runs to replace its processes by those of the code that is there now."""

import signal
import time
from pathlib import Path

from debatekb.running.children import ending
from debatekb.running.errors import StartError, as_sentence
from debatekb.running.processes import Lock

RESTARTED = "restarted"
"""The file in which the supervisor leaves its word on the last restart."""
DONE = "Restarted."
PATIENCE_SECONDS = 600.0
TICK_SECONDS = 0.1


def restart(var: Path) -> str:
    """Ask the supervisor of `var`, wait until it has done so, and return its word. Raises `StartError` with it else."""
    holder = ending.named(Lock(var / "lock").words())
    if holder is None:
        raise StartError("Nothing runs that could be restarted; start it: make run.")
    word = var / RESTARTED
    with as_sentence():
        word.unlink(missing_ok=True)
    holder.send_signal(signal.SIGUSR1)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not word.exists():
        if not holder.is_running() or time.monotonic() > deadline:
            raise StartError(f"No word came whether the restart succeeded; see {var / 'log' / 'supervisor.log'}.")
        time.sleep(TICK_SECONDS)
    said = word.read_text(encoding="utf-8")
    if said != DONE:
        raise StartError(said)
    return said
