"""Typst sets PDFs and draws pictures. It reads no file, has no fonts but its own and asks no network.

It runs as a program of its own, since it keeps what it has set (after 75 handouts some 240 MB), and so that its memory
has a limit.
"""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from perspectives.clients import programs

LIMITS: Final = programs.Limits(seconds=60, memory=550_000_000, output=50_000_000)
"""Of the address space about 200 MB are the program itself, of which it touches half."""
_PROGRAM: Final = """
import json, sys, typst
given = json.load(sys.stdin)
try:
    made = typst.compile(given.pop("source").encode(), ignore_system_fonts=True, **given)
except typst.TypstError as error:
    sys.exit(str(error))
sys.stdout.buffer.write(made) if isinstance(made, bytes) else sys.exit("It came in several pages.")
"""
_ONE_THREAD: Final = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
"""Each thread takes address space, so that with many processors the limit would be near before anything is set."""


class TypesettingError(Exception):
    """Typst refused what it was given, or came to a limit; the message holds what it said."""


def pdf(source: str, *, inputs: Mapping[str, str], moment: datetime) -> bytes:
    """Set `source` (Typst) as a tagged PDF; `inputs` are words that it may ask for.

    The same source, inputs and moment give the same bytes: `moment` is the time that the file tells of itself. Raises
    TypesettingError.
    """
    return _compiled(source, inputs, format="pdf", timestamp=int(moment.timestamp()))


def png(source: str, *, inputs: Mapping[str, str], density: float) -> bytes:
    """Draw the one page of `source` (Typst) with so many pixels for 72 pt. Raises TypesettingError."""
    return _compiled(source, inputs, format="png", ppi=density)


def _compiled(source: str, inputs: Mapping[str, str], **options: Any) -> bytes:
    given = json.dumps({"source": source, "sys_inputs": dict(inputs), **options})
    command = [sys.executable, "-I", "-c", _PROGRAM]
    try:
        return programs.run("Typst", command, given.encode(), limits=LIMITS, environment=_ONE_THREAD)
    except programs.ProgramError as error:
        raise TypesettingError(str(error)) from error
