"""References as runs of text: as the background job formatted them, or plain from the record until it has run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from perspectives.queries.evidence.told import NOT_RELIED_ON, NOTHING, Checked, Told
from perspectives.rules.sources.library import search_url
from perspectives.rules.sources.short_reference import names_and_year
from perspectives.rules.sources.source_record import Name, SourceRecord

MOST_NAMES = 3
"""How many authors a plain reference names before it writes "et al."."""


@dataclass(frozen=True)
class Run:
    """A piece of a reference with one look; `href` is empty unless it is a safe link."""

    text: str
    is_emphasised: bool = False
    href: str = ""


@dataclass(frozen=True)
class References:
    """The references of one edition in one style."""

    sources: Mapping[str, SourceRecord]
    formatted: Mapping[str, Any] | None
    """Citekey -> runs, or nothing while the job has not run."""
    checked: Checked = NOTHING
    """What a machine found of these works and of the words that are quoted from them."""

    @property
    def is_formatted(self) -> bool:
        """Whether the references are in the style the reader chose."""
        return self.formatted is not None

    @property
    def notices(self) -> tuple[tuple[SourceRecord, Told], ...]:
        """The works that should not be relied on, each with the warning; what was corrected is told beside it alone."""
        found = ((record, self.checked.notice(key)) for key, record in self.sources.items())
        return tuple((record, notice) for record, notice in found if notice and notice.outcome in NOT_RELIED_ON)

    def of(self, key: str) -> tuple[Run, ...]:
        """Give the reference of a source."""
        runs = (self.formatted or {}).get(key)
        return formatted_runs(runs) if runs else plain_runs(self.sources[key])


def formatted_runs(runs: Iterable[Mapping[str, Any]]) -> tuple[Run, ...]:
    """Read the runs of a formatted reference; an address that is no web address is dropped."""
    return tuple(Run(run["text"], bool(run.get("emphasis")), _safe(run.get("href"))) for run in runs)


def plain_runs(record: SourceRecord) -> tuple[Run, ...]:
    """Write a record as names, year, title, container and publisher: no citation style, but nothing left to guess."""
    names = written_names(record.author or record.editor)
    year = record.issued[:4] if record.issued else "n.d."
    around = ", ".join(part for part in (record.container_title, record.publisher) if part)
    return (
        Run(f"{names} ({year}). " if names else f"({year}). "),
        Run(record.title, is_emphasised=True),
        Run(f". {around}." if around else "."),
    )


def short_runs(record: SourceRecord) -> tuple[Run, ...]:
    """Write a record in a line, as in a sentence: family names, year, title."""
    return (Run(f"{names_and_year(record)}, "), Run(record.title, is_emphasised=True))


def written_names(names: tuple[Name, ...]) -> str:
    """Write names in the order of a list of references, the first three of them."""
    written = "; ".join(_name(name) for name in names[:MOST_NAMES])
    return f"{written} et al." if len(names) > MOST_NAMES else written


def library(record: SourceRecord) -> str:
    """Give the search for the work in the library that the settings name; empty where something else leads to it."""
    return search_url(record, settings.LIBRARY_SEARCH_URL)


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return ", ".join(part for part in (family, given, name.suffix) if part)


def _safe(href: object) -> str:
    return href if isinstance(href, str) and href.startswith(("https://", "http://")) else ""
