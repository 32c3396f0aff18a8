"""What `verify_editions` finds when somebody with all power over the database changed it past every guard."""

import hashlib
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from perspectives.actions.publication import publishing, retracting
from perspectives.actions.sources import source_records
from perspectives.models import LogEntry, LogLink, PublishedClaim, PublishedSource, PublishedTopic, Source, Topic
from perspectives.rules.documents.parts import version
from perspectives.vocab import Role
from tests.actions.at_once import at_once

FORGED_CLAIM = """
UPDATE perspectives_publishedclaim SET record = jsonb_set(record, '{text}', '"The opposite."') WHERE id = %s
"""
CHAIN_ANEW = """
UPDATE perspectives_loglink SET sha256 = perspectives_log_hash(
    (SELECT sha256 FROM perspectives_loglink WHERE number = %s),
    (SELECT e FROM perspectives_logentry AS e WHERE id = %s)
) WHERE number = %s
"""


def run(capsys):
    connection.check_constraints()  # as a commit does
    call_command("verify_editions")
    return capsys.readouterr().out


def faults():
    """Give the lines of the refusal after its first one."""
    with pytest.raises(CommandError) as refusal:
        call_command("verify_editions")
    return str(refusal.value).splitlines()[1:]


@contextmanager
def all_power():
    """Act as a superuser who has switched every trigger and foreign key off."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor.execute
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def retracted(published, signed_in):
    chief = signed_in(Role.CHIEF_EDITOR)[1]
    retracting.retract(edition_id=published[0].pk, note="The count was wrong.", by=chief)
    connection.check_constraints()
    return published[0]


def test_all_is_well(retracted, capsys):
    number, last = LogLink.objects.order_by("-number").values_list("number", "sha256")[0]
    assert number == LogEntry.objects.count()
    assert run(capsys).splitlines() == [
        "All 3 editions are what was published.",
        f"The log is whole: {number} links, the last one {last}.",
    ]


def test_an_empty_database_is_well(db, capsys):
    assert "0 links, the last one none" in run(capsys)


def test_a_deleted_edition_is_found(published):
    edition = published[0]
    with all_power() as execute:
        for table in ("publisheduse", "publishedtopic"):
            execute(f"DELETE FROM perspectives_{table} WHERE edition_id = %s", [edition.pk])
        execute("DELETE FROM perspectives_edition WHERE id = %s", [edition.pk])
    assert (
        f"{edition.topic.slug}, edition 1: the log says that it was published, but not so is what is stored" in faults()
    )


def test_a_hole_in_the_numbers_is_found(published):
    edition = published[0]
    with all_power() as execute:
        execute("ALTER TABLE perspectives_edition DROP CONSTRAINT perspectives_edition_has_two_people_or_is_a_fixture")
        execute("UPDATE perspectives_edition SET number = 3 WHERE id = %s", [edition.pk])
    assert f"{edition.topic.slug}: edition 1, 2 is missing, though there are later ones" in faults()


def test_a_retraction_taken_back_is_found(retracted):
    with all_power() as execute:
        execute("DELETE FROM perspectives_retraction")
    assert faults() == [
        f"{retracted.topic.slug}, edition 1: the log says that it was retracted, but not so is what is stored"
    ]


def test_a_retraction_with_other_words_is_found(retracted):
    with all_power() as execute:
        execute("UPDATE perspectives_retraction SET note = 'All is well.'")
    assert len(faults()) == 2


@pytest.mark.parametrize(
    "change",
    ["note = 'x'", "at = at - interval '1 day'", "code = 'topic.changed'", "by_id = NULL", """detail = '{"a": 1}'"""],
)
def test_a_changed_log_row_is_found(retracted, change):
    entry = LogEntry.objects.latest("pk")
    with all_power() as execute:
        execute(f"UPDATE perspectives_logentry SET {change} WHERE id = %s", [entry.pk])
    assert f"log: entry {entry.pk} (link {entry.link.number}) is not what was written" in faults()


def test_a_changed_row_with_its_own_link_made_anew_is_found_by_the_next(retracted):
    first, second, third = LogLink.objects.order_by("number")[:3]
    with all_power() as execute:
        execute("UPDATE perspectives_logentry SET note = 'x' WHERE id = %s", [second.entry_id])
        execute(CHAIN_ANEW, [first.number, second.entry_id, second.number])
    assert faults() == [f"log: entry {third.entry_id} (link {third.number}) is not what was written"]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM perspectives_logentry WHERE id = {entry}", "log: entry {entry} (link 2) was taken out"),
        ("DELETE FROM perspectives_loglink WHERE number = 2", "log: the links before link 3 are missing"),
        ("DELETE FROM perspectives_loglink WHERE number = 2", "log: entry {entry} was put in past the chain"),
    ],
)
def test_a_log_row_taken_out_or_put_in_is_found(retracted, statement, fault):
    entry = LogLink.objects.get(number=2).entry_id
    with all_power() as execute:
        execute(statement.format(entry=entry))
    assert fault.format(entry=entry) in faults()


def test_a_forged_index_row_is_found(published):
    claim = PublishedClaim.objects.first()
    with all_power() as execute:
        execute(FORGED_CLAIM, [claim.pk])
    assert faults() == [f"index: published claim '{claim.public_id}' is not what its edition says"]


def test_a_row_missing_from_the_index_is_found(published):
    claim = PublishedClaim.objects.first()
    with all_power() as execute:
        execute("DELETE FROM perspectives_publishedclaim WHERE id = %s", [claim.pk])
    assert f"index: published claim '{claim.public_id}' is missing" in faults()


def test_a_row_too_many_in_the_index_is_found(published):
    with all_power() as execute:
        execute("INSERT INTO perspectives_publishedword (word, claims) VALUES ('zzyzx', 3)")
    assert faults() == ["index: published word 'zzyzx' is in no edition"]


def test_an_older_edition_as_the_current_one_is_found(published):
    topic = PublishedTopic.objects.first()
    with all_power() as execute:
        execute("UPDATE perspectives_publishedtopic SET summary = '{}' WHERE topic_id = %s", [topic.pk])
    assert faults() == [f"index: published topic '{topic.slug}' is not what its edition says"]


def test_a_forged_source_is_found(published):
    source = PublishedSource.objects.first()
    with all_power() as execute:
        execute("UPDATE perspectives_publishedsource SET line = 'Invented' WHERE id = %s", [source.pk])
    assert faults() == [f"index: published source '{source.key}' is not what its edition says"]


def test_a_source_may_stand_as_the_edition_published_last_has_it(published, proposer, reviewer, capsys):
    """The guide cites it as it was, and is cut after the topics when the index is cut anew."""
    source = Source.objects.get(key="council2020survey")
    record = {**source.record, "title": "Survey of the council"}
    source_records.change(key=source.key, record=record, version=version(source.record), by=proposer)
    topic = Topic.objects.get(slug="replace-or-repair")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    assert PublishedSource.objects.get(key=source.key).record["title"] == "Survey of the council"
    assert "All 4 editions" in run(capsys)


def test_the_check_of_the_index_leaves_nothing(published):
    call_command("verify_editions")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname LIKE 'perspectives%'")
        assert cursor.fetchone() == (0,)


def test_the_hash_is_of_the_hash_before_and_the_entry(published):
    connection.check_constraints()
    first, second = LogLink.objects.order_by("number")[:2]
    with connection.cursor() as cursor:
        cursor.execute("SET timezone = 'Asia/Tokyo'")
        cursor.execute(
            "SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(e)) WHERE value <> 'null')::text "
            "FROM perspectives_logentry AS e, set_config('timezone', 'UTC', true) WHERE e.id = %s",
            [second.entry_id],
        )
        text = cursor.fetchone()[0]
    assert hashlib.sha256(f"{first.sha256} {text}".encode()).hexdigest() == second.sha256


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain_and_none_waits_for_a_long_transaction(published, capsys):
    topic = published[0].topic
    others_are_done = Event()

    def write(note):
        LogEntry.objects.create(code="topic.changed", at=timezone.now(), topic=topic, note=note)

    def long():
        with transaction.atomic():
            write("long")
            assert others_are_done.wait(20), "the others waited for this transaction"

    def short():
        for number in range(10):
            write(f"short {number}")

    def all_short():
        at_once(short, short, short)
        others_are_done.set()

    at_once(long, all_short)
    assert LogLink.objects.latest("number").entry.note == "long"
    assert f"{LogEntry.objects.count()} links" in run(capsys)
