"""Editions at the desk: who stands behind them, restoring and retracting."""

import pytest

from perspectives.actions.documents import drafting
from perspectives.actions.publication import retracting
from perspectives.models import Crux, Edition, Retraction, Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories

pytestmark = pytest.mark.django_db
EDITIONS = f"/desk/topics/{factories.TOPIC}/editions/"


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def edition(topic):
    return Edition.objects.get(topic=topic)


@pytest.fixture
def edited(topic):
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A second survey.")
    return topic


@pytest.fixture
def moderator(signed_in):
    client, _ = signed_in(Role.MODERATOR)
    return client


def draft(topic):
    return plain(draft_documents.topic_document(topic.pk))


def test_restoring_shows_what_it_changes_and_does_it(moderator, edited, edition):
    address = f"/desk/editions/{edition.pk}/restore/"
    page = text(moderator.get(address))
    assert "second survey" in page
    version = parts.version(draft(edited))
    assert f'value="{version}"' in page
    done = text(moderator.post(address, {"version": version, "reason": "It was right"}, follow=True))
    assert "The draft is as edition 1 was" in done
    assert "second survey" not in str(draft(edited))
    assert "the draft is like this edition already" in text(moderator.get(address))
    version = parts.version(draft(edited))
    again = text(moderator.post(address, {"version": version, "reason": "Once more"}))
    assert "the draft is like this edition already" in again


def test_a_draft_that_changed_meanwhile_is_shown_anew_with_the_reason_kept(moderator, edited, edition, proposer):
    stale = parts.version(draft(edited))
    crux = draft(edited)["cruxes"][0]
    change = parts.Change("cruxes/0", crux, {**crux, "would_settle": "A third survey."})
    drafting.change(topic_id=edited.pk, changes=[change], by=proposer)
    sent = {"version": stale, "reason": "It was right"}
    page = text(moderator.post(f"/desk/editions/{edition.pk}/restore/", sent), 409)
    for words in ("Nothing was restored", "It was right", "third survey", parts.version(draft(edited))):
        assert words in page


def test_restoring_needs_a_reason(moderator, edited, edition):
    sent = {"version": parts.version(draft(edited)), "reason": " "}
    assert "Nothing was restored" in text(moderator.post(f"/desk/editions/{edition.pk}/restore/", sent))
    assert "second survey" in str(draft(edited))


def test_a_guide_is_restored_too(moderator, published, article):
    edition = Edition.objects.get(article=article)
    article.passages.filter(order=0).update(paraphrase="Said in other words.")
    address = f"/desk/editions/{edition.pk}/restore/"
    assert "Said in other words." in text(moderator.get(address))
    version = parts.version(plain(draft_documents.article_document(article.pk)))
    done = moderator.post(address, {"version": version, "reason": "Back"})
    assert done["Location"] == f"/desk/articles/{article.slug}/propose/"


def test_a_chief_editor_retracts_with_a_note(signed_in, edition, client):
    chief, _ = signed_in(Role.CHIEF_EDITOR)
    address = f"/desk/editions/{edition.pk}/retract/"
    assert "the edition that readers see now" in text(chief.get(address))
    assert "Nothing was retracted" in text(chief.post(address, {"note": ""}))
    page = text(chief.post(address, {"note": "The survey was misread."}, follow=True))
    assert "Edition 1 is retracted" in page
    assert "by chief-editor: The survey was misread." in page
    assert "Retract<" not in page
    assert "Retracted on" in text(chief.get(address))
    assert "retracted already" in text(chief.post(address, {"note": "Again"}), 409)
    assert Retraction.objects.count() == 1
    assert "This edition was retracted on" in text(client.get(f"/topics/{factories.TOPIC}/"))


def test_restoring_a_retracted_edition_warns(signed_in, edited, edition):
    chief, person = signed_in(Role.CHIEF_EDITOR)
    retracting.retract(edition_id=edition.pk, note="The survey was misread.", by=person)
    assert "Edition 1 was retracted" in text(chief.get(f"/desk/editions/{edition.pk}/restore/"))


def test_the_list_offers_what_one_may_do(signed_in, edition, published, article):
    for role, actions in (
        (Role.CONTRIBUTOR, set()),
        (Role.MODERATOR, {"restore", "propose"}),
        (Role.CHIEF_EDITOR, {"restore", "propose", "retract"}),
    ):
        client, _ = signed_in(role)
        for address in (EDITIONS, f"/desk/articles/{article.slug}/editions/"):
            page = text(client.get(address))
            assert {action for action in ("restore", "propose", "retract") if f'/{action}/"' in page} == actions


def test_an_unpublished_topic_has_none(signed_in, drafts):
    client, _ = signed_in(Role.CONTRIBUTOR)
    assert "Nothing has been published yet" in text(client.get(EDITIONS))
    assert client.get("/desk/topics/nowhere/editions/").status_code == 404


def test_what_is_no_edition_is_not_found(signed_in, published):
    chief, _ = signed_in(Role.CHIEF_EDITOR)
    for action in ("restore", "retract"):
        assert chief.get(f"/desk/editions/0/{action}/").status_code == 404
