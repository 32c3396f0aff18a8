"""Sets the bombs off, each in a process of its own, and writes a line of JSON for each: what came of it, at what cost.

`python -m tests.clients.bombs.measure [NAME]`. The limits of seconds are made shorter, so that this ends soon.
"""

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from django.conf import settings

SECONDS = 2
GRACE = 5


def configure() -> None:
    """Give the modules the few settings that they ask for; no engine is needed."""
    settings.configure(
        SITE_URL="http://kb.example", CONTACT="", LTI_INSIDE=[], INTAKE_HOST_DELAY_SECONDS=0, DOI_RESOLVER_URL="http://doi.example",
        CROSSREF_URL="", DATACITE_URL="", OPENLIBRARY_URL="", PUBMED_URL="", OPENALEX_URL="", ZOTERO_URL="",
        UNPAYWALL_URL="", RETRACTIONS_URL="", ARCHIVE_URL="", USE_TZ=True,
    )  # fmt: skip


def served(ports: Any) -> None:
    """Run the server of bombs for as long as whoever started it."""
    from tests.clients.bombs import servers

    ports.put(servers.started())
    threading.Event().wait()


def bombs(port: int) -> Iterator[tuple[str, Callable[[], str], str]]:
    """Give every bomb: its name, how to set it off, and what is to come of it."""
    from tests.clients.bombs import corpus

    settings.CROSSREF_URL = f"http://127.0.0.1:{port}"
    for name, (bomb, expected) in corpus.BOMBS.items():
        yield name, bomb, expected
    for path, expected in corpus.FETCHED.items():
        yield f"http {path}", corpus.fetched(port, path), expected


def set_off(bomb: Callable[[], str]) -> dict[str, Any]:
    """Set a bomb off in a child: what it said, its seconds, and the most memory of it and its children in MB."""
    came, out = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(came)
        try:
            said = bomb()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            said = f"NO SENTENCE: {type(error).__name__}: {error}"
        os.write(out, said[:2000].encode(errors="replace"))
        os._exit(0)
    os.close(out)
    with os.fdopen(came, "rb") as stream:
        said = stream.read().decode(errors="replace")
    _, status, used = os.wait4(child, 0)
    return {
        "said": said or f"NO SENTENCE: it ended with {status}",
        "seconds": round(time.monotonic() - began, 2),
        "megabytes": used.ru_maxrss // 1024,
    }


def main() -> None:
    """Measure all bombs, or the one that is named."""
    configure()
    from perspectives.clients import http, pandoc, typesetting

    http.MOST_SECONDS = SECONDS
    pandoc.READING = replace(pandoc.READING, seconds=SECONDS)
    typesetting.LIMITS = replace(typesetting.LIMITS, seconds=SECONDS)
    context = get_context("spawn")
    ports = context.Queue()
    server = context.Process(target=served, args=(ports,), daemon=True)
    server.start()
    resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
    for name, bomb, expected in bombs(ports.get()):
        if sys.argv[1:] in ([], [name]):
            sys.stdout.write(json.dumps({"name": name, "expected": expected, **set_off(bomb)}) + "\n")
            sys.stdout.flush()
    server.terminate()


if __name__ == "__main__":
    main()
