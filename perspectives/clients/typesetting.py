"""Typst, run in this process: from pandoc's words to a PDF. It reads no file but ours, no font but its own, no network."""

from collections.abc import Mapping
from datetime import datetime

import typst


class TypesettingError(Exception):
    """Typst refused what it was given; the message holds what it said."""


def pdf(source: bytes, *, inputs: Mapping[str, str], moment: datetime) -> bytes:
    """Set `source` (Typst) as a tagged PDF; `inputs` are words that it may ask for.

    The same source, inputs and moment give the same bytes: `moment` is the time that the file tells of itself. Raises
    TypesettingError.
    """
    try:
        made = typst.compile(
            source,
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"Typst failed: {error}") from error
    return bytes(made)
