"""Programs that are run on what people wrote: each with a deadline, and with limits of processor, memory and output.

The limits are the system's own (`setrlimit`), set by the shell that becomes the program, so that they hold from its
first instruction on. Python sets none after a fork: that is not safe in a process with threads.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final

_BLOCK: Final = 512
"""The unit of `ulimit -f`."""
_MOST_ERROR_BYTES: Final = 10_000
_LAUNCHER: Final = 'ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -t "$2"; ulimit -f "$3"; shift 3; exec "$@"'
"""A system that limits no address space (macOS) runs without that limit; the others hold there too."""
_NOT_RUN: Final = frozenset({126, 127})
"""What the shell says of a program that is not there, or is none."""
_SIGNS_OF_MEMORY: Final = (b"memory", b"Memory", b"Heap exhausted")


@dataclass(frozen=True)
class Limits:
    """What a program may use: wall-clock seconds (and as many of processor), bytes of address space and of output."""

    seconds: float
    memory: int
    output: int


class ProgramError(Exception):
    """The program refused what it was given; the message holds what it said."""


class LimitError(ProgramError):
    """The program was ended at one of its limits; the message is a sentence that names it."""


def run(
    name: str, command: Sequence[str], content: bytes, *, limits: Limits, environment: Mapping[str, str] | None = None
) -> bytes:
    """Run a program on `content` and give what it writes; `name` is what messages call it, `environment` is added.

    Raises ProgramError, and LimitError where it was ended.
    """
    numbers = (limits.memory // 1024, max(1, round(limits.seconds)), limits.output // _BLOCK)
    words = ["/bin/sh", "-c", _LAUNCHER, "sh", *map(str, numbers), *command]
    # Files instead of pipes: the limit of output is one of files, and nothing can wait for the other end.
    with TemporaryFile() as given, TemporaryFile() as output, TemporaryFile() as errors:
        given.write(content)
        given.seek(0)
        code = _ended(name, words, (given, output, errors), limits, environment)
        if output.seek(0, os.SEEK_END) >= limits.output // _BLOCK * _BLOCK:
            raise LimitError(f"{name} wrote more than {limits.output:,} bytes.")
        if code:
            raise _refusal(name, code, _beginning(errors), limits)
        output.seek(0)
        return output.read()


def _ended(
    name: str,
    words: Sequence[str],
    files: tuple[IO[bytes], IO[bytes], IO[bytes]],
    limits: Limits,
    environment: Mapping[str, str] | None,
) -> int:
    """Run to the end, or to the deadline, and give the exit code."""
    given, output, errors = files
    try:
        return subprocess.run(
            words,
            stdin=given,
            stdout=output,
            stderr=errors,
            env={**os.environ, **(environment or {})},
            timeout=limits.seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise LimitError(f"{name} took longer than {limits.seconds:g} seconds.") from None
    except OSError as error:
        raise ProgramError(f"{name} could not be run: {error}") from error


def _beginning(errors: IO[bytes]) -> bytes:
    errors.seek(0)
    return errors.read(_MOST_ERROR_BYTES)


def _refusal(name: str, code: int, said: bytes, limits: Limits) -> ProgramError:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return LimitError(f"{name} took more of the processor than {limits.seconds:g} seconds, or was ended.")
    if code in {-signal.SIGABRT, -signal.SIGSEGV} or any(sign in said for sign in _SIGNS_OF_MEMORY):
        return LimitError(f"{name} needed more memory than it may have.")
    verb = "could not be run" if code in _NOT_RUN else "failed"
    return ProgramError(f"{name} {verb}: {said.decode(errors='replace').strip()}")
