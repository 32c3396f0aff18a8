"""Typst sets a PDF. It reads no file, has no fonts but its own and asks no network.

It runs as a program of its own (this file, which imports nothing of ours), since it keeps what it has set: after 75
handouts some 240 MB.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst

TIMEOUT_SECONDS = 60


class TypesettingError(Exception):
    """Typst refused what it was given, or took too long; the message holds what it said."""


def pdf(source: str, *, inputs: Mapping[str, str], moment: datetime) -> bytes:
    """Set `source` (Typst) as a tagged PDF; `inputs` are words that it may ask for.

    The same source, inputs and moment give the same bytes: `moment` is the time that the file tells of itself. Raises
    TypesettingError.
    """
    given = json.dumps({"source": source, "inputs": dict(inputs), "timestamp": int(moment.timestamp())})
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=TIMEOUT_SECONDS, check=True)
    except subprocess.CalledProcessError as error:
        raise TypesettingError(f"Typst failed: {error.stderr.decode(errors='replace').strip()}") from error
    except (subprocess.TimeoutExpired, OSError) as error:
        raise TypesettingError(f"Typst could not be run: {error}") from error
    return done.stdout


def compiled(given: Mapping[str, Any]) -> bytes:
    """Set what `pdf` sends. Raises typst.TypstError."""
    made: bytes = typst.compile(
        given["source"].encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=given["inputs"],
        timestamp=given["timestamp"],
    )
    return made


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(compiled(json.load(sys.stdin)))
    except typst.TypstError as error:
        sys.exit(str(error))
