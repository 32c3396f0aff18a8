"""Articles over REST: from nothing to passages, each step named by the version that was seen."""

import pytest

from perspectives.models import Article, LogEntry, Topic
from tests import factories
from tests.api.conftest import assert_problem

TEXT = (
    "Limes cool a street. Orla Finch counted the bees in every crown, and gave up at ten thousand of them one June day."
)
RECORD = factories.source_record(DOI="10.1000/limes", title="Plant Limes")
LIMES = {
    "article": "plant-limes",
    "source": "finch2024plant",
    "title": "Plant Limes",
    "author": "Orla Finch",
    "author_short": "Finch",
    "outline": [{"section": "Shade", "summary": "Finch praises the shade."}],
}
ADDRESS = "articles/plant-limes/"
PASSAGE = {"passage": "Limes cool a street.", "section": "Shade", "paraphrase": "Trees are praised."}


@pytest.fixture
def limes(moderator, drafts):
    moderator.ask("put", "sources/finch2024plant/", RECORD, **{"if-none-match": "*"})
    return moderator.ask("post", "articles/?note=Anew", LIMES)


def test_an_article_is_begun_and_listed(moderator, limes):
    assert limes.status_code == 201, limes.content
    assert limes["Location"].endswith(f"/desk/{ADDRESS}")
    assert LogEntry.objects.latest("pk").note == "Anew"
    listed = moderator.get("articles/").json()["results"]
    assert [row["article"] for row in listed] == [factories.ARTICLE, "plant-limes"]
    assert (listed[0]["passages"], listed[0]["topics"]) == (2, 2)
    assert_problem(moderator.ask("post", "articles/", LIMES), 409, "not_possible")


def test_passages_are_picked_from_a_text(moderator, limes):
    long = {**PASSAGE, "passage": TEXT[21:], "words": "gave up at ten thousand"}
    body = {"text": TEXT, "passages": [long, PASSAGE]}
    answer = moderator.ask("post", f"{ADDRESS}picks/", body, version=limes["ETag"])
    assert answer.status_code == 200, answer.content
    assert [(one["id"], one["start"], one["quote"]) for one in answer.json()["passages"]] == [
        ("p2", 0, "Limes cool a street."),
        ("p1", 21, "gave up at ten thousand"),
    ]
    assert "in every crown" not in answer.content.decode()
    stale = moderator.ask("post", f"{ADDRESS}picks/", body, version=limes["ETag"])
    assert_problem(stale, 412, "precondition_failed")


def test_what_cannot_be_picked_is_told_by_place(moderator, limes):
    body = {"text": TEXT, "passages": [PASSAGE, {**PASSAGE, "passage": TEXT[21:]}]}
    answer = moderator.ask("post", f"{ADDRESS}picks/", body, version=limes["ETag"])
    assert_problem(answer, 422, "rules_broken")
    (told,) = answer.json()["problems"]
    assert "passages[1].words" in told
    assert "at most 12" in told


def test_parts_are_put_moved_and_removed(moderator, limes):
    part = f"{ADDRESS}parts/outline/1/"
    bees = {"section": "Bees", "summary": "Finch counts."}
    added = moderator.ask("put", part, bees, **{"if-none-match": "*"})
    assert added.status_code == 200, added.content
    whole = moderator.get(ADDRESS)
    moved = moderator.ask("post", f"{ADDRESS}moves/", {"path": "outline/1", "to": 0}, version=whole["ETag"])
    assert [one["section"] for one in moved.json()["outline"]] == ["Bees", "Shade"]
    gone = moderator.ask("delete", f"{ADDRESS}parts/outline/0/", version=added["ETag"])
    assert gone.status_code == 204
    assert_problem(moderator.get(part), 404, "not_found")
    whole = moderator.get(ADDRESS)
    put = moderator.ask("put", ADDRESS, {**whole.json(), "about": "Trees."}, version=whole["ETag"])
    assert put.json()["about"] == "Trees."


@pytest.mark.parametrize(
    "body", [{"passages": "x"}, {"passages": ["x"]}, {"outline": [1]}, {"passages": [{"id": 1}]}, {"links": {}}]
)
def test_what_is_no_guide_is_refused(moderator, limes, body):
    answer = moderator.ask("put", ADDRESS, {**moderator.get(ADDRESS).json(), **body}, version=limes["ETag"])
    assert_problem(answer, 422, "rules_broken")


def test_a_topic_of_any_article_is_begun(moderator, limes):
    side = {**factories.topic_document()["perspectives"][0], "claims": []}
    document = {
        **factories.topic_document("plant-or-wait", article="plant-limes", perspectives=[side]),
        **{name: [] for name in ("responses", "gaps", "terms")},
    }
    answer = moderator.ask("post", "topics/", document)
    assert answer.status_code == 201, answer.content
    assert answer["Location"].endswith("/desk/topics/plant-or-wait/")
    assert Topic.objects.get(slug="plant-or-wait").article == Article.objects.get(slug="plant-limes")


def test_a_change_of_a_guide_is_undone(moderator, limes):
    head = moderator.get(f"{ADDRESS}parts/head/")
    moderator.ask("put", f"{ADDRESS}parts/head/", {**head.json(), "about": "Trees."}, version=head["ETag"])
    entry = LogEntry.objects.latest("pk").pk
    assert moderator.ask("post", f"history/{entry}/revert/", {}).status_code == 204
    assert moderator.get(f"{ADDRESS}parts/head/").json() == head.json()
