"""The page of a topic's handouts and the files."""

import pytest

from perspectives.actions.study import handouts
from perspectives.models import Handout
from perspectives.vocab import HandoutFormat, HandoutState
from tests import factories, plain_references

PAGE = f"/topics/{factories.TOPIC}/handout/"
pytestmark = pytest.mark.django_db


def file(suffix):
    return f"/topics/{factories.TOPIC}/handout.{suffix}"


@pytest.fixture
def made(published):
    plain_references.write(published[0])
    for _ in HandoutFormat:
        handouts.make_next()
    return published[0]


def test_the_topic_leads_to_it(client, published):
    assert f'href="{PAGE}"' in client.get(f"/topics/{factories.TOPIC}/").content.decode()


def test_before_it_is_made_the_page_says_so_and_asks_again(client, published):
    said = client.get(PAGE).content.decode()
    assert "0 of 3 formats are made" in said
    assert said.count("Waits for its turn.") == 3
    assert '<meta http-equiv="refresh" content="5">' in said
    assert 'data-live="2"' in said
    assert file("pdf") not in said


@pytest.mark.parametrize("suffix", HandoutFormat.values)
def test_before_it_is_made_the_file_leads_to_the_page_and_writes_nothing(client, published, suffix):
    response = client.get(file(suffix))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert response["Cache-Control"] == "no-store"
    assert not Handout.objects.exists()


def test_when_all_are_made_nothing_asks_again(client, made):
    said = client.get(PAGE).content.decode()
    assert "Ready to download." in said
    assert all(f'href="{file(suffix)}"' in said for suffix in HandoutFormat.values)
    assert 'data-live="' not in said
    assert "http-equiv" not in said


def test_the_script_gets_the_list_alone(client, published):
    response = client.get(PAGE, headers={"HX-Request": "true"})
    assert response.content.decode().startswith("<div data-live-part")
    assert "HX-Request" in response["Vary"]
    assert "HX-Request" in client.get(PAGE)["Vary"]


def test_a_failure_says_why_and_whether_it_is_tried_again(client, made):
    gone = {"body": None, "sha256": "", "made_at": None}
    Handout.objects.filter(format="pdf").update(state=HandoutState.FAILED, error="Pandoc failed: <x>", **gone)
    said = client.get(PAGE).content.decode()
    assert "Could not be made. It will be tried again in some minutes." in said
    assert "Pandoc failed: &lt;x&gt;" in said
    assert 'data-live="2"' in said
    Handout.objects.filter(format="pdf").update(attempts=3)
    said = client.get(PAGE).content.decode()
    assert "It will be tried again" not in said
    assert 'data-live="' not in said
    assert "2 of 3 formats are made." in said


@pytest.mark.parametrize(
    ("suffix", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("epub", "application/epub+zip", b"PK"),
    ],
)
def test_the_file(client, made, suffix, media_type, start):
    response = client.get(file(suffix))
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == (f'attachment; filename="debatekb-{factories.TOPIC}-edition-1.{suffix}"')
    assert response.content.startswith(start)
    again = client.get(file(suffix), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_file_costs_one_query(client, made, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get(file("pdf")).status_code == 200


@pytest.mark.parametrize("address", [file("xls"), "/topics/nothing/handout.pdf", "/topics/nothing/handout/"])
def test_what_is_not_there_is_not_found(client, published, address):
    assert client.get(address).status_code == 404
