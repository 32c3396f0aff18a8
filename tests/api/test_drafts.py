"""What is not published is not there."""

from perspectives.models import Perspective
from tests import factories
from tests.api.conftest import assert_problem

LISTS = ("topics", "articles", "claims", "responses", "events", "people", "passages", "citations", "sources", "changes")


def test_drafts_are_not_there(client, drafts):
    for name in LISTS:
        assert client.get(f"/api/v1/{name}/").json()["results"] == []
    for address in (
        f"topics/{factories.TOPIC}/",
        f"topics/{factories.TOPIC}/editions/",
        f"topics/{factories.TOPIC}/editions/1/",
        f"articles/{factories.ARTICLE}/",
        f"articles/{factories.ARTICLE}/editions/",
        f"claims/{factories.TOPIC}/a1/",
        "sources/pratt2018timber/",
    ):
        assert_problem(client.get(f"/api/v1/{address}"), 404, "not_found")


def test_a_change_of_a_draft_changes_no_answer(client, published):
    addresses = [*(f"{name}/" for name in LISTS), f"topics/{factories.TOPIC}/", "sources/pratt2018timber/"]
    before = [client.get(f"/api/v1/{address}").content for address in addresses]
    Perspective.objects.update(label="A DRAFT")
    assert [client.get(f"/api/v1/{address}").content for address in addresses] == before
