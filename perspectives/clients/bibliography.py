"""The records of BibTeX entries, read by pandoc."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.clients import pandoc
from perspectives.rules.documents.problems import shown
from perspectives.rules.formats.bibliography import bibtex_reading
from perspectives.rules.intake.splitting import MOST_CHARACTERS

Item = dict[str, Any]
_LONGEST_REASON = 200
_AT_ONCE = 20
_CHARACTERS_AT_ONCE = 10_000
"""Pandoc needs about a megabyte for each 400 characters of BibTeX, beside 50 for itself."""
_TOO_LONG = f"With its abbreviations (@string) written out it has more than {MOST_CHARACTERS:,} characters; shorten it."


def bibtex_items(
    entries: Mapping[int, str], definitions: Iterable[str] = (), above: Mapping[str, str] | None = None
) -> dict[int, Item | str]:
    """Read BibTeX entries by number: the item of each, or a sentence that says why it cannot be read.

    Where pandoc refuses the whole, halves are tried, so that one bad entry costs no other its record.
    """
    named, found = tuple(definitions), dict[int, Item | str]()
    known = bibtex_reading.lengths(named)
    sizes = {number: bibtex_reading.written_out(raw, known) for number, raw in entries.items()}
    sizes_above = {key: bibtex_reading.written_out(raw, known) for key, raw in (above or {}).items()}
    short = {number: raw for number, raw in entries.items() if sizes[number] <= MOST_CHARACTERS}
    parents = {key: raw for key, raw in (above or {}).items() if sizes_above[key] <= MOST_CHARACTERS}
    for some in _portions(short, sizes):
        found |= _read(some, named, parents)
    return found | dict.fromkeys(entries.keys() - short.keys(), _TOO_LONG)


def _portions(entries: Mapping[int, str], sizes: Mapping[int, int]) -> Iterator[dict[int, str]]:
    """Divide entries so that no run of pandoc needs much memory; none is divided."""
    portion: dict[int, str] = {}
    length = 0
    for number, raw in entries.items():
        length += sizes[number]
        if portion and (len(portion) == _AT_ONCE or length > _CHARACTERS_AT_ONCE):
            yield portion
            portion, length = {}, sizes[number]
        portion[number] = raw
    if portion:
        yield portion


def _read(entries: Mapping[int, str], definitions: tuple[str, ...], above: Mapping[str, str]) -> dict[int, Item | str]:
    try:
        items = pandoc.csl_items(bibtex_reading.file(entries, definitions, above), form="biblatex")
    except pandoc.PandocError as error:
        return _halved(entries, definitions, above, error)
    found: dict[int, Item | str] = dict.fromkeys(entries, "The entry holds nothing that can be read.")
    by_id = {str(item.get("id", "")): item for item in items}
    titles = {key: str(by_id.get(name, {}).get("title", "")) for key, name in bibtex_reading.names_of(above).items()}
    for item in items:
        number = bibtex_reading.number_of(str(item.get("id", "")))
        if number is not None and number in entries:
            found[number] = bibtex_reading.completed(item, entries[number], titles)
    return found


def _halved(
    entries: Mapping[int, str], definitions: tuple[str, ...], above: Mapping[str, str], error: pandoc.PandocError
) -> dict[int, Item | str]:
    if len(entries) > 1:
        numbers = list(entries)
        middle = len(numbers) // 2
        halves = ({number: entries[number] for number in part} for part in (numbers[:middle], numbers[middle:]))
        return {number: item for half in halves for number, item in _read(half, definitions, above).items()}
    if definitions or above:
        return _read(entries, (), {})
    reason = shown(" ".join(str(error).removeprefix("Pandoc failed: ").split()), _LONGEST_REASON)
    return dict.fromkeys(entries, f"The entry is malformed: {reason}")
