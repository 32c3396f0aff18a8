"""Whether the intake loses anything of files of other programs: `python -m bench.intake_corpus [FOLDER]`.

All files of the folder (the cases of the tests without one) that end in .bib, .bibtex or .ris are split and read as
the intake does. `bench.rig.other_readers`, which share nothing with ours, read each entry once more, and each field is
looked for: its words in the record (kept), or its name or its words in what is said of the entry (told). All others
are lost: they are printed, and the command fails. Words are compared without accents, capitals and marks; those of up
to three letters must be words of the record, longer ones may be parts of its words; months are numbers, languages
their tags. `--most` takes so many entries of each format, `--each` of each file, in an order that `--seed` gives.
"""

import argparse
import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.rig import other_readers
from perspectives.clients import bibliography
from perspectives.errors import BrokenRulesError
from perspectives.rules.formats.bibliography import bibtex_reading, ris_reading
from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.rules.intake import intake_record, kept_fields, splitting
from perspectives.vocab import IntakeKind

CASES = Path(__file__).resolve().parents[1] / "tests" / "actions" / "intake" / "cases"
FORMATS = {"BibTeX": (IntakeKind.BIBTEX, {".bib", ".bibtex"}), "RIS": (IntakeKind.RIS, {".ris"})}
COLUMNS = ("entries", "refused, told", "not read by the other", "fields", "kept", "told", "lost")
_LONGEST = 200


def main() -> None:
    """Print the counts of each format and all that is lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=CASES)
    parser.add_argument("--most", type=int, default=sys.maxsize, help="take only so many entries of each format")
    parser.add_argument("--each", type=int, default=sys.maxsize, help="take only so many entries of each file")
    parser.add_argument("--seed", type=int, default=1, help="gives the order of the files")
    parser.add_argument("--format", choices=FORMATS, action="append", help="read only this one")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # bibtexparser warns of each entry that it cannot read
    lost: list[str] = []
    print(f"{'':8}" + "".join(f"{column:>{len(column) + 3}}" for column in COLUMNS))
    for name in arguments.format or FORMATS:
        count = Counter[str]()
        kind, endings = FORMATS[name]
        files = sorted(path for path in arguments.folder.rglob("*") if path.suffix.lower() in endings)
        random.Random(arguments.seed).shuffle(files)
        for file, pieces, intake in _portions(files, kind, arguments, count):
            lost += [f"{file.name}: {words}" for words in _lost(pieces, intake, count)]
        print(f"{name:8}" + "".join(f"{count[column]:>{len(column) + 3},}" for column in COLUMNS), flush=True)
    print("\n".join(lost))
    sys.exit(1 if lost else 0)


def _portions(
    files: Sequence[Path], kind: IntakeKind, limits: argparse.Namespace, count: Counter[str]
) -> Iterator[tuple[Path, list[Piece], splitting.Intake]]:
    """Give the entries of each file that were in none before."""
    seen: set[str] = set()
    for file in files:
        try:
            intake = splitting.read(splitting.decoded(file.read_bytes())[0])
        except BrokenRulesError as error:
            print(f"{file.name} is refused: {error.problems[0]}")
            continue
        new = {piece.raw.strip(): piece for piece in intake.entries if piece.kind is kind}
        most = min(limits.each, limits.most - count["entries"])
        pieces = [piece for raw, piece in new.items() if raw not in seen][:most]
        seen |= new.keys()
        count["entries"] += len(pieces)
        yield file, pieces, intake


def _lost(pieces: Sequence[Piece], intake: splitting.Intake, count: Counter[str]) -> Iterator[str]:
    """Count the fields of some entries, and give a line for each that is lost."""
    definitions = "\n".join(intake.definitions)
    for piece, record, told in _read(pieces, intake):
        if record is None:
            count["refused, told"] += 1
            continue
        is_ris = piece.kind is IntakeKind.RIS
        fields = other_readers.ris(piece.raw) if is_ris else other_readers.bibtex(piece.raw, definitions)
        if fields is None:
            count["not read by the other"] += 1
        parents = bibtex_reading.parents(piece.raw)
        keys = [piece.key, *(above.key for above in intake.entries if above.key in parents)]
        held = other_readers.Held(record, keys, told)
        for field in fields or ():
            if not other_readers.words(field[1]):
                continue
            outcome = held.outcome(field)
            count["fields"] += 1
            count[outcome] += 1
            if outcome == "lost":
                yield f"{field[0]} = {field[1][:_LONGEST]!r} lacks {held.missing(field)}: {str(record)[: _LONGEST * 2]}"


def _read(
    pieces: Sequence[Piece], intake: splitting.Intake
) -> Iterator[tuple[Piece, dict[str, Any] | None, list[str]]]:
    """Read entries as the intake does: the record of each, None for refused ones, and what is said of it."""
    bibtex = {number: piece.raw for number, piece in enumerate(pieces) if not piece.problem}
    keys = set[str]().union(*map(bibtex_reading.parents, bibtex.values()))
    above = {piece.key: piece.raw for piece in intake.entries if piece.key in keys}
    is_ris = any(piece.kind is IntakeKind.RIS for piece in pieces)
    items = {} if is_ris else bibliography.bibtex_items(bibtex, intake.definitions, above)
    for number, piece in enumerate(pieces):
        item = ris_reading.item(piece.raw) if is_ris else items.get(number, piece.problem)
        if isinstance(item, str):
            yield piece, None, [item]
            continue
        record, problems = intake_record.record(item)
        if is_ris:
            fields, said = list(ris_reading.fields(piece.raw)), ris_reading.warnings(piece.raw)
        else:
            fields, said = list(bibtex_reading.fields(piece.raw)), bibtex_reading.warnings(piece.raw, above)
        said = [*said, *problems]
        yield piece, record, [*said, *kept_fields.left_out(fields, record, said)]


if __name__ == "__main__":
    main()
