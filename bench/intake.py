"""How long taking files in lasts, and how much memory the worker needs: `python -m bench.intake [FILE …]`.

Without a file, the sources of the fixtures are written as BibTeX and as RIS, again and again up to 2,000 entries.
Each file becomes one intake, read by a real worker of its own in a system of its own. Printed are the entries that
went in, where they stand, the seconds from handing in until nothing waits, the seconds of processor time of the
worker and what it runs, which a loaded machine does not change, and their largest memory (proportional share, in MB).
`--kill` kills the worker once half of the entries are read.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil

from tests.own_engines import WORKER, OwnEngines

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_SECONDS = 150
_ENTRIES = 2000


def main() -> None:
    """Measure each file that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--most", type=int, default=0, help="take only so many entries of each file")
    parser.add_argument("--kill", action="store_true", help="kill the worker in the middle and start another")
    arguments = parser.parse_args()
    # The engines must be there before Django reads its settings.
    engines = OwnEngines()
    engines.start()
    try:
        _measure(arguments)
    finally:
        engines.stop()


def _measure(arguments: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    import django  # noqa: PLC0415 - after the engines

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files or _own_files(Path(folder)):
            _take_in(file, arguments.most, is_killed=arguments.kill)


def _own_files(folder: Path) -> list[Path]:
    from perspectives.clients import pandoc  # noqa: PLC0415 - after setup
    from perspectives.queries.documents import packs as folders  # noqa: PLC0415 - likewise
    from perspectives.rules.documents import pack_references, packs  # noqa: PLC0415 - likewise
    from perspectives.rules.formats.bibliography import ris  # noqa: PLC0415 - likewise
    from perspectives.rules.publication.index_records import plain  # noqa: PLC0415 - likewise
    from perspectives.rules.sources.csl import csl_item  # noqa: PLC0415 - likewise

    known = packs.parse(folders.files(ROOT / "fixtures"), pack_references.Known())[0].sources
    records = {}
    for number, (key, record) in zip(range(_ENTRIES), cycle(known.items()), strict=False):
        own = {"title": f"{record.title} ({number})", "DOI": f"10.5555/{number}", "ISBN": None, "URL": None}
        given = {**plain(record), **own}
        records[f"{key}{number}"] = {name: value for name, value in given.items() if value is not None}
    made = {"own.bib": pandoc.bibtex([csl_item(*pair) for pair in records.items()]), "own.ris": ris.text(records)}
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def _take_in(file: Path, most: int, *, is_killed: bool) -> None:
    from debatekb.celery import app  # noqa: PLC0415 - after setup
    from perspectives.actions.intake import intake_batches, intake_reading  # noqa: PLC0415 - after setup
    from perspectives.models import IntakeEntry, User  # noqa: PLC0415 - after setup
    from perspectives.queries.intake import intake_batches as queries  # noqa: PLC0415 - after setup
    from perspectives.rules.intake import splitting as rules  # noqa: PLC0415 - after setup
    from perspectives.vocab import Role  # noqa: PLC0415 - after setup

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
    from perspectives.rules.formats.bibliography import bibtex_reading, ris_reading  # noqa: PLC0415 - after setup
    from perspectives.rules.intake import splitting as rules  # noqa: PLC0415 - after setup

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


if __name__ == "__main__":
    main()
