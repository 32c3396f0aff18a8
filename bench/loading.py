"""How fast packs are loaded and published against COPY of the same rows: `python -m bench.loading [--packs 1000]`.

On engines of its own, with production's settings, it loads synthetic packs from YAML by the actions that load and
publish everything, folder by folder, in one process. Then it writes out every row that came of it, empties the tables,
and reads the rows back by COPY, one table after the other, with all indexes, constraints and triggers in place: the
least that PostgreSQL needs for them. Seconds are told on the clock and as processor time of this process and
PostgreSQL together, since other work on the machine slows the one and hardly the other.
"""

import argparse
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.rig.serving import make_tables, running_engines
from debatekb.running import engines
from debatekb.running.errors import StartError
from debatekb.running.home import Home

VAR = Path(__file__).resolve().parents[1] / "var" / "bench-loading"
MOST = 5.0
"""How many times as long as COPY loading and publishing may take."""
WORKS = ("load", "publish")
_BLOCK = 1 << 20
_MIB = 1024


@dataclass
class Spent:
    """Seconds that one kind of work has taken so far."""

    clock: float = 0.0
    processor: float = 0.0


class Watch:
    """Adds up what this process and PostgreSQL spend."""

    def __init__(self, postgres: psutil.Process) -> None:
        self.postgres = postgres
        self.spent: dict[str, Spent] = {}

    def processor(self) -> float:
        """Give the processor seconds used so far."""
        family = (psutil.Process(), self.postgres, *self.postgres.children(recursive=True))
        return sum(times.user + times.system for times in (process.cpu_times() for process in family))

    @contextmanager
    def on(self, work: str) -> Iterator[None]:
        """Count what is done within as this work."""
        spent = self.spent.setdefault(work, Spent())
        clock, processor = time.perf_counter(), self.processor()
        yield
        spent.clock += time.perf_counter() - clock
        spent.processor += self.processor() - processor


def peak() -> float:
    """Give the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB


def load(packs: int, watch: Watch) -> None:
    """Load and publish all packs, and tell the memory on the way."""
    from bench.rig import documents, filling  # noqa: PLC0415 - needs the settings

    done, told = 0, 0
    for series in documents.synthetic(packs):
        folder = filling.files(series)
        with watch.on("load"):
            filling.load(folder)
        with watch.on("publish"):
            filling.publish(series.article["article"])
        done += len(series.topics)
        if done * 4 // packs > told:
            told = done * 4 // packs
            print(f"{done} packs loaded, peak memory {peak():.0f} MiB", flush=True)


def tables() -> list[tuple[str, str, list[str]]]:
    """Give tables, owners first, with what makes their rows and the columns that are written."""
    from django.apps import apps  # noqa: PLC0415 - needs the settings

    found = []
    for model in _by_reference(list(apps.get_app_config("perspectives").get_models())):
        columns = [column.column for column in model._meta.concrete_fields if not column.generated]
        is_published = model.__name__.startswith(("Published", "Edition"))
        # Links of the log are made by its trigger, in COPY as well.
        if model.__name__ != "LogLink" and model.objects.exists():
            found.append((model._meta.db_table, "publish" if is_published else "load", columns))
    return found


def _by_reference(models: list[Any]) -> list[Any]:
    """Order models so that each comes after those to which its rows refer."""
    ordered: list[Any] = []
    left = list(models)
    while left:
        ready = [one for one in left if not ({field.related_model for field in one._meta.fields} - {one}) & set(left)]
        ordered += ready
        left = [one for one in left if one not in ready]
    return ordered


def copy(watch: Watch, folder: Path, settled: Home) -> int:
    """Write all rows out, empty the tables, and read the rows back by COPY; give their number."""
    from django.db import connection, transaction  # noqa: PLC0415 - needs the settings

    found = tables()
    rows = 0
    with connection.cursor() as cursor:
        for table, _, columns in found:
            with (folder / table).open("wb") as file, cursor.copy(_statement(table, columns, "TO STDOUT")) as out:
                for block in out:
                    file.write(block)
            rows += cursor.rowcount
        cursor.execute(f"TRUNCATE {', '.join(table for table, *_ in found)} CASCADE")
        with engines.connect(settled) as server:  # the application's role may not
            server.execute("CHECKPOINT")
        for work in WORKS:
            with watch.on(f"COPY of {work}"), transaction.atomic():
                for table, columns in ((table, columns) for table, of, columns in found if of == work):
                    _read_back(cursor, folder / table, _statement(table, columns, "FROM STDIN"))
    return rows


def _read_back(cursor: Any, path: Path, statement: str) -> None:
    with path.open("rb") as file, cursor.copy(statement) as into:
        while block := file.read(_BLOCK):
            into.write(block)


def _statement(table: str, columns: list[str], way: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"COPY {table} ({names}) {way}"


def print_table(spent: dict[str, Spent], packs: int, rows: int) -> None:
    """Print each kind of work beside COPY of its rows, and whether both together keep within `MOST`."""
    print(f"\n{packs} packs, {rows:,} rows; peak memory {peak():.0f} MiB\n")
    print(f"{'':<10}{'seconds':>9}{'of COPY':>9}{'ratio':>8}{'processor s':>13}{'of COPY':>9}{'ratio':>8}")
    ours, base = _sum(spent, WORKS), _sum(spent, [f"COPY of {work}" for work in WORKS])
    for name, mine, other in (
        *((work, spent[work], spent[f"COPY of {work}"]) for work in WORKS),
        ("together", ours, base),
    ):
        print(
            f"{name:<10}{mine.clock:>9.1f}{other.clock:>9.1f}{mine.clock / other.clock:>8.2f}"
            f"{mine.processor:>13.1f}{other.processor:>9.1f}{mine.processor / max(other.processor, 0.01):>8.2f}"
        )
    print()
    for what in ("clock", "processor"):
        ratio = getattr(ours, what) / getattr(base, what)
        verdict = "met" if ratio <= MOST else "missed"
        print(f"loading and publishing <= {MOST:g} x COPY by the {what} -> {ratio:.2f} -> {verdict}")


def _sum(spent: dict[str, Spent], works: Sequence[str]) -> Spent:
    found = [spent[work] for work in works]
    return Spent(sum(one.clock for one in found), sum(one.processor for one in found))


def main() -> None:
    """Measure once; nothing that was started is left running."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=int, default=1000)
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the bench's own engines")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    var = options.var.absolute()
    try:
        with running_engines(var) as (settled, children), tempfile.TemporaryDirectory(dir=var) as folder:
            make_tables(settled)
            import django  # noqa: PLC0415 - settings need to know where the engines are

            django.setup()
            watch = Watch(psutil.Process(children.running[engines.POSTGRES].process.pid))
            load(options.packs, watch)
            rows = copy(watch, Path(folder), settled)
            print_table(watch.spent, options.packs, rows)
    except StartError as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
