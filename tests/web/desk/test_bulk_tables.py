"""Many citations, and many records, in one table: what is sent unchanged changes nothing; all is saved or none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perspectives.actions.sources import source_records
from perspectives.models import Citation, LogEntry, Source, Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from tests import bundling, factories

CITATIONS = reverse("desk-topic-citations", args=[factories.TOPIC])
SOURCES = reverse("desk-source-table")


@pytest.fixture
def moderator(signed_in, published):
    client, _ = signed_in("moderator")
    return client


def draft():
    return plain(draft_documents.topic_document(Topic.objects.get(slug=factories.TOPIC).pk))


def shown_citations(client, **changed):
    page = client.get(CITATIONS)
    fields = {name: value for row in page.context["rows"] for name, _, value in row.fields}
    return {"version": page.context["version"], **fields, **changed}


def test_citations_sent_as_they_were_shown_change_nothing(moderator):
    before = draft()
    assert moderator.post(CITATIONS, shown_citations(moderator)).status_code == 302
    assert draft() == before
    assert not LogEntry.objects.filter(code="topic.changed").exists()


def test_locators_and_sources_of_many_citations_are_changed_together(moderator):
    page = moderator.get(CITATIONS)
    cites = [cite for _, part in parts.parts(draft()) for cite in part.get("cites", ())]
    assert [row.values["source"] for row in page.context["rows"]] == [cite["source"] for cite in cites]
    fields = [row.field("locator") for row in page.context["rows"][:3]]
    sent = shown_citations(moderator, **dict.fromkeys(fields, "p. 7"), note="Seen in print.")
    done = moderator.post(CITATIONS, sent, follow=True)
    assert "parts changed" in done.text or "part changed" in done.text
    again = moderator.get(CITATIONS).context["rows"][:3]
    assert [row.values["locator"] for row in again] == ["p. 7"] * 3
    assert LogEntry.objects.latest("pk").note == "Seen in print."


def test_a_wrong_source_is_told_beside_its_field_and_nothing_is_saved(moderator):
    before = draft()
    row = moderator.get(CITATIONS).context["rows"][0]
    page = moderator.post(CITATIONS, shown_citations(moderator, **{row.field("source"): "nobody1999"}))
    assert page.status_code == 422
    (mistake,) = page.context["mistakes"]
    assert mistake.anchor == f"id_{row.field('source')}"
    assert f'id="{mistake.anchor}"' in page.text
    assert 'value="nobody1999"' in page.text
    assert draft() == before


def test_a_draft_that_changed_since_is_a_conflict_that_loses_nothing(moderator):
    row = moderator.get(CITATIONS).context["rows"][0]
    sent = shown_citations(moderator, **{row.field("locator"): "p. 7"})
    Topic.objects.filter(slug=factories.TOPIC).update(title="Another title")
    page = moderator.post(CITATIONS, sent)
    assert page.status_code == 409
    assert 'value="p. 7"' in page.text
    assert moderator.post(CITATIONS, {**sent, "version": page.context["version"]}).status_code == 302
    assert moderator.get(reverse("desk-topic-citations", args=["nowhere"])).status_code == 404


def shown_sources(client, **changed):
    page = client.get(SOURCES)
    fields = {name: value for row in page.context["rows"] for name, _, value in row.fields}
    return {**{f"{row.source.key}-version": row.version for row in page.context["rows"]}, **fields, **changed}


def records():
    return dict(Source.objects.values_list("key", "record"))


def test_records_sent_as_they_were_shown_change_nothing(moderator):
    before = records()
    assert moderator.post(SOURCES, shown_sources(moderator)).status_code == 302
    assert records() == before
    assert not LogEntry.objects.filter(code="source.changed").exists()


def test_many_records_are_corrected_together(moderator):
    changed = {"pratt2018timber-volume": "77", "weir2016cost-page": "1-9", "pratt2018timber-issue": ""}
    done = moderator.post(SOURCES, shown_sources(moderator, **changed, note="Seen."), follow=True)
    assert "2 records corrected" in done.text
    after = records()
    assert (after["pratt2018timber"]["volume"], after["weir2016cost"]["page"]) == ("77", "1-9")
    assert "issue" not in after["pratt2018timber"]
    assert LogEntry.objects.filter(code="source.changed", note="Seen.").count() == 2


def test_all_that_is_wrong_is_told_and_nothing_is_saved(moderator):
    before = records()
    wrong = {"pratt2018timber-title": "", "weir2016cost-issued": "2019-13", "okoro2020spans-volume": "8"}
    page = moderator.post(SOURCES, shown_sources(moderator, **wrong))
    assert page.status_code == 422
    assert {one.anchor for one in page.context["mistakes"]} == {"id_pratt2018timber-title", "id_weir2016cost-issued"}
    assert 'value="2019-13"' in page.text
    assert records() == before


def test_a_record_that_changed_since_is_a_conflict_that_loses_nothing(moderator, proposer):
    sent = shown_sources(moderator, **{"pratt2018timber-volume": "77"})
    bundling.correct(proposer, volume="78")
    page = moderator.post(SOURCES, sent)
    assert page.status_code == 409
    assert 'value="77"' in page.text
    assert records()["pratt2018timber"]["volume"] == "78"
    version = parts.version(records()["pratt2018timber"])
    assert moderator.post(SOURCES, {**sent, "pratt2018timber-version": version}).status_code == 302
    assert records()["pratt2018timber"]["volume"] == "77"


def test_the_table_is_narrowed_as_the_list_is(moderator):
    page = moderator.get(f"{SOURCES}?words=pratt2018timber")
    assert [row.source.key for row in page.context["rows"]] == ["pratt2018timber"]
    assert "No source is like that" in moderator.get(f"{SOURCES}?words=nowhere").text


def test_prices_do_not_grow(moderator, proposer):
    addresses = [CITATIONS, SOURCES, reverse("desk-topic-claims", args=[factories.TOPIC, "wait"])]
    small = [price(moderator, address) for address in addresses]
    record = {name: value for name, value in records()["pratt2018timber"].items() if name != "DOI"}
    for number in range(30):
        source_records.add(key=f"copy{number}", record={**record, "title": f"Copy {number}"}, by=proposer)
    citation = Citation.objects.filter(claim__topic__slug=factories.TOPIC).first()
    for number in range(20):
        citation.pk, citation.order = None, 100 + number
        citation.save()
    assert [price(moderator, address) for address in addresses] == small


def price(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
