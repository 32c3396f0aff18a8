"""Libraries of Zotero are read into an intake: conditionally, politely, and without a trace of the key."""

import logging

import pytest
from django.db import connection

from perspectives.actions.intake import handing_in, intake_reading
from perspectives.errors import BrokenRulesError, NotPermittedError, NotPossibleError
from perspectives.models import IntakeBatch, IntakeEntry, User
from perspectives.vocab import Role
from tests.clients import registry_servers
from tests.clients.registry_servers import KEY, Handler, zotero_items

GROUP = "https://www.zotero.org/groups/12/river_studies/library"
COLLECTION = "https://www.zotero.org/groups/12/river_studies/collections/ABCD2345/items/EFGH6789/item-details"


@pytest.fixture(autouse=True)
def server(settings):
    yield from registry_servers.playing(settings)


def said(error):
    return " ".join([error.value.message, *map(str, getattr(error.value, "problems", ()))])


def test_a_group_is_read_page_by_page_and_then_only_what_changed(proposer):
    Handler.libraries["groups/12"] = (45, zotero_items(230))
    batch = handing_in.hand_in(by=proposer, text=f" {GROUP}\n", note="Seminar")
    assert (batch.library, batch.library_version, batch.format, batch.note) == ("groups/12", 45, "csl-json", "Seminar")
    assert batch.entries.count() == 230
    assert [path.partition("start=")[2] for path, _ in Handler.asked] == ["0&since=0", "100&since=0", "200&since=0"]
    assert all(named["zotero-api-version"] == "3" for _, named in Handler.asked)
    with pytest.raises(NotPossibleError) as refused:
        handing_in.hand_in(by=proposer, text=GROUP)
    assert f"Nothing has changed in groups/12 since intake {batch.pk} of " in said(refused)
    assert Handler.asked[-1][1]["if-modified-since-version"] == "45"
    Handler.libraries["groups/12"] = (46, [{"type": "book", "title": "A new ferry"}])
    newer = handing_in.hand_in(by=proposer, text=GROUP)
    assert (newer.library_version, newer.entries.count()) == (46, 1)
    assert Handler.asked[-1][0].endswith("since=45")


def test_what_an_item_says_beyond_its_record_is_told(proposer):
    Handler.libraries["groups/12/collections/ABCD2345"] = (3, zotero_items(1))
    batch = handing_in.hand_in(by=proposer, text=COLLECTION)
    intake_reading.read_next(batch_id=batch.pk)
    entry = IntakeEntry.objects.get(batch=batch)
    assert (entry.record["title"], entry.state) == ("Book 0 of ferries", "ready")
    assert any("note" in words for words in entry.problems)


def test_the_key_opens_the_own_library_and_is_kept_nowhere(proposer, caplog):
    caplog.set_level(logging.DEBUG)
    Handler.libraries["users/475425"] = (7, zotero_items(2))
    batch = handing_in.hand_in(by=proposer, zotero_key=f" {KEY} ")
    assert (batch.library, batch.entries.count()) == ("users/475425", 2)
    assert all(named["zotero-api-key"] == KEY for _, named in Handler.asked)
    assert KEY not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{KEY}%"])
            assert cursor.fetchone() == (0,), table


def test_a_library_whose_items_are_all_taken_out_shows_nothing(proposer):
    Handler.libraries["groups/12"] = (1, [])
    with pytest.raises(BrokenRulesError) as refused:
        handing_in.hand_in(by=proposer, text=GROUP)
    assert "Zotero shows nothing in groups/12." in said(refused)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "https://www.zotero.org/groups/13/closed"}, "nobody may without an API key read groups/13"),
        ({"text": "https://www.zotero.org/groups/14/gone"}, "no library or collection groups/14"),
        ({"text": "https://www.zotero.org/jdoe/library"}, "Only a group's address with its number can be read"),
        ({"text": "https://www.zotero.org/groups/river_studies"}, "Only a group's address with its number can be read"),
        ({"zotero_key": "wrong"}, "Zotero does not know this API key"),
        ({"zotero_key": "ключ"}, "This is no API key of Zotero: a key has letters and digits only."),
        ({"zotero_key": "a\r\nHost: b"}, "This is no API key of Zotero: a key has letters and digits only."),
        ({"text": "10.1000/piers", "zotero_key": KEY}, "An API key of Zotero goes with a group's address alone"),
        ({"content": b"10.1000/piers", "zotero_key": KEY}, "An API key of Zotero goes with a group's address alone"),
        ({"text": "https://www.zotero.org/groups/15/large"}, "It has 1,001 items; hand in its collections one by one"),
        ({"text": "https://www.zotero.org/groups/16/odd"}, r"Zotero's answer (200) holds no list of items."),
    ],
)
def test_what_cannot_be_read_is_said_with_how_to_mend_it(proposer, given, words):
    Handler.libraries |= {"groups/15": (1, zotero_items(1001)), "groups/16": (1, Odd())}
    with pytest.raises(BrokenRulesError) as refused:
        handing_in.hand_in(by=proposer, **given)
    assert words in said(refused)
    assert KEY not in said(refused)
    assert not IntakeBatch.objects.exists()


class Odd(list):
    """Items that are no list when they are written."""

    def __getitem__(self, _):
        return {}


def test_zotero_is_left_alone_when_it_asks_for_that(proposer, settings):
    Handler.libraries["groups/12"], Handler.backoff = (1, zotero_items(101)), "600"
    with pytest.raises(NotPossibleError) as refused:
        handing_in.hand_in(by=proposer, text=GROUP)
    assert "left alone for 600 seconds; hand it in again after that. Nothing was taken in" in said(refused)
    settings.ZOTERO_URL = "http://127.0.0.1:1"
    with pytest.raises(NotPossibleError, match="could not be reached"):
        handing_in.hand_in(by=proposer, text=GROUP)


def test_a_library_among_other_lines_is_told_to_be_alone(proposer):
    batch = handing_in.hand_in(by=proposer, text=f"PMID: 31452104\n{GROUP}\nhttps://www.zotero.org/support/")
    assert [(entry.kind, entry.state) for entry in batch.entries.all()] == [
        ("pmid", "waiting"),
        ("unknown", "failed"),
        ("url", "waiting"),
    ]
    assert batch.entries.get(number=2).last_error.startswith("A library of Zotero is read alone")
    assert (batch.library, batch.library_version) == ("", None)


def test_identifiers_of_each_kind_become_records(proposer):
    text = "PMID: 31452104\nPMC3531190\ntitle: Of ferries: a memoir\ntitle: Twice\ndoi:10.5072/tides\nsee below"
    batch = handing_in.hand_in(by=proposer, text=text)
    for _ in range(3):
        intake_reading.read_next(batch_id=batch.pk)
    found = [(entry.kind, entry.state) for entry in batch.entries.all()]
    assert found == [
        ("pmid", "ready"), ("pmcid", "duplicate"), ("title", "ready"), ("title", "failed"), ("doi", "ready"),
        ("unknown", "failed"),
    ]  # fmt: skip
    assert "begin the line with “title:”" in batch.entries.last().last_error


def test_readers_hand_nothing_in(db):
    reader = User.objects.create_user("reader", role=Role.READER)
    for by in (reader, None):
        with pytest.raises(NotPermittedError):
            handing_in.hand_in(by=by, zotero_key=KEY)
    assert Handler.asked == []
