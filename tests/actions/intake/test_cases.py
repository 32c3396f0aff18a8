"""Small files, each made after a public report of a fault in another program, and what comes of each.

`cases/README.md` names the report and the right outcome of each file; `cases/outcomes.yaml` holds what is read and what
is said, entry by entry. After a change that is meant: `WRITE_CASES=1 python -m pytest` with this file.
"""

import os
from pathlib import Path

import pytest

from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.clients.intake import look_ups
from perspectives.errors import BrokenRulesError
from perspectives.models import IntakeEntry
from perspectives.rules.documents import yaml_text
from perspectives.rules.intake import splitting

CASES = Path(__file__).parent / "cases"
OUTCOMES = CASES / "outcomes.yaml"
FILES = sorted(path for path in CASES.iterdir() if path.suffix in {".bib", ".ris", ".json", ".txt"})


def outcome(file, by):
    """Hand a file in, have it read, and give what came of each entry."""
    try:
        text = splitting.decoded(file.read_bytes())[0]
        batch = intake_batches.start(by=by, text=text)
    except BrokenRulesError as error:
        return [{"refused": error.problems[0]}]
    if not batch.entries.filter(kind__in=look_ups.LOOK_UPS).exists():  # others are asked for elsewhere
        intake_reading.read_next(batch_id=batch.pk)
    return [told(entry) for entry in IntakeEntry.objects.filter(batch=batch).order_by("number")]


def told(entry):
    found = {"identifier": entry.identifier, "record": entry.record, "said": entry.problems, "error": entry.last_error}
    return {"state": entry.state, **{name: value for name, value in found.items() if value}}


def test_every_file_has_its_outcome(proposer):
    found = {file.name: outcome(file, proposer) for file in FILES}
    if os.environ.get("WRITE_CASES"):
        OUTCOMES.write_text(yaml_text.write(found))
    expected = yaml_text.read(OUTCOMES.read_bytes()).data
    assert len(found) >= 60
    assert found == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_in_the_list_of_reports(file):
    assert file.name in (CASES / "README.md").read_text()
