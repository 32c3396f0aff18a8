"""Intakes read by a worker of their own; imported once the engines run, because settings want to know where."""

import resource
import signal
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil

from debatekb.celery import app
from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.clients import pandoc
from perspectives.models import IntakeEntry, User
from perspectives.queries.documents import packs as folders
from perspectives.queries.intake import intake_batches as queries
from perspectives.rules.documents.pack_references import Known
from perspectives.rules.documents.packs import parse
from perspectives.rules.formats.bibliography import bibtex_reading, ris, ris_reading
from perspectives.rules.intake import splitting as rules
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.csl import csl_item
from perspectives.vocab import Role
from tests.own_engines import WORKER

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 150
_ENTRIES = 2000


def own_files(folder: Path) -> list[Path]:
    """Write the sources of the fixtures as BibTeX and as RIS, again and again."""
    known = parse(folders.files(ROOT / "fixtures"), Known())[0].sources
    records = {}
    for number, (key, record) in zip(range(_ENTRIES), cycle(known.items()), strict=False):
        own = {"title": f"{record.title} ({number})", "DOI": f"10.5555/{number}", "ISBN": None, "URL": None}
        given = {**plain(record), **own}
        records[f"{key}{number}"] = {name: value for name, value in given.items() if value is not None}
    made = {"own.bib": pandoc.bibtex([csl_item(*pair) for pair in records.items()]), "own.ris": ris.text(records)}
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def take_in(file: Path, most: int, *, is_killed: bool) -> None:
    """Read a file, or its first entries, by a worker of its own, and print the figures."""
    app.control.purge()
    person, _ = User.objects.get_or_create(username="bench", defaults={"role": Role.MODERATOR})
    text, _ = rules.decoded(file.read_bytes()) if not most else (_first(file, most), "")
    began, worked = time.monotonic(), _processor_seconds()
    batch = intake_batches.start(by=person, text=text, file_name=file.name)
    worker = _worker()
    handed_in = time.monotonic() - began
    peak, kills = 0.0, 0
    while not (progress := queries.progress(batch.pk)).is_done:
        peak = max(peak, _memory(worker.pid))
        if is_killed and not kills and progress.done >= progress.total / 2:
            _kill(worker)
            worker, kills = _worker(), 1
            # Nobody waits four minutes for the lease here: what a periodic job does later, done now.
            IntakeEntry.objects.filter(batch=batch, state="fetching").update(claimed_at="2000-01-01T00:00Z")
            intake_reading.resume()
        if time.monotonic() - began > _PATIENCE_SECONDS:
            _kill(worker)
            sys.exit(f"not done after {_PATIENCE_SECONDS} s: {progress}")
        time.sleep(0.05)
    seconds = time.monotonic() - began
    worker.send_signal(signal.SIGTERM)
    worker.wait()
    worked = _processor_seconds() - worked
    figures = {"handed in s": handed_in, "all s": seconds, "processor s": worked, "peak MB": peak, "kills": kills}
    _show(file.name, progress, figures)


def _first(file: Path, most: int) -> str:
    text = file.read_text(encoding="utf-8", errors="replace")
    split = ris_reading.split if rules.guessed_format(text) == "ris" else bibtex_reading.split
    pieces, kept = [], 0
    for piece in split(text):
        kept += piece.kind is not None
        if kept > most:
            break
        pieces.append(piece.raw)
    return "".join(pieces)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(WORKER, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill the worker and all it runs, as a machine that loses its power does."""
    for process in [*psutil.Process(worker.pid).children(recursive=True), psutil.Process(worker.pid)]:
        process.kill()
    worker.wait()


def _memory(number: int) -> float:
    """Give the memory of a process and its children: proportional share, in MB."""
    total = 0
    try:
        parent = psutil.Process(number)
        for process in [parent, *parent.children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.Error:
        pass
    return total / 1e6


def _processor_seconds() -> float:
    """Give the processor time of all workers that have ended and of what they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(name: str, progress: Any, figures: dict[str, float]) -> None:
    print(f"{name}: {progress.total} entries in")
    print("  " + ", ".join(f"{count} {state.value}" for state, count in progress.counts.items() if count))
    print("  " + ", ".join(f"{label} {figure:.1f}" for label, figure in figures.items()))
