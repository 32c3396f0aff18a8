"""Archiving over REST, and at the desk's pages."""

import pytest
from django.test import Client

from perspectives.models import Archiving
from perspectives.vocab import Role
from tests import factories, people
from tests.api.conftest import assert_problem

TOPIC, GUIDE = f"topics/{factories.TOPIC}/", f"articles/{factories.ARTICLE}/"
WHY = {"note": "Settled by the ruling of May."}


@pytest.fixture
def chief(curator, published):
    return curator(Role.CHIEF_EDITOR)


def test_a_topic_is_archived_and_brought_back(chief, moderator):
    assert_problem(moderator.post(f"{TOPIC}archiving/", WHY), 403, "not_permitted")
    assert_problem(chief.post(f"{TOPIC}reinstatement/", WHY), 409, "not_possible")
    step = chief.post(f"{TOPIC}archiving/", WHY).json()
    told = {"edition": 1, "is_archived": True, "note": WHY["note"], "by": chief.user.username}
    assert {name: step[name] for name in told} == told
    seen = moderator.get(TOPIC)
    assert_problem(
        moderator.ask("put", TOPIC, {**seen.json(), "title": "Anew"}, version=seen["ETag"]), 409, "not_possible"
    )
    assert chief.post(f"{TOPIC}reinstatement/", WHY).json()["is_archived"] is False


def test_a_guide_waits_for_its_topics(chief):
    assert_problem(chief.post(f"{GUIDE}archiving/", WHY), 409, "not_possible")
    for slug in (factories.TOPIC, factories.OTHER_TOPIC):
        chief.post(f"topics/{slug}/archiving/", WHY)
    assert chief.post(f"{GUIDE}archiving/", WHY).json()["is_archived"] is True
    assert chief.post(f"{GUIDE}reinstatement/", WHY).json()["is_archived"] is False


@pytest.mark.parametrize(("kind", "slug"), [("topics", factories.TOPIC), ("articles", factories.ARTICLE)])
def test_the_desk_asks_why_and_says_what_stands_in_the_way(chief, kind, slug):
    client = Client()
    people.sign_in(client, chief.user)
    page = f"/desk/{kind}/{slug}/"
    assert "archive/" in client.get(page).content.decode()
    assert client.post(f"{page}archive/").status_code == 422
    if kind == "articles":
        refused = client.post(f"{page}archive/", WHY)
        assert (refused.status_code, "archive or decide them first" in refused.content.decode()) == (422, True)
        for one in (factories.TOPIC, factories.OTHER_TOPIC):
            chief.post(f"topics/{one}/archiving/", WHY)
    assert client.post(f"{page}archive/", WHY)["Location"] == page
    draft = client.get(page).content.decode()
    assert (WHY["note"] in draft, "Bring back" in draft, "/edit/" in draft) == (True, True, False)
    assert "Archived" in client.get(f"/desk/{kind}/").content.decode()
    assert WHY["note"] in client.get(f"{page}archive/").content.decode()
    client.post(f"{page}archive/", WHY)
    assert "/edit/" in client.get(page).content.decode()
    assert Archiving.objects.first().is_archived is False
