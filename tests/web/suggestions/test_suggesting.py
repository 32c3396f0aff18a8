"""The pages on which readers suggest changes and see what becomes of them."""

import re

import pytest

from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import Suggestion, User
from tests import factories
from tests.suggesting import KINDS, sent

pytestmark = pytest.mark.usefixtures("published")
CLAIM = f"/suggest/citation/?topic={factories.TOPIC}&claim=s1"
CITATION = {"source": "okoro2020spans", "relation": "supports", "locator": "p. 7"}
FORMS = {
    "citation": f"topic={factories.TOPIC}&claim=s1",
    "quotation": f"topic={factories.TOPIC}&claim=s1",
    "gap-answer": f"topic={factories.TOPIC}&claim=s2&stance=opposing",
    "correction": f"topic={factories.TOPIC}&part=common_ground/0",
    "dispute": f"article={factories.ARTICLE}&passage=p1&finding=0",
    "new-source": f"topic={factories.TOPIC}",
    "broken-link": "source=pratt2018timber",
    "missing-view": f"topic={factories.TOPIC}",
}


@pytest.fixture
def mine(signed_in):
    """The client of a reader who is signed in, and the reader."""
    return signed_in("reader")


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def filled(kind):
    payload = dict(KINDS[kind][1])
    if "wording" in payload:
        return {"wording_text": "Two planks were soft.", "words": "See the survey."}
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in payload.items()}


@pytest.mark.parametrize("query", ["", *FORMS.values(), f"article={factories.ARTICLE}&passage=p1"])
def test_what_can_be_suggested_is_shown_to_everybody(query, client):
    assert "What happens then" in page(client.get(f"/suggest/?{query}"))


@pytest.mark.parametrize("query", ["topic=nowhere", f"topic={factories.TOPIC}&claim=s99", "source=nobody", "article=x"])
def test_what_is_not_published_is_not_found(query, client, mine):
    assert client.get(f"/suggest/?{query}").status_code == 404
    assert client.get(f"/suggest/correction/?{query}").status_code == 404


def test_pages_lead_to_the_form(client):
    topic = page(client.get(f"/topics/{factories.TOPIC}/"))
    assert f'href="/suggest/?topic={factories.TOPIC}&amp;claim=s1"' in topic
    assert f'href="/suggest/?topic={factories.TOPIC}&amp;claim=s2&amp;stance=opposing"' in topic
    assert 'href="/suggest/?source=pratt2018timber"' in page(client.get("/sources/pratt2018timber/"))
    guide = page(client.get(f"/articles/{factories.ARTICLE}/"))
    assert f'href="/suggest/?article={factories.ARTICLE}&amp;passage=p1"' in guide
    assert 'href="/suggest/"' in page(client.get("/about/"))


def test_who_is_not_signed_in_writes_first_and_finds_it_again(client, reader):
    assert "Sending it needs an account" in page(client.get(CLAIM))
    refused = page(client.post(CLAIM, {**CITATION, "words": "word " * 10_000}))
    assert "Nothing was sent." in refused, "what is too long is refused and not kept"
    assert "word word" not in page(client.get(CLAIM))
    response = client.post(CLAIM, {**CITATION, "words": "Kept <b>words</b>"})
    assert response["Location"].startswith("/account/sign-in/?next=/suggest/citation/%3Ftopic%3D")
    assert "What you wrote is kept." in page(client.get(response["Location"]))
    assert not Suggestion.objects.exists()
    client.force_login(reader)
    text = page(client.get(CLAIM))
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in text
    assert "Sending it needs an account" not in text
    assert client.post(CLAIM, {**CITATION, "words": "Kept"})["Location"].startswith("/account/suggestions/")
    assert "Kept &lt;b&gt;" not in page(client.get(CLAIM)), "what was sent is not offered again"


def test_what_was_kept_belongs_to_its_form_alone(client):
    client.post(CLAIM, {**CITATION, "words": "Kept words"})
    assert "Kept words" in page(client.get(CLAIM))
    assert "Kept words" not in page(client.get(f"/suggest/correction/?{FORMS['correction']}"))


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_shows_its_target_and_makes_a_suggestion(kind, mine):
    client, reader = mine
    address = f"/suggest/{kind}/?{FORMS[kind]}"
    assert re.search(r'name="token" value="[\w-]{32}"', page(client.get(address)))
    response = client.post(address, filled(kind))
    suggestion = Suggestion.objects.get()
    assert response["Location"] == f"/account/suggestions/{suggestion.pk}/"
    assert (suggestion.kind, suggestion.by) == (kind, reader)
    assert suggestion.kind in KINDS
    assert "Thank you" in page(client.get(response["Location"]))


def test_an_unknown_kind_is_not_found_and_a_claim_has_to_be_chosen(mine):
    assert mine[0].get("/suggest/praise/").status_code == 404
    assert mine[0].get("/suggest/citation/")["Location"] == "/suggest/"


