"""Editions over REST: who stands behind each, restoring one, retracting one."""

import pytest

from perspectives.models import Edition
from perspectives.vocab import Role
from tests import factories
from tests.api.conftest import assert_problem

TOPIC = f"topics/{factories.TOPIC}/"
GUIDE = f"articles/{factories.ARTICLE}/"
CLAIM = f"{TOPIC}parts/perspectives/repair/claims/s1/"


@pytest.fixture
def edition(published):
    return Edition.objects.get(topic__slug=factories.TOPIC)


def test_editions_are_listed_with_everybody_behind_them(moderator, edition, django_assert_num_queries):
    moderator.get(f"{TOPIC}editions/")
    with django_assert_num_queries(4):
        [row] = moderator.get(f"{TOPIC}editions/").json()["results"]
    assert (row["id"], row["number"], row["sha256"], row["origin"]) == (edition.pk, 1, edition.sha256, "fixture")
    [guide] = moderator.get(f"{GUIDE}editions/").json()["results"]
    assert guide["id"] == Edition.objects.get(article__isnull=False).pk
    for address in ("topics/nothing/editions/", "articles/nothing/editions/", "articles/nothing/"):
        assert_problem(moderator.get(address), 404, "not_found")


def test_an_edition_is_restored_into_the_draft_that_was_seen(moderator, edition):
    place = f"editions/{edition.pk}/restoration/"
    first = moderator.get(TOPIC)
    assert_problem(moderator.post(place), 428, "precondition_required")
    assert_problem(moderator.post(place, version=first["ETag"]), 409, "not_possible")
    seen = moderator.get(CLAIM)
    moderator.ask("put", CLAIM, {**seen.json(), "text": "Anew."}, version=seen["ETag"])
    changed = moderator.get(TOPIC)
    stale = moderator.post(place, version=first["ETag"])
    assert_problem(stale, 412, "precondition_failed")
    assert (stale.json()["now"], f'"{stale.json()["version"]}"') == (changed.json(), changed["ETag"])
    restored = moderator.post(place, {"note": "As it was."}, version=changed["ETag"])
    assert (restored.json(), restored["ETag"]) == (first.json(), first["ETag"])


def test_a_guide_is_restored_likewise(moderator, published):
    guide = Edition.objects.get(article__isnull=False)
    seen = moderator.get(GUIDE)
    assert seen.json()["article"] == factories.ARTICLE
    same = moderator.post(f"editions/{guide.pk}/restoration/", version=seen["ETag"])
    assert_problem(same, 409, "not_possible")


def test_a_chief_editor_retracts_an_edition_once(moderator, curator, edition):
    place, note = f"editions/{edition.pk}/retraction/", {"note": "A figure was wrong."}
    assert_problem(moderator.post(place, note), 403, "not_permitted")
    chief = curator(Role.CHIEF_EDITOR)
    assert_problem(chief.post(place), 422, "rules_broken")
    done = chief.post(place, note)
    assert (done.json()["retraction"]["note"], done.json()["retraction"]["by"]) == (note["note"], chief.user.username)
    assert_problem(chief.post(place, note), 409, "not_possible")
    assert moderator.get(f"{TOPIC}editions/").json()["results"][0]["retraction"] == done.json()["retraction"]
    assert_problem(chief.post("editions/99999/retraction/", note), 404, "not_found")


def test_contributors_look_and_do_not_touch(curator, edition):
    contributor = curator(Role.CONTRIBUTOR)
    assert contributor.get(f"{TOPIC}editions/").status_code == 200
    version = contributor.get(TOPIC)["ETag"]
    assert_problem(contributor.post(f"editions/{edition.pk}/restoration/", version=version), 403, "not_permitted")
