"""The memory of a worker that checks hostile servers: `nice -n 15 python -m bench.check_memory`.

A system of its own is started (`manage.py up`), and servers that play others: fast, slow, dripping, endless, a packed
bomb, a wrong encoding, PDF, pages that deny that they are gone, circular redirects, refusals (429), no TLS. Of each
the link and the words of a quotation are checked by the system's own worker. Printed are the outcomes, and the most
memory (VmHWM) of each process of the worker, and of all together (RSS, looked at ten times a second).
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import psutil

from tests.actions.evidence import servers
from tests.run.system import ROOT, System, free_port

LIMIT = 250
"""In MB, of each process of the worker."""
SETTINGS = ("DOI_RESOLVER_URL", "CROSSREF_URL", "OPENLIBRARY_URL", "RETRACTIONS_URL", "ARCHIVE_URL")
PATIENCE = 600


@contextmanager
def running() -> Iterator[tuple[System, int]]:
    """Run the servers of others and a system that may ask them; gives it and their port."""
    first = ThreadingHTTPServer(("127.0.0.1", 0), servers.Handler)
    port = first.server_port
    more = (ThreadingHTTPServer((f"127.0.0.{place}", port), servers.Handler) for place in range(2, len(SETTINGS) + 1))
    for one in [first, *more]:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    inside = {name: f"http://127.0.0.{place}:{port}" for place, name in enumerate(SETTINGS, start=1)}
    inside[SETTINGS[0]] = f"https://127.0.0.1:{port}"  # which speaks no TLS
    with tempfile.TemporaryDirectory() as folder:
        system = System(
            Path(folder) / "var", free_port(), ROOT,
            EVIDENCE_CHECKS="retraction", EVIDENCE_HOST_DELAY_SECONDS="0", INTAKE_HOST_DELAY_SECONDS="0", **inside,
        )  # fmt: skip
        system.start()
        try:
            yield system, port
        finally:
            system.remove()


def command(system: System, *words: str) -> str:
    """Do something in the system's database; gives what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.run.many_checks", *words],
        cwd=ROOT,
        env=system.environment(DJANGO_SETTINGS_MODULE="debatekb.settings"),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


class Watch:
    """Looks at the processes of a worker ten times a second."""

    def __init__(self, leader: int) -> None:
        self.leader = leader
        self.peaks: dict[int, int] = {}
        self.together = 0
        self.is_over = threading.Event()
        threading.Thread(target=self.look, daemon=True).start()

    def look(self) -> None:
        """Look until it is over; a process that has just ended is passed over."""
        while not self.is_over.wait(0.1):
            now = 0
            for process in [psutil.Process(self.leader), *psutil.Process(self.leader).children(recursive=True)]:
                try:
                    now += process.memory_info().rss // 2**20
                    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
                    highest = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                    self.peaks[process.pid] = int(highest.split()[1]) // 1024
                except (psutil.NoSuchProcess, OSError, StopIteration):
                    continue
            self.together = max(self.together, now)


def main() -> None:
    """Print the table; exit 1 where a process of the worker had more than `LIMIT`."""
    with running() as (system, port):
        watch = Watch(system.children()["worker"])
        command(system, "hostile", str(port))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = json.loads(command(system, "outcomes"))
            if not found["untried"]:
                break
            time.sleep(3)
        watch.is_over.set()
    for line in found["lines"]:
        sys.stdout.write(f"{line}\n")
    most = max(watch.peaks.values())
    sys.stdout.write(
        f"\n{len(watch.peaks)} processes; the largest {most} MB (limit {LIMIT}); together {watch.together} MB\n"
    )
    sys.exit(most >= LIMIT)


if __name__ == "__main__":
    main()
