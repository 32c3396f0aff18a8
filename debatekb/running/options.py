"""What a person may choose about a run of the system, read from the environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from debatekb.running.errors import StartError

LAST_PORT = 65_535
LOG_MAX_BYTES = 5_000_000
LOG_FILES = 3


@dataclass(frozen=True)
class Options:
    """What a person may choose: address, number of web processes and of worker processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 1
    """While one of two starts again, the other serves; each caches pages of its own."""
    task_workers: int = 1
    is_reloading: bool = False
    """Whether web server and worker start again when a file changes, and speak to the terminal (`make dev`)."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, is_reloading: bool = False) -> "Options":
        """Read HOST, PORT, WEB_WORKERS, WORKER_CONCURRENCY; raises `StartError` naming the variable that is wrong."""
        host = environ.get("HOST") or cls.host
        if not is_loopback(host) and environ.get("ALLOW_REMOTE", "").lower() not in {"1", "true", "yes"}:
            raise StartError(f"HOST={host} would open it to other machines; set ALLOW_REMOTE=yes if you mean it.")
        return cls(
            host=host,
            port=whole_number(environ, "PORT", cls.port, most=LAST_PORT),
            web_workers=whole_number(environ, "WEB_WORKERS", cls.web_workers, most=64),
            task_workers=whole_number(environ, "WORKER_CONCURRENCY", cls.task_workers, most=64),
            is_reloading=is_reloading,
        )

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"


def log_limits(environ: Mapping[str, str]) -> tuple[int, int]:
    """Return LOG_MAX_BYTES, of one file, and LOG_FILES, the full ones kept of each log; raises `StartError`."""
    size = whole_number(environ, "LOG_MAX_BYTES", LOG_MAX_BYTES, least=100_000, most=10_000_000_000)
    return size, whole_number(environ, "LOG_FILES", LOG_FILES, most=1000)


def whole_number(environ: Mapping[str, str], variable: str, default: int, *, most: int, least: int = 1) -> int:
    """Return a variable as a number in its range; raises `StartError` with a sentence otherwise."""
    text = environ.get(variable) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise StartError(f"{variable}={text} is not a whole number from {least} to {most}.")
    return int(text)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
