"""A web process of its own, whose clock a test sets: what it sees of what other processes publish, and when.

It answers the requests that it reads, one JSON line each, `{"at": seconds, "path": "/..."}`, with one JSON line each:
`python -m tests.web_process NAME`, where NAME is that of the test's database.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.test import Client

from perspectives.queries.publication import publication_version

HOST = "127.0.0.1"


@dataclass(frozen=True)
class WebProcess:
    """A running web process."""

    process: "subprocess.Popen[str]"

    def get(self, path: str, *, at: float) -> dict[str, Any]:
        """Ask when the process's clock stands at `at`; give status, headers and body of the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"at": at, "path": path}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def web_process(database: str) -> Iterator[WebProcess]:
    """Run a web process that reads from this database."""
    command = [sys.executable, "-m", "tests.web_process", database]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield WebProcess(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def main() -> None:
    """Answer until there are no more requests."""
    now = 0.0
    publication_version.monotonic = lambda: now
    client = _client(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        now = asked["at"]
        response = client.get(asked["path"])
        answer = {"status": response.status_code, "headers": dict(response.items()), "body": response.text}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _client(database: str) -> Client:
    """Set Django up as a web server does, on the test's database and without collected static files."""
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.DATABASES["default"]["NAME"] = database
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain_files}
    settings.SITE_URL = f"http://{HOST}"
    settings.API_ANONYMOUS_PER_MINUTE = settings.PAGES_PER_MINUTE = 0
    django.setup()
    return Client(headers={"host": HOST})


if __name__ == "__main__":
    main()
