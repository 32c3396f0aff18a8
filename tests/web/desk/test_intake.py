"""Intake at the desk: what the pages show, take and refuse."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.models import IntakeBatch, IntakeEntry, Source, User
from perspectives.queries.intake import intake_batches as queries
from perspectives.rules.documents import parts
from perspectives.vocab import Role
from tests import factories

pytestmark = pytest.mark.measured

LIST = reverse("desk-intake")
HTML = "<script>alert(1)</script>"
ITEMS = [
    {
        "type": "article-journal",
        "title": "New piers",
        "author": [{"family": "Doe", "given": "Ann"}],
        "issued": {"date-parts": [[2020]]},
        "language": "en",
    },
    {"type": "webpage", "title": f"Old piers {HTML}", "URL": "https://piers.example/old", "language": "no such"},
    {"type": "article-journal", "title": "Timber", "DOI": "10.1000/xyz123", "volume": "99", "publisher": HTML},
]
BROKEN = "=HYPERLINK(1) \u202e" + HTML
TEXT = json.dumps([*ITEMS, BROKEN], ensure_ascii=False)


@pytest.fixture
def moderator(signed_in, drafts):
    Source.objects.filter(key="pratt2018timber").update(record=factories.source_record(DOI="10.1000/xyz123"))
    client, _ = signed_in("moderator")
    return client


@pytest.fixture
def batch(moderator):
    """Three entries that were read, ready, ready and known, and one that is none."""
    made = intake_batches.start(by=User.objects.get(username="moderator"), text=TEXT)
    intake_reading.read_next(batch_id=made.pk)
    return made


def address(batch, entry=None, action="entry"):
    return reverse(f"desk-intake-{action}", args=[batch.pk, *([entry] if entry else [])])


def entry(batch, number):
    return IntakeEntry.objects.get(batch=batch, number=number)


def typed(batch, number, **changes):
    form = {"type": "article-journal", "title": "New piers", "category": "peer-reviewed", "language": "en"}
    rest = {"author": [{"family": "Doe", "given": "Ann"}]}
    return {**form, "issued": "2020", "rest": json.dumps(rest), **changes}


def test_a_text_is_taken_in_and_its_progress_shown(moderator):
    response = moderator.post(LIST, {"text": TEXT, "note": "By hand"}, follow=True)
    made = IntakeBatch.objects.get()
    assert response.redirect_chain == [(address(made, action="batch"), 302)]
    assert "1 of 4 entries are read" in response.text
    assert 'data-live="2"' in response.text
    intake_reading.read_next(batch_id=made.pk)
    part = moderator.get(address(made, action="batch"), headers={"HX-Request": "true"})
    assert "4 of 4 entries are read. Nothing waits any more." in part.text
    assert "data-live=" not in part.text
    assert "<html" not in part.text
    assert "HX-Request" in part["Vary"]
    assert "Note: <bdi>By hand</bdi>" in moderator.get(address(made, action="batch")).text
    assert "By hand" not in part.text


def test_a_file_is_taken_in(moderator):
    file = SimpleUploadedFile("piers\u202e.ris", "TY  - BOOK\nTI  - Ä pier\nER  -\n".encode("cp1252"))
    response = moderator.post(LIST, {"file": file}, follow=True)
    made = IntakeBatch.objects.get()
    assert (made.file_name, made.encoding, made.format) == ("piers.ris", "cp1252", "ris")
    assert "read as Windows-1252" in response.text
    assert "piers.ris" in moderator.get(LIST).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "one of the two"),
        ({"text": "10.1000/x", "file": SimpleUploadedFile("a.ris", b"TY  - BOOK\n")}, "one of the two"),
        ({"text": "10.1000/x", "note": "a\u202eb"}, "U+202E"),
        ({"file": SimpleUploadedFile("a.ris", b"\0")}, "characters that no text has"),
        ({"file": SimpleUploadedFile("a.ris", b"x" * 10_000_001)}, "hand in at most 10,000,000"),
    ],
)
def test_what_cannot_be_taken_in_says_why_and_is_not_lost(moderator, sent, words):
    response = moderator.post(LIST, sent)
    assert words in response.text
    assert "Nothing was taken in." in response.text
    assert sent.get("text", "") in response.text
    assert not IntakeBatch.objects.exists()


def test_a_text_that_is_too_long_to_be_pasted_is_asked_for_as_a_file(moderator):
    response = moderator.post(LIST, {"text": "10.1000/x\n" * 300_000})
    assert response.status_code == 413
    assert "save it as a file" in response.text
    assert not IntakeBatch.objects.exists()


def test_handing_in_is_safe_from_forgery(moderator):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = moderator.cookies
    assert strict.post(LIST, {"text": "10.1000/x"}).status_code == 403
    assert not IntakeBatch.objects.exists()


@pytest.mark.parametrize(
    ("state", "numbers"),
    [("ready", [1, 2]), ("duplicate", [3]), ("failed", [4]), ("", [1, 2, 3, 4]), ("x", [1, 2, 3, 4])],
)
def test_entries_are_filtered_by_state(moderator, batch, state, numbers):
    response = moderator.get(f"{address(batch, action='batch')}?state={state}")
    assert [one.number for one, _, _ in response.context["rows"]] == numbers


def test_an_entry_is_completed_and_added(moderator, batch):
    page = moderator.get(address(batch, 1))
    assert "Category is missing; add it." in page.text
    assert page.context["form"].initial["category"] == "peer-reviewed"
    refused = moderator.post(address(batch, 1), typed(batch, 1, category="", title="Typed by me"))
    assert refused.context["form"].errors.keys() == {"category"}
    assert "Typed by me" in refused.text
    broken = moderator.post(address(batch, 1), typed(batch, 1, issued="2020-13", rest='{"nonsense": 1}'))
    assert "It was not added." in broken.text
    assert "nonsense" in broken.text
    moderator.post(address(batch, 1), typed(batch, 1))
    source = Source.objects.get(key="doe2020new")
    assert source.record["author"] == [{"family": "Doe", "given": "Ann"}]
    again = moderator.post(address(batch, 1), typed(batch, 1))
    assert again.status_code == 409
    assert "it cannot become added" in again.text


def test_what_is_here_is_not_added_again(moderator, batch):
    sent = typed(batch, 3, DOI="10.1000/xyz123", is_another="on")
    response = moderator.post(address(batch, 3), sent)
    assert response.status_code == 409
    assert "looks the same" in response.text
    taken = moderator.post(address(batch, 1), typed(batch, 1, key="pratt2018timber"))
    assert taken.status_code == 409
    assert "Another source has the key" in taken.text


def test_fields_are_merged_one_by_one_unless_the_source_changed(moderator, batch):
    page = moderator.get(address(batch, 3))
    assert 'name="field-volume" value="use"' in page.text
    before = Source.objects.get(key="pratt2018timber").record
    sent = {"version": page.context["version"], "field-volume": "use", "field-title": "keep", "field-publisher": "keep"}
    Source.objects.filter(key="pratt2018timber").update(record={**before, "genre": "Changed meanwhile"})
    conflict = moderator.post(address(batch, 3, "merge"), sent)
    assert conflict.status_code == 409
    assert "changed by somebody else" in conflict.text
    now = Source.objects.get(key="pratt2018timber").record
    assert now["volume"] == before["volume"]
    done = moderator.post(address(batch, 3, "merge"), {**sent, "version": parts.version(now)}, follow=True)
    assert "is merged into the source “pratt2018timber”" in done.text
    assert Source.objects.get(key="pratt2018timber").record == {**now, "volume": "99"}
    assert moderator.post(address(batch, 3, "merge"), sent).status_code == 409


def test_what_cannot_be_merged_is_told(moderator, batch):
    nothing = moderator.post(address(batch, 1, "merge"), {"version": ""})
    assert (nothing.status_code, "looks like no source" in nothing.text) == (409, True)
    record = {**entry(batch, 3).record, "type": "chapter", "page": "x" * 5000}
    IntakeEntry.objects.filter(batch=batch, number=3).update(record=record)
    sent = {"version": moderator.get(address(batch, 3)).context["version"], "field-page": "use"}
    broken = moderator.post(address(batch, 3, "merge"), sent)
    assert broken.status_code == 409
    assert "page" in broken.text
    assert entry(batch, 3).state == "duplicate"


def test_an_entry_is_put_aside_and_read_again(moderator, batch):
    moderator.post(address(batch, 2, "dismiss"))
    assert entry(batch, 2).state == "dismissed"
    assert "Decided by moderator" in moderator.get(address(batch, 2)).text
    moderator.post(address(batch, 2, "retry"))
    assert entry(batch, 2).state == "waiting"
    assert moderator.post(address(batch, 2, "retry")).status_code == 409


def test_all_that_are_ready_are_added_and_the_rest_told(moderator, batch):
    response = moderator.post(address(batch, action="add-ready"), {"category": "on"}, follow=True)
    assert "1 added as sources, 1 left as they were. Entry 2: language" in response.text
    assert [entry(batch, number).state for number in (1, 2, 3, 4)] == ["added", "ready", "duplicate", "failed"]
    again = moderator.post(address(batch, action="add-ready"), {"language": "en"}, follow=True)
    assert "0 added as sources, 1 left as they were." in again.text


def test_the_report_tells_what_failed_and_holds_no_formula(moderator, batch):
    table = moderator.get(address(batch, "csv", "report"))
    rows = list(csv.reader(io.StringIO(table.text)))
    assert [row[:2] for row in rows] == [["entry", "state"], ["2", "ready"], ["4", "failed"]]
    assert "language: 'no such' cannot be read; left out." in rows[1][2]
    assert table["Content-Disposition"] == f'attachment; filename="intake-{batch.pk}.csv"'
    IntakeEntry.objects.filter(batch=batch, number=4).update(raw="=1+1")
    assert list(csv.reader(io.StringIO(moderator.get(address(batch, "csv", "report")).text)))[2][3] == "'=1+1"
    text = moderator.get(address(batch, "txt", "report"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "Entry 4 (failed): This is no item of CSL-JSON" in text.text
    assert moderator.get(address(batch, "pdf", "report")).status_code == 404


def test_hostile_text_is_shown_as_text(moderator, batch):
    for number in (2, 3, 4):
        text = moderator.get(address(batch, number)).text
        assert HTML not in text
        assert "&lt;script&gt;" in text
        assert "\u202e" not in text
    assert "\\u202e" in text
    assert HTML not in moderator.get(address(batch, action="batch")).text


def test_what_stands_beside_the_entries_is_shown(moderator):
    moderator.post(LIST, {"text": f"Export {HTML}\n@book{{a, title = {{A}}}}"})
    text = moderator.get(address(IntakeBatch.objects.get(), action="batch")).text
    assert "Beside the entries" in text
    assert "Export &lt;script&gt;" in text


def test_an_identifier_that_could_not_be_read_is_begun_by_hand(moderator):
    made = intake_batches.start(by=User.objects.get(username="moderator"), text="9780306406157")
    IntakeEntry.objects.update(state="failed", last_error="The library has no such book.")
    page = moderator.get(address(made, 1))
    assert "The library has no such book." in page.text
    assert {name: page.context["form"].initial[name] for name in ("type", "ISBN")} == {
        "type": "book",
        "ISBN": "9780306406157",
    }


def test_who_hands_in_without_deciding_sees_no_forms_to_decide(signed_in, batch):
    client, _ = signed_in(Role.CONTRIBUTOR.value)
    for page in (address(batch, action="batch"), address(batch, 3)):
        text = client.get(page).text
        assert "Add them" not in text
        assert "Merge into" not in text
        assert "Put it aside" not in text
    assert client.post(address(batch, 1), typed(batch, 1)).status_code == 403


def test_the_price_of_pages_does_not_grow(moderator, batch):
    addresses = [LIST, address(batch, action="batch")]
    assert [price(moderator, one) for one in addresses]
    small = [price(moderator, one) for one in addresses]
    author = User.objects.get(username="moderator")
    many = intake_batches.start(by=author, text=json.dumps([{"title": f"Pier {number}"} for number in range(120)]))
    while not queries.progress(many.pk).is_done:
        intake_reading.read_next(batch_id=many.pk)
    assert [price(moderator, one) for one in (LIST, address(many, action="batch"))] == small
    assert "page=2" in moderator.get(address(many, action="batch")).text


def price(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
