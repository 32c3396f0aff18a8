"""Sources at the desk: what the pages show, take and refuse, and that nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from perspectives.actions.publication import publishing
from perspectives.actions.sources import source_merging, source_records
from perspectives.models import Citation, LogEntry, PublishedSource, Source, Topic
from perspectives.rules.documents import parts
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.web.desk.sources.source_form import LABELS, fields_of
from tests import factories

KEY, OTHER = "pratt2018timber", "weir2016cost"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def moderator(signed_in, published):
    client, _ = signed_in("moderator")
    return client


def record(key=KEY):
    return Source.objects.get(key=key).record


def typed(key=KEY, **changes):
    return {**fields_of(record(key)), "version": parts.version(record(key)), **changes}


def test_every_field_of_a_record_is_in_the_form():
    fields = {field.alias or name for name, field in SourceRecord.model_fields.items()}
    assert fields - {"checked"} == set(LABELS) - {"checked-metadata", "checked-text", "checked-note"}


def test_a_record_sent_as_it_was_shown_changes_nothing(moderator):
    for key in Source.objects.values_list("key", flat=True):
        response = moderator.post(reverse("desk-source", args=[key]), typed(key))
        assert response.status_code == 302, key
    assert not LogEntry.objects.filter(code="source.changed").exists()


def test_a_correction_is_saved_and_new_editions_are_offered(moderator):
    response = moderator.post(
        reverse("desk-source", args=[KEY]), typed(volume="77", note="Seen in print."), follow=True
    )
    assert record()["volume"] == "77"
    assert response.redirect_chain == [(reverse("desk-source-editions", args=[KEY]), 302)]
    assert response.context["count"] == 2
    back = moderator.post(reverse("desk-source", args=[KEY]), typed(volume=factories.source_record()["volume"]))
    assert back.url == reverse("desk-source", args=[KEY])


def test_all_mistakes_are_told_at_once_each_with_a_link(moderator):
    sent = typed(title="", issued="2021-13", language="")
    page = moderator.post(reverse("desk-source", args=[KEY]), sent)
    assert page.status_code == 400
    assert {one.label for one in page.context["form"].mistakes_told} == {"Title", "Language", "Published"}
    for one in page.context["form"].mistakes_told:
        assert f'href="#{one.anchor}"' in page.text
        assert f'id="{one.anchor}"' in page.text


def test_what_is_broken_is_told_beside_its_field_and_nothing_typed_is_lost(moderator):
    sent = typed(
        title="Two  spaces",
        DOI="x",
        author='Pratt, Ada\n{"given": "A"}',
        issued="2021-13",
        note="Mine",
        genre="A\u202eB",
    )
    response = moderator.post(reverse("desk-source", args=[KEY]), sent)
    assert response.status_code == 400
    form = response.context["form"]
    assert {"title", "DOI", "author", "issued", "genre"} == set(form.errors)
    assert form.errors["author"][0].startswith("Line 2: ")
    assert 'value="Two  spaces"' in response.text
    assert 'value="Mine"' in response.text
    assert "id_DOI_error" in response.text


def test_a_conflict_shows_both_and_can_be_sent_again(moderator, reviewer):
    sent = typed(volume="mine", publisher="Kept")
    source_records.change(
        key=KEY, record={**record(), "volume": "theirs"}, version=parts.version(record()), by=reviewer
    )
    response = moderator.post(reverse("desk-source", args=[KEY]), sent)
    assert response.status_code == 409
    assert record()["volume"] == "theirs"
    assert ("Volume", "theirs", "mine") in response.context["conflict"]["rows"]
    assert 'name="volume" value="mine"' in response.text
    version = response.context["form"]["version"].value()
    moderator.post(reverse("desk-source", args=[KEY]), {**sent, "version": version})
    assert (record()["volume"], record()["publisher"]) == ("mine", "Kept")


def test_what_was_merged_meanwhile_is_told_and_nothing_typed_is_lost(moderator, reviewer):
    sent = typed(volume="mine")
    merge(reviewer, KEY, OTHER)
    response = moderator.post(reverse("desk-source", args=[KEY]), sent)
    assert response.status_code == 409
    assert record()["volume"] != "mine"


def merge(by, gone, into):
    versions = {key: parts.version(record(key)) for key in (gone, into)}
    return source_merging.merge(from_key=gone, into_key=into, record=record(into), versions=versions, by=by)


def test_a_source_is_added_by_hand(moderator):
    sent = {
        "key": "new2024",
        "type": "book",
        "category": "opinion",
        "title": "New",
        "language": "en",
        "author": "Vale, Una\nParish Council",
        "checked-metadata": "partly",
        "checked-note": "Not seen.",
    }
    assert moderator.post(reverse("desk-source-new"), sent).status_code == 302
    assert record("new2024")["author"] == [{"family": "Vale", "given": "Una"}, {"literal": "Parish Council"}]
    again = moderator.post(reverse("desk-source-new"), sent)
    assert again.status_code == 400
    assert set(again.context["form"].errors) == {"key"}


def test_hostile_text_is_shown_as_text(moderator, proposer):
    source_records.add(key="new2024", record={**record(OTHER), "title": HOSTILE, "publisher": HOSTILE}, by=proposer)
    source_records.deprecate(key="new2024", reason=HOSTILE, by=proposer)
    addresses = [
        reverse("desk-sources"),
        *(reverse(name, args=["new2024"]) for name in ("desk-source", "desk-source-reinstate", "desk-source-merge")),
        f"{reverse('desk-source-merge', args=['new2024'])}?into={KEY}",
        f"{reverse('desk-source-merge', args=[KEY])}?q={HOSTILE}",
    ]
    for address in addresses:
        text = moderator.get(address).text
        assert HOSTILE not in text, address
        assert escape(HOSTILE) in text, address


def test_invisible_characters_in_reasons_are_refused(moderator):
    response = moderator.post(reverse("desk-source-deprecate", args=[KEY]), {"reason": "It was \u202eretracted."})
    assert response.status_code == 400
    assert "invisible character U+202E" in response.text
    assert Source.objects.get(key=KEY).state == "current"


def test_a_source_is_deprecated_and_reinstated(moderator):
    moderator.post(reverse("desk-source-deprecate", args=[KEY]), {"reason": "It was retracted."})
    assert "Reason: It was retracted." in moderator.get(reverse("desk-source", args=[KEY])).text
    assert moderator.post(reverse("desk-source-deprecate", args=[KEY]), {"reason": "Again."}).status_code == 409
    moderator.post(reverse("desk-source-reinstate", args=[KEY]), {"note": "An error."})
    assert Source.objects.get(key=KEY).state == "current"


def test_a_correction_is_undone(moderator):
    before = record()
    moderator.post(reverse("desk-source", args=[KEY]), typed(volume="77"))
    entry = LogEntry.objects.get(code="source.changed")
    address = reverse("desk-source-undo", args=[KEY, entry.pk])
    assert address in moderator.get(reverse("desk-source", args=[KEY])).text
    assert "77" in moderator.get(address).text
    moderator.post(address)
    assert record() == before
    assert moderator.post(address).status_code == 409
    assert moderator.get(reverse("desk-source-undo", args=[OTHER, entry.pk])).status_code == 404


def test_contributors_look_and_change_nothing(signed_in, published):
    client, _ = signed_in("contributor")
    text = client.get(reverse("desk-source", args=[KEY])).text
    assert "Save the record" not in text
    assert "Deprecate" not in text
    assert client.post(reverse("desk-source", args=[KEY]), typed(volume="77")).status_code == 403
    assert record().get("volume") != "77"


FILTERS = {
    "state=deprecated": {"hale2021meeting"},
    "category=peer-reviewed": None,
    "metadata=partly": None,
    "lacks=doi": None,
    "lacks=address": None,
    "is_uncited=on": {"new2024"},
    "words=ellingwood": None,
    "words=Änne": {"brueckner2019stege"},
    "state=nonsense": None,
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_is_narrowed(query, moderator, proposer):
    source_records.add(key="new2024", record={**record(OTHER), "title": "Nobody cites it"}, by=proposer)
    source_records.deprecate(key="hale2021meeting", reason="It was retracted.", by=proposer)
    response = moderator.get(f"{reverse('desk-sources')}?{query}")
    keys = {row[0].key for row in response.context["rows"]}
    every = set(Source.objects.values_list("key", flat=True))
    if FILTERS[query] is not None:
        assert keys == FILTERS[query]
    else:
        assert keys
        assert (keys == every) == (query == "state=nonsense")


def test_counts_are_of_all_uses_in_drafts(moderator):
    rows = {row[0].key: row[0].uses for row in moderator.get(reverse("desk-sources")).context["rows"]}
    for key, count in rows.items():
        assert count == len(moderator.get(reverse("desk-source", args=[key])).context["uses"])


def test_prices_do_not_grow(moderator, proposer):
    addresses = [
        reverse("desk-sources"),
        *(reverse(name, args=[KEY]) for name in ("desk-source", "desk-source-merge", "desk-source-editions")),
    ]
    moderator.get(addresses[0])  # the first request of a session writes it
    small = [price(moderator, address) for address in addresses]
    for number in range(60):
        title = f"{record()['title']} {number}"
        source_records.add(key=f"copy{number}", record={**without(record(), "DOI"), "title": title}, by=proposer)
    citation = Citation.objects.filter(claim__isnull=False, source__key=KEY).first()
    for number in range(20):
        citation.pk, citation.order = None, 100 + number
        citation.save()
    assert [price(moderator, address) for address in addresses] == small
    assert "page=2" in moderator.get(reverse("desk-sources")).text


def without(given, name):
    return {field: value for field, value in given.items() if field != name}


def price(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_likely_duplicates_come_first(moderator, proposer):
    source_records.add(key="twin2018", record=without(record(), "DOI"), by=proposer)
    response = moderator.get(reverse("desk-source-merge", args=["twin2018"]))
    assert response.context["likely"][0].key == KEY
    found = moderator.get(f"{reverse('desk-source-merge', args=['twin2018'])}?q=Änne").context["found"]
    assert [line.key for line in found] == ["brueckner2019stege"]


def test_two_sources_are_merged_field_by_field(moderator, proposer):
    twin = {
        **without(record(), "DOI"),
        "title": "The Better Title",
        "genre": "Essay",
        "checked": {"metadata": "partly"},
    }
    source_records.add(key="twin2018", record=twin, by=proposer)
    address = f"{reverse('desk-source-merge', args=['twin2018'])}?into={KEY}"
    page = moderator.get(address)
    choices = {choice.name: choice for choice in page.context["choices"]}
    assert choices["genre"].chosen == "from"
    assert choices["title"].chosen == "into"
    sent = {name: choice.chosen for name, choice in choices.items()} | {
        "title": "from",
        "checked-metadata": "from",
        **{f"version-{side}": version for side, version in page.context["versions"].items()},
        "note": "One and the same.",
    }
    unsure = moderator.post(address, sent)
    assert unsure.status_code == 400
    assert {choice.name: choice.chosen for choice in unsure.context["choices"]}["title"] == "from"
    stale = moderator.post(address, {**sent, "is_same": "yes", "version-into": "0"})
    assert stale.status_code == 409
    done = moderator.post(address, {**sent, "is_same": "yes"})
    assert done.url == reverse("desk-source-editions", args=[KEY])
    assert (record()["title"], record()["genre"]) == ("The Better Title", "Essay")
    assert record()["DOI"] == factories.source_record()["DOI"]
    assert record()["checked"]["metadata"] == "partly"
    assert moderator.post(address, {**sent, "is_same": "yes"}).status_code == 409
    assert "Merge into another" not in moderator.get(reverse("desk-source", args=["twin2018"])).text


def test_problems_of_drafts_are_told_before_anything_is_merged(moderator):
    citation = Citation.objects.filter(source__key=KEY, claim__isnull=False).first()
    Citation.objects.filter(pk=citation.pk).update(quote="word " * 20 + "word", quote_status="not-checked")
    address = f"{reverse('desk-source-merge', args=[KEY])}?into={factories.ARTICLE_SOURCE}"
    versions = moderator.get(address).context["versions"]
    sent = {"is_same": "yes", **{f"version-{side}": version for side, version in versions.items()}}
    response = moderator.post(address, sent)
    assert response.status_code == 400
    assert "words of the article" in response.text
    assert Source.objects.get(key=KEY).state == "current"


def test_a_key_that_was_merged_leads_readers_on_once_no_edition_cites_it(client, published, proposer, reviewer):
    merge(proposer, OTHER, KEY)
    assert client.get(f"/sources/{OTHER}/").status_code == 200
    for topic in Topic.objects.filter(editions__isnull=False).distinct():
        if PublishedSource.objects.filter(key=OTHER, uses__edition__topic=topic).exists():
            proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
            publishing.approve(proposal_id=proposal.pk, by=reviewer)
    if PublishedSource.objects.filter(key=OTHER).exists():
        article = topic.article
        proposal = publishing.propose_article(article_id=article.pk, by=proposer)
        publishing.approve(proposal_id=proposal.pk, by=reviewer)
    response = client.get(f"/sources/{OTHER}/")
    assert (response.status_code, response.url) == (301, f"/sources/{KEY}/")
    assert f"merged into '{KEY}'" in client.get(f"/api/v1/sources/{OTHER}/").text
    assert client.get("/sources/nobody1999/").status_code == 404
