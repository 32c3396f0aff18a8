"""A source in a line, as in a sentence, and where the work can be found."""

from perspectives.rules.sources import identifiers
from perspectives.rules.sources.source_record import SourceRecord

MOST_NAMES = 2
"""How many authors are named before "et al."."""


def names_and_year(record: SourceRecord) -> str:
    """Write family names and year, such as `Pratt and Weir 2018`; the year alone where nobody is named."""
    families = [name.literal or name.family or "" for name in record.author or record.editor]
    names = f"{families[0]} et al." if len(families) > MOST_NAMES else " and ".join(families)
    year = record.issued[:4] if record.issued else "n.d."
    return f"{names} {year}" if names else year


def address(record: SourceRecord) -> str:
    """Give where the work can be found: its DOI before its web address; empty where neither is known."""
    return identifiers.doi_address(record.DOI) if record.DOI else record.URL or ""


def other_address(record: SourceRecord) -> str:
    """Give the web address that a work has beside its DOI, such as that of an open copy; empty without both."""
    is_other = record.DOI and record.URL and identifiers.doi(record.URL) != record.DOI
    return record.URL or "" if is_other else ""