def test_what_was_typed_stays_with_what_is_wrong(mine):
    text = page(mine[0].post(CLAIM, {**CITATION, "quote": "word " * 41, "words": "Kept <b>words</b>"}))
    assert "quote at most 40" in text
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in text
    assert "<title>Not sent: " in text
    assert 'aria-invalid="true"' in text
    assert not Suggestion.objects.exists()


def test_hostile_text_stays_text(mine):
    client, _ = mine
    client.post(CLAIM, {**CITATION, "words": "<script>alert(1)</script>"})
    text = page(client.get(f"/account/suggestions/{Suggestion.objects.get().pk}/"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "cannot be taken" in page(client.post(CLAIM, {**CITATION, "words": "a\u202eb"})) or "U+202E" in page(
        client.post(CLAIM, {**CITATION, "words": "a\u202eb"})
    )


def test_a_form_sent_again_leads_to_what_was_sent(mine):
    client, _ = mine
    first = client.post(CLAIM, {**CITATION, "token": "t" * 32})
    again = client.post(CLAIM, {**CITATION, "token": "t" * 32})
    assert first["Location"] == again["Location"]
    assert Suggestion.objects.count() == 1


def test_a_stale_form_is_shown_again(mine):
    text = page(mine[0].post(CLAIM, {**CITATION, "version": "0" * 16}))
    assert "changed since you opened the form" in text
    assert not Suggestion.objects.exists()


def test_likeness_is_told_before_sending_and_others_words_are_not(mine, proposer):
    client, _ = mine
    sent(proposer, words="My very own words.")
    given = {**CITATION, "quote": "sound enough", "words": "My very own words."}
    text = page(client.post(CLAIM, given))
    assert "Somebody suggested much the same" in text
    assert "proposer" not in text
    assert Suggestion.objects.count() == 1
    assert client.post(CLAIM, {**given, "anyway": "yes"}).status_code == 302
    assert "You suggested much the same" in page(client.post(CLAIM, given))


def test_a_work_that_is_known_is_told(mine):
    doi = factories.source_records()["pratt2018timber"]["DOI"]
    text = page(mine[0].post("/suggest/new-source/", {"DOI": doi.upper()}))
    assert "among the sources" in text
    assert "/sources/pratt2018timber/" in text


def test_beyond_the_quota_it_is_said(mine):
    client, reader = mine
    for _ in range(5):
        sent(reader)
    assert "first week" in page(client.post(CLAIM, {**CITATION, "anyway": "yes"}))


@pytest.mark.parametrize("method", ["get", "post"])
def test_suggestions_of_others_are_not_found(method, mine, proposer):
    number = sent(proposer).pk
    for unknown in (number, 0, 10**30):
        page(getattr(mine[0], method)(f"/account/suggestions/{unknown}/", {"action": "withdraw"}), 404)
    assert Suggestion.objects.get().status == "open"


def test_moderators_do_not_find_them_here_either(signed_in, reader):
    number = sent(reader).pk
    client, _ = signed_in("moderator")
    assert client.get(f"/account/suggestions/{number}/").status_code == 404


def test_a_question_is_answered_and_the_outcome_seen(mine, proposer):
    client, reader = mine
    suggestion = sent(reader)
    address = f"/account/suggestions/{suggestion.pk}/"
    suggestion_decisions.ask(suggestion_id=suggestion.pk, by=proposer, text="Which page?")
    text = page(client.get(address))
    assert "Which page?" in text
    assert "proposer" not in text
    assert "is empty" in page(client.post(address, {"action": "answer", "text": " "}))
    assert client.post(address, {"action": "answer", "text": "Page 7."}).status_code == 302
    assert client.post(address, {"action": "answer", "text": "Again."}).status_code == 302
    assert "it cannot become open" in page(client.get(address))
    suggestion_decisions.decline(suggestion_id=suggestion.pk, by=proposer, reason="no-source", words="None given.")
    text = page(client.get(address))
    assert "nothing is stated here without one" in text
    assert "None given." in text
    assert "Declined: no source" in page(client.get("/account/suggestions/"))


def test_what_is_taken_back_is_withdrawn(mine):
    client, reader = mine
    suggestion = sent(reader)
    client.post(f"/account/suggestions/{suggestion.pk}/", {"action": "withdraw"})
    suggestion.refresh_from_db()
    assert suggestion.status == "withdrawn"


def test_the_price_of_ones_list_does_not_grow(mine, django_assert_num_queries):
    client, reader = mine
    User.objects.filter(pk=reader.pk).update(role="contributor")
    client.get("/account/suggestions/")  # the first request of a session writes it
    for _ in range(3):
        sent(reader)
        with django_assert_num_queries(5):
            client.get("/account/suggestions/")
