"""What somebody hands in, split into entries, each kept as it was written."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from perspectives.errors import BrokenRulesError
from perspectives.rules.formats.bibliography import bibtex_reading, csl_reading, ris_reading
from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.rules.intake import zotero_addresses
from perspectives.rules.sources import identifiers
from perspectives.vocab import IntakeFormat, IntakeKind

MOST_BYTES = 10_000_000
MOST_ENTRIES = 5_000
MOST_PIECES = 50_000
"""How many entries and stretches between them a text has at most, empty lines among them."""
MOST_CHARACTERS = 100_000
"""The longest entry: a paper with three thousand authors has about as many."""
_ENDS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE = re.compile(rf"[^{_ENDS}]*+(?:\r\n|[{_ENDS}])|[^{_ENDS}]++")
"""What `str.splitlines` takes for a line, one at a time: of ten million characters it would make five million."""
UNKNOWN_LINE = (
    "The line holds no DOI, ISBN, PMID, PMCID, arXiv number or web address; to search for a title begin the line with "
    "“title:” and put the title behind it."
)
_FOREIGN = {
    "This is Web of Science's tagged text (FN, PT, ... ER, EF)": re.compile(
        r"\A\ufeff?FN [^\n]*\r?\n *VR |^PT [JBSP]\r?\nAU ", re.MULTILINE
    ),
    "This is PubMed's tagged text (MEDLINE, .nbib)": re.compile(r"^PMID- ?\d", re.MULTILINE),
    "This is an EndNote library in tags (%0, %A)": re.compile(r"^%0 [A-Z][\w ]+\r?\n%[A-Z] ", re.MULTILINE),
    "This is XML": re.compile(r"\A\ufeff?\s*<\?xml"),
}
"""Files of other programs: each would be read line by line, as identifiers, with an error a line."""
_HEAD = 5000
_SPLITTERS: dict[IntakeFormat, Callable[[str], Iterator[Piece]]] = {
    IntakeFormat.BIBTEX: bibtex_reading.split,
    IntakeFormat.RIS: ris_reading.split,
    IntakeFormat.CSL_JSON: csl_reading.split,
}


@dataclass(frozen=True)
class Beside:
    """What stands beside the entries of a file and is not read: from which line (counted from 1), and the text."""

    line: int
    text: str


@dataclass(frozen=True)
class Intake:
    """A text as entries. `definitions` are what entries of a BibTeX file may refer to, such as names of journals."""

    format: IntakeFormat
    entries: tuple[Piece, ...]
    beside: tuple[Beside, ...]
    definitions: tuple[str, ...]


def decoded(content: bytes) -> tuple[str, str]:
    """Read the bytes of a file as text, and name the encoding that was taken: UTF-8 unless it says otherwise.

    What is no UTF-8 is taken for Windows-1252, in which every byte is some character. Raises BrokenRulesError where it
    is no text at all, or too long.
    """
    if len(content) > MOST_BYTES:
        raise _refused(f"It has {len(content):,} bytes; hand in at most {MOST_BYTES:,} at once.")
    try:
        encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def read(text: str) -> Intake:
    """Split a text into entries; what follows from its form is the format.

    Raises BrokenRulesError where there is nothing in it, too much, or characters that no text has.
    """
    if "\0" in text:
        raise _refused("It holds characters that no text has (U+0000); send the file as the other program wrote it.")
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise _refused(f"It has more than {MOST_BYTES:,} bytes; hand it in in several parts.")
    if program := _foreign(text):
        raise _refused(f"{program}, which is not read here; export it as RIS or BibTeX and hand that in.")
    found = guessed_format(text)
    pieces = _collected(_SPLITTERS.get(found, _lines)(text))
    entries = tuple(_within_length(piece) for piece in pieces if piece.kind)
    if not entries:
        raise _refused("There is nothing in it; paste at least one DOI, ISBN, PMID, web address or entry.")
    definitions = tuple(piece.raw for piece in pieces if piece.is_definition)
    return Intake(found, entries, tuple(_beside(pieces)), definitions)


def _foreign(text: str) -> str:
    """Name the format of a file that another program writes and that is not read; '' for others."""
    return next((name for name, form in _FOREIGN.items() if form.search(text[:_HEAD])), "")


def _collected(pieces: Iterator[Piece]) -> list[Piece]:
    """Take pieces until there are too many: a text of ten million characters may have five million."""
    kept: list[Piece] = []
    entries = 0
    for piece in pieces:
        kept.append(piece)
        entries += piece.kind is not None
        if entries > MOST_ENTRIES:
            raise _refused(f"It has more than {MOST_ENTRIES:,} entries; hand it in in several parts.")
        if len(kept) > MOST_PIECES:
            raise _refused(f"It has more than {MOST_PIECES:,} entries and lines between them; remove empty lines.")
    return kept


def _within_length(piece: Piece) -> Piece:
    if len(piece.raw) <= MOST_CHARACTERS or piece.problem:
        return piece
    words = f"The entry has {len(piece.raw):,} characters; shorten it, the limit is {MOST_CHARACTERS:,}."
    return replace(piece, problem=words)


def guessed_format(text: str) -> IntakeFormat:
    """Tell by its form how a text is written; without such a form it is a list of identifiers."""
    if csl_reading.looks_like(text):
        return IntakeFormat.CSL_JSON
    if ris_reading.looks_like(text):
        return IntakeFormat.RIS
    return IntakeFormat.BIBTEX if bibtex_reading.looks_like(text) else IntakeFormat.IDENTIFIERS


def _lines(text: str) -> Iterator[Piece]:
    """Take each line for an identifier."""
    for match in _LINE.finditer(text):
        line = match[0]
        if not line.replace("\ufeff", "").strip():
            yield Piece(line)
            continue
        known = identifiers.recognised(line)
        problem = UNKNOWN_LINE if known.kind is IntakeKind.UNKNOWN else ""
        if zotero_addresses.address(line):
            known, problem = identifiers.UNKNOWN, zotero_addresses.ALONE
        yield Piece(line, known.kind, identifier=known.value, problem=problem)


def _beside(pieces: list[Piece]) -> Iterator[Beside]:
    line = 1
    for piece in pieces:
        if piece.kind is None and piece.raw.strip().strip("\ufeff \t\r\n,[]") and not piece.is_definition:
            blank = len(piece.raw) - len(piece.raw.lstrip())
            yield Beside(line + piece.raw[:blank].count("\n"), piece.raw.strip())
        line += piece.raw.count("\n")


def _refused(sentence: str) -> BrokenRulesError:
    return BrokenRulesError("This cannot be taken in.", (sentence,))
