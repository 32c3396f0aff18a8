"""Remove everything that running left on the machine: stop what runs, then data, logs and keys."""

import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import psutil

from debatekb import embedded
from debatekb.running.children import ending
from debatekb.running.errors import StartError, as_sentence
from debatekb.running.home import SHARED
from debatekb.running.processes import Children, Lock

SECONDS = 60


def remove(var: Path, show: Callable[[str], None]) -> None:
    """Stop the system of `var` and of the test folders inside it, then remove `var` and the data kept elsewhere.

    Raises `StartError` when something still runs or cannot be removed. Copies of programs stay: other clones use them.
    """
    if not var.is_dir():
        show(f"{var} is not there; nothing to remove.")
        return
    for folder in [*(path.parent for path in sorted(var.glob("*/place.json"))), var]:
        with as_sentence():
            remove_one(folder)
        show(f"Removed {folder}.")


def remove_one(var: Path) -> None:
    """Stop and remove one folder of run-time files."""
    lock = Lock(var / "lock")
    if not lock.take("being removed"):
        stop_holder(lock)
        if not lock.take("being removed"):
            raise StartError(f"{var} is still in use: {lock.words()}; end that first.")
    Children(var).end_leftovers()
    place = embedded.place_of(var)
    for folder in (place.sockets, place.data):
        if is_ours(folder, var):
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(var)
    lock.release()


def is_ours(folder: Path, var: Path) -> bool:
    """Return whether the folder is one that `home` makes: a record gone wrong must never remove anything else."""
    by_root = re.fullmatch(rf"{SHARED}/[0-9a-f]{{16}}(/run)?", str(folder))
    by_length = re.fullmatch(rf"{embedded.NAME}-[0-9a-f]{{16}}", folder.name)
    return bool(by_root or by_length or folder.is_relative_to(var))


def stop_holder(lock: Lock) -> None:
    """Ask whoever holds the lock to end, and wait."""
    holder = ending.named(lock.words())
    try:
        if holder is not None and holder.pid != os.getpid():
            holder.send_signal(signal.SIGTERM)
            psutil.wait_procs([holder], timeout=SECONDS)
    except psutil.Error:
        return
