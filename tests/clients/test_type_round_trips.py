"""Each type of source goes out and comes back as itself, or docs/formats.md lists as what it comes back."""

import json
import re
from pathlib import Path

import pytest

from perspectives.clients import bibliography, pandoc
from perspectives.rules.formats.bibliography import csl_reading, ris, ris_reading
from perspectives.rules.intake import intake_record, splitting
from perspectives.rules.sources.csl import csl_item
from perspectives.vocab import CslType
from tests import factories

DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs/formats.md"
WRITERS = {
    "CSL-JSON": lambda records: json.dumps([csl_item(key, record) for key, record in records.items()]),
    "RIS": ris.text,
    "BibTeX": lambda records: pandoc.biblatex([csl_item(key, record) for key, record in records.items()]),
}
READERS = {
    "CSL-JSON": lambda raws: [csl_reading.item(raw) for raw in raws],
    "RIS": lambda raws: [ris_reading.item(raw) for raw in raws],
    "BibTeX": lambda raws: list(bibliography.bibtex_items(dict(enumerate(raws))).values()),
}
GENRES = {"without a genre": {}, "with a genre": {"genre": "Memoir"}}


def read_back(form, records):
    """Write records as a file of a form, hand it in, and give what is read, in the same order."""
    entries = splitting.read(WRITERS[form](records)).entries
    return [intake_record.record(item) for item in READERS[form]([entry.raw for entry in entries])]


def listed_losses(form):
    """Read from the table of the documentation which types come back as others."""
    _, table = DOCUMENTATION.read_text(encoding="utf-8").split("| format | type | comes back as |\n")
    rows = re.findall(rf"^\| {form} \| (.+) \| `(\S+)` \|$", table, re.MULTILINE)
    return {written: read for several, read in rows for written in re.findall(r"`(\S+?)`", several)}


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("form", WRITERS)
def test_types_come_back_but_for_the_listed_ones(form, genre):
    records = {kind.value: {**factories.source_record(), "type": kind.value, **GENRES[genre]} for kind in CslType}
    found = read_back(form, records)
    assert len(found) == len(CslType)
    pairs = [(kind.value, record["type"]) for kind, (record, _) in zip(CslType, found, strict=True)]
    assert {written: read for written, read in pairs if written != read} == listed_losses(form)


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("form", ["CSL-JSON", "RIS"])
def test_the_genre_stays_beside_the_type(form, genre):
    records = {kind.value: {**factories.source_record(), "type": kind.value, **GENRES[genre]} for kind in CslType}
    assert {record.get("genre") for record, _ in read_back(form, records)} == {GENRES[genre].get("genre")}


def test_a_loss_is_told_to_whoever_hands_the_file_in():
    records = {kind: {**factories.source_record(), "type": kind} for kind in listed_losses("BibTeX")}
    silent = {kind for kind, (_, problems) in zip(records, read_back("BibTeX", records), strict=True) if not problems}
    assert silent == {"speech"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("THES", "thesis"),
        ("STAT", "legislation"),
        ("CASE", "legal_case"),
        ("NEWS", "article-newspaper"),
        ("MGZN", "article-magazine"),
        ("CONF", "book"),
        ("CPAPER", "paper-conference"),
        ("LEGAL", "regulation"),
        ("GOVDOC", "report"),
        ("UNPB", "manuscript"),
        ("VIDEO", "motion_picture"),
        ("GEN", "document"),
        ("gen", "document"),
    ],
)
def test_ris_types_that_other_programs_write(code, expected):
    item = ris_reading.item(f"TY  - {code}\nTI  - On docks\nC1  - Port of Docks\nER  - \n")
    assert intake_record.record(item) == ({"type": expected, "title": "On docks"}, [])


@pytest.mark.parametrize("code", ["undefined", "ABCD"])
def test_a_ris_type_that_is_not_known_is_told(code):
    record, problems = intake_record.record(ris_reading.item(f"TY  - {code}\nTI  - On docks\nER  - \n"))
    assert record == {"type": "document", "title": "On docks"}
    assert problems == [f"type: '{code.upper()}' is not known here; taken for a document."]


BIBTEX = """@techreport{a, title={Are ports deterred?}, institution={Centre for Ports}, year={2007}}
@phdthesis{b, title={A thesis on docks}, school={Port University}, year={2001}}
@dataset{c, title={Dock depths}, date={2017}}
@online{d, title={Dock page}, date={2020-02-03}}
@software{e, title={Dock tool}, date={2021}}
"""


def test_bibtex_types_that_other_programs_write():
    found = READERS["BibTeX"]([entry.raw for entry in splitting.read(BIBTEX).entries])
    records = [intake_record.record(item)[0] for item in found]
    assert [(record["type"], record.get("publisher")) for record in records] == [
        ("report", "Centre for Ports"),
        ("thesis", "Port University"),
        ("dataset", None),
        ("webpage", None),
        ("software", None),
    ]
