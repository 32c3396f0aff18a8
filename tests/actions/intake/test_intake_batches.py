"""Handing in and deciding: who may, what is refused, and that nothing is added twice."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.errors import (
    BrokenRulesError,
    ConflictError,
    DomainError,
    NotFoundError,
    NotPermittedError,
    NotPossibleError,
)
from perspectives.models import IntakeBatch, IntakeEntry, LogEntry, Source, User
from perspectives.policy import OPERATOR
from perspectives.rules.documents import parts
from perspectives.vocab import EventCode, Role
from tests import factories
from tests.actions.at_once import ROUNDS, at_once

ITEMS = """[
  {"id": "a", "type": "article-journal", "title": "New piers", "author": [{"family": "Doe", "given": "Ann"}],
   "issued": {"date-parts": [[2020]]}, "language": "en", "DOI": "10.1000/piers"},
  {"id": "b", "type": "webpage", "title": "Old piers", "URL": "https://piers.example/old"},
  {"id": "c", "type": "article-journal", "title": "Timber", "DOI": "10.1000/xyz123", "volume": "99"}
]"""
WHOLE = {"language": "en", "category": "peer-reviewed"}


def read(person, text=ITEMS):
    batch = intake_batches.start(by=person, text=text)
    intake_reading.read_next(batch_id=batch.pk)
    return list(batch.entries.order_by("number"))


@pytest.fixture
def entries(drafts, proposer):
    Source.objects.filter(key="pratt2018timber").update(record=factories.source_record(DOI="10.1000/xyz123"))
    return read(proposer)


def test_an_entry_becomes_a_source(entries, proposer):
    source = intake_batches.add(entry_id=entries[0].pk, by=proposer, record={**entries[0].record, **WHOLE})
    assert source.key == "doe2020new"
    assert source.record["checked"]["metadata"] == "partly"
    entry = IntakeEntry.objects.get(pk=entries[0].pk)
    assert (entry.state, entry.source, entry.decided_by) == ("added", source, proposer)
    codes = set(LogEntry.objects.filter(source=source).values_list("code", flat=True))
    assert codes == {EventCode.SOURCE_ADDED, EventCode.INTAKE_DECIDED}
    with pytest.raises(NotPossibleError):
        intake_batches.add(entry_id=entry.pk, by=proposer, record={**entry.record, **WHOLE})


def test_what_is_here_is_not_added_but_merged(entries, proposer):
    entry = entries[2]
    assert (entry.state, entry.match.key) == ("duplicate", "pratt2018timber")
    for is_another in (False, True):
        with pytest.raises(ConflictError, match="looks the same"):
            intake_batches.add(entry_id=entry.pk, by=proposer, record={**entry.record, **WHOLE}, is_another=is_another)
    before = entry.match.record
    merge = partial(
        intake_batches.merge_into, entry_id=entry.pk, source_id=entry.match.pk, choices=["volume"], by=proposer
    )
    with pytest.raises(ConflictError, match="changed by somebody else"):
        merge(version="0")
    merge(version=parts.version(before))
    entry.match.refresh_from_db()
    assert entry.match.record == {**before, "volume": "99"}
    changes = LogEntry.objects.get(code=EventCode.SOURCE_CHANGED).changes
    assert [(change["before"], change["after"]) for change in changes] == [(before["volume"], "99")]


def test_adding_all_that_are_ready_leaves_what_is_not_whole(entries, proposer):
    added, left = intake_batches.add_ready(batch_id=entries[0].batch_id, by=proposer, is_category_confirmed=True)
    assert (added, [number for number, _ in left]) == (1, [2])
    added, left = intake_batches.add_ready(
        batch_id=entries[0].batch_id, by=proposer, language="en", is_category_confirmed=True
    )
    assert (added, left[0][0]) == (0, 2)
    assert "category is missing" in left[0][1]


def test_an_entry_is_put_aside_and_taken_up_again(entries, proposer):
    assert intake_batches.dismiss(entry_id=entries[1].pk, by=proposer, note="Not ours").state == "dismissed"
    intake_batches.retry(entry_id=entries[1].pk, by=proposer)
    intake_reading.read_next(batch_id=entries[1].batch_id)
    again = IntakeEntry.objects.get(pk=entries[1].pk)
    assert (again.state, again.record, again.decided_by) == ("ready", entries[1].record, None)


def test_what_is_wrong_is_said(entries, proposer):
    with pytest.raises(BrokenRulesError) as refused:
        intake_batches.add(entry_id=entries[1].pk, by=proposer, record=entries[1].record)
    assert [problem.partition(" ")[0] for problem in refused.value.problems] == ["language", "category"]
    with pytest.raises(BrokenRulesError, match="key"):
        intake_batches.add(entry_id=entries[1].pk, by=proposer, record={**entries[1].record, **WHOLE}, key="No key")
    with pytest.raises(NotPossibleError, match="has the key"):
        intake_batches.add(
            entry_id=entries[1].pk, by=proposer, record={**entries[1].record, **WHOLE}, key="pratt2018timber"
        )
    with pytest.raises(BrokenRulesError):
        intake_batches.start(by=proposer, text="10.1000/x", note="a\u202eb")
    with pytest.raises(BrokenRulesError):
        intake_batches.dismiss(entry_id=entries[1].pk, by=proposer, note="a\u202eb")
    Source.objects.filter(pk=entries[2].match_id).update(record={"type": "book", "title": "T", "category": "opinion"})
    version = parts.version(Source.objects.get(pk=entries[2].match_id).record)
    with pytest.raises(BrokenRulesError, match="language: is missing"):
        intake_batches.merge_into(
            entry_id=entries[2].pk, source_id=entries[2].match_id, choices=["title"], version=version, by=proposer
        )


ACTIONS = {
    "start": lambda by, _: intake_batches.start(by=by, text="10.1000/x"),
    "add": lambda by, entry: intake_batches.add(entry_id=entry, by=by, record={}),
    "add_ready": lambda by, entry: intake_batches.add_ready(batch_id=IntakeEntry.objects.get(pk=entry).batch_id, by=by),
    "merge_into": lambda by, entry: intake_batches.merge_into(
        entry_id=entry, source_id=0, choices=[], version="", by=by
    ),
    "dismiss": lambda by, entry: intake_batches.dismiss(entry_id=entry, by=by),
    "retry": lambda by, entry: intake_batches.retry(entry_id=entry, by=by),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_not_is_refused(name, entries, reader):
    contributor = User.objects.create_user("contributor", role=Role.CONTRIBUTOR)
    before = (IntakeBatch.objects.count(), LogEntry.objects.count())
    for by in (None, OPERATOR, reader, *([] if name == "start" else [contributor])):
        with pytest.raises(NotPermittedError):
            ACTIONS[name](by, entries[1].pk)
    assert (IntakeBatch.objects.count(), LogEntry.objects.count()) == before


def test_what_is_not_there_is_not_found(entries, proposer):
    for name in ("add", "merge_into", "dismiss", "retry"):
        with pytest.raises(NotFoundError):
            ACTIONS[name](proposer, 0)
    with pytest.raises(NotFoundError):
        intake_batches.add_ready(batch_id=0, by=proposer)
    with pytest.raises(NotFoundError):
        intake_batches.merge_into(entry_id=entries[2].pk, source_id=0, choices=[], version="", by=proposer)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "fetching"}, "is_read_since"),
        ({"state": "added"}, "perspectives_intakeentry_"),
        ({"state": "dismissed"}, "decided_by_somebody"),
        ({"state": "duplicate"}, "looks_like_something"),
        ({"state": "failed"}, "failure_has_a_reason"),
        ({"record": None}, "has_a_record"),
        ({"likeness": 50}, "likeness_is_to_one"),
        ({"raw": " "}, "not_blank"),
    ],
)
def test_what_the_database_refuses(entries, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IntakeEntry.objects.filter(pk=entries[0].pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once_add_it_once():
    people = [User.objects.create_user(name, role=Role.MODERATOR) for name in ("one", "two")]
    for number in range(ROUNDS):
        text = f'[{{"type": "book", "title": "Piers {number}", "ISBN": "", "URL": "https://piers.example/{number}"}}]'
        entries = [read(person, text)[0] for person in people]
        actions = [
            partial(
                intake_batches.add,
                entry_id=entry.pk,
                by=person,
                record={**entry.record, "language": "en", "category": "opinion"},
            )
            for entry, person in zip(entries, people, strict=True)
        ]
        outcomes = at_once(*actions)
        assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1
        assert Source.objects.filter(record__title=f"Piers {number}").count() == 1


def test_the_same_form_sent_twice_is_one_batch(proposer, reviewer):
    first = intake_batches.start(by=proposer, text="10.1000/xyz123")
    assert intake_batches.start(by=proposer, text="10.1000/xyz123") == first
    assert intake_batches.start(by=reviewer, text="10.1000/xyz123") != first
    IntakeBatch.objects.update(at=timezone.now() - intake_batches.SENT_AGAIN)
    assert intake_batches.start(by=proposer, text="10.1000/xyz123") != first


def test_more_than_are_added_at_once_wait_for_the_next_time(drafts, proposer, monkeypatch):
    entries = read(proposer, ITEMS.replace('"webpage"', '"article-journal"'))
    monkeypatch.setattr(intake_batches, "MOST_ADDED_AT_ONCE", 1)
    sent = {"batch_id": entries[0].batch_id, "by": proposer, "language": "en", "is_category_confirmed": True}
    rest = "Only 1 are added at once; send it again."
    assert intake_batches.add_ready(**sent) == (1, [(2, rest), (3, rest)])
    assert intake_batches.add_ready(**sent) == (1, [(3, rest)])


def test_a_duplicate_may_bring_nothing_new(entries, proposer):
    match = entries[2].match
    version = parts.version(match.record)
    intake_batches.merge_into(entry_id=entries[2].pk, source_id=match.pk, choices=[], version=version, by=proposer)
    assert IntakeEntry.objects.get(pk=entries[2].pk).state == "merged"
    assert not LogEntry.objects.filter(code=EventCode.SOURCE_CHANGED).exists()
