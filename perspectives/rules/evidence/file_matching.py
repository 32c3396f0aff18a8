"""Of which source a file is: by the file's name, or by what stands at the beginning of its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from perspectives.rules.evidence.folded_text import fold_words
from perspectives.rules.sources.source_record import SourceRecord

BEGINNING: Final = 5000
"""Characters of a text in which its own title and DOI are looked for."""
LEAST_TITLE_WORDS: Final = 3
"""Shorter titles are too common to name a work by."""
ALIKE: Final = 92.0
_NO_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Belonging:
    """The source of a file, and by what it is known to be."""

    key: str
    by: str
    """`key`, `DOI` or `title`."""


def source_of(name: str, text: str, sources: Mapping[str, SourceRecord]) -> Belonging | None:
    """Tell of which source a file is, from its name without ending and its text; None where no source is named.

    A citekey or a DOI goes before a title; of several titles the longest that fits.
    """
    if name in sources:
        return Belonging(name, "key")
    stem, beginning = _NO_SIGNS.sub("", name.lower()), text[:BEGINNING].lower()
    for key, record in sources.items():
        if record.DOI and (_NO_SIGNS.sub("", record.DOI.lower()) in stem or _has(record.DOI.lower(), beginning)):
            return Belonging(key, "DOI")
    words, opening = " ".join(fold_words(name)), f" {' '.join(fold_words(text[:BEGINNING]))} "
    fitting = [
        (len(title), key)
        for key, record in sources.items()
        if len(title := fold_words(record.title)) >= LEAST_TITLE_WORDS
        and (fuzz.ratio(" ".join(title), words) >= ALIKE or f" {' '.join(title)} " in opening)
    ]
    return Belonging(max(fitting)[1], "title") if fitting else None


def _has(doi: str, text: str) -> bool:
    """Whether a text names this DOI and not a longer one."""
    return re.search(rf"{re.escape(doi)}(?![\w/-])", text) is not None
