"""Reading what was handed in: every entry ends somewhere, nothing is read twice, whoever is killed."""

import pytest
from django.utils import timezone

from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.models import IntakeEntry
from perspectives.queries.intake import intake_batches as queries
from perspectives.vocab import IntakeState

BIBTEX = """@string{jib = "Journal of Invented Bridges"}
@article{one, title = {Timber bridges of {Wend}}, author = {M{\\"u}ller, Jan}, journal = jib, year = 2001,
  language = {english}}
@article{broken, title = {No end
@book{two, title = {Stones}, author = {Stone, Ada}, year = 1999, doi = {10.1000/stones}}
@book{two, title = {Stones, again}, author = {Stone, Ada}, year = 1999, doi = {https://doi.org/10.1000/STONES}}
"""


@pytest.fixture
def batch(proposer):
    return intake_batches.start(by=proposer, text=BIBTEX)


def states(batch):
    return dict(IntakeEntry.objects.filter(batch=batch).order_by("number").values_list("number", "state"))


def test_a_file_is_read_and_what_is_broken_says_so(batch):
    intake_reading.read_next(batch_id=batch.pk)
    assert states(batch) == {1: "ready", 2: "failed", 3: "ready", 4: "duplicate"}
    first, broken, _, twin = IntakeEntry.objects.order_by("number")
    assert first.record == {
        "type": "article-journal",
        "title": "Timber bridges of Wend",
        "author": [{"family": "Müller", "given": "Jan"}],
        "container-title": "Journal of Invented Bridges",
        "issued": "2001",
        "language": "en",
    }
    assert "not closed" in broken.last_error
    assert (twin.twin.number, twin.likeness, twin.reason) == (3, 100, "It has the same DOI, 10.1000/stones.")


def test_reading_twice_changes_nothing(batch):
    intake_reading.read_next(batch_id=batch.pk)
    before = list(IntakeEntry.objects.order_by("number").values())
    intake_reading.read_next(batch_id=batch.pk)
    assert list(IntakeEntry.objects.order_by("number").values()) == before


def test_one_worker_reads_a_batch_and_a_lost_one_is_replaced(batch):
    claimed = intake_reading._claim(batch.pk)
    assert intake_reading._claim(batch.pk) == []
    intake_reading.resume()
    assert queries.progress(batch.pk).counts[IntakeState.FETCHING] == 3
    IntakeEntry.objects.filter(state="fetching").update(claimed_at=timezone.now() - 2 * intake_reading._LEASE)
    intake_reading.resume()
    intake_reading.read_next(batch_id=batch.pk)
    assert states(batch) == {1: "ready", 2: "failed", 3: "ready", 4: "duplicate"}
    after = list(IntakeEntry.objects.order_by("number").values())
    outcomes = intake_reading._outcomes(batch.pk, claimed)
    intake_reading._write(batch.pk, intake_reading._with_records(batch.pk, claimed, outcomes), outcomes)
    assert list(IntakeEntry.objects.order_by("number").values()) == after


def test_what_kills_its_worker_again_and_again_is_given_up(batch):
    assert intake_reading._claim(batch.pk)
    IntakeEntry.objects.filter(state="fetching").update(
        claimed_at=timezone.now() - 2 * intake_reading._LEASE, attempts=3
    )
    intake_reading.resume()
    assert set(states(batch).values()) == {"failed"}


def test_long_entries_are_read_one_by_one(proposer):
    entry = "@article{long%d, title = {Long %d}, author = {Stone, Ada}, year = 1999, abstract = {%s}}"
    batch = intake_batches.start(
        by=proposer, text="\n".join(entry % (number, number, "words " * 16_000) for number in range(3))
    )
    intake_reading.read_next(batch_id=batch.pk)
    assert sorted(states(batch).values()) == ["ready", "waiting", "waiting"]


def test_a_batch_that_is_not_there_is_nothing_to_read(batch):
    before = list(IntakeEntry.objects.order_by("number").values())
    assert "waiting" in states(batch).values()
    intake_reading.read_next(batch_id=batch.pk + 1)
    assert list(IntakeEntry.objects.order_by("number").values()) == before


def test_an_entry_that_nothing_can_mend_is_refused_in_words(proposer):
    batch = intake_batches.start(by=proposer, text="@article{one, title = {T}, = {nameless}, year = 2001}")
    intake_reading.read_next(batch_id=batch.pk)
    entry = IntakeEntry.objects.get(batch=batch)
    assert entry.state == IntakeState.FAILED
    assert entry.last_error.startswith("The entry is malformed: ")
