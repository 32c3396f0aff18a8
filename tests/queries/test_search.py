"""Search finds what it should, shows why, is fair to the stances, and withstands whatever is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.models import PublishedClaim
from perspectives.queries.search import claim_search as queries
from perspectives.queries.search.claim_search import claims_matching
from perspectives.vocab import Stance
from tests import factories

SURVEY = "replace-or-repair/o1"
FLOODS = "replace-or-repair/o2"
TIMBER = "replace-or-repair/s3"
VALLEYS = "replace-or-repair/n3"


def ids(answer):
    return [hit["id"] for hit in answer["results"]]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Okoro", FLOODS),
        ("sade okoro", FLOODS),
        ("ṢADÉ", FLOODS),
        ("Bruckner", VALLEYS),
        ("Brückner", VALLEYS),
        ("erhalten wie ersetzt", VALLEYS),
        ("kept as often", VALLEYS),
        ("valley", TIMBER),
        ("does timber outlast", TIMBER),
        ("rot OR zebra", SURVEY),
        ('"rising floods"', FLOODS),
    ],
)
def test_claims_are_found_by_each_of_their_parts(find, text, claim):
    assert claim in ids(find(text))


@pytest.mark.parametrize(
    ("text", "relaxed", "unknown"),
    [
        ("rising floods", None, []),
        ('"floods rising"', "most", []),
        ("lift survey", "some", []),
    ],
)
def test_what_has_not_all_words_is_found_and_the_answer_says_so(find, text, relaxed, unknown):
    answer = find(text)
    assert (answer["relaxed"], answer["not_found"]) == (relaxed, unknown)
    assert FLOODS in ids(answer)


def test_what_is_excluded_is_never_found(find):
    assert FLOODS not in ids(find("floods -rising"))
    assert FLOODS not in ids(find("lift survey -floods"))


def test_words_that_nothing_has_are_named(find):
    answer = find("why replace the old footbridge, zebra?")
    assert (answer["not_found"], bool(answer["relaxed"])) == (["zebra"], True)
    assert answer["results"]


def test_what_no_topic_covers_is_told_so(find):
    answer = find("floods zebra")
    assert (answer["covered"], answer["results"], answer["not_found"]) == (False, [], ["zebra"])
    assert answer["note"] == queries.NOTES["not_covered"]


def test_claims_stand_in_for_a_stance_that_has_no_match(find):
    answer = find("valleys kept replaced")
    by_stance = {hit["stance"]: hit["stand_in"] for hit in answer["results"]}
    assert by_stance == {"author": True, "opposing": True, "neutral": False}
    assert answer["total"]["value"] == 1
    assert answer["missing_stances"] == []
    assert {hit["topic"] for hit in answer["results"]} == {factories.TOPIC}
    narrowed = find("valleys kept replaced", kind="causal")
    assert "neutral" in narrowed["missing_stances"]
    assert not any(hit["stand_in"] for hit in find("valleys kept replaced", stance="neutral")["results"])


def test_the_claim_itself_counts_more_than_notes(find):
    ranks = {hit["id"]: (hit["rank"], hit["why"]) for hit in find("timber")["results"]}
    assert ranks[TIMBER][0] == max(rank for rank, _ in ranks.values())
    assert ranks[TIMBER][1] == ["claim", "sources", "notes"]
    assert find("okoro")["results"][0]["why"] == ["perspective", "sources"]


def test_every_stance_that_matches_is_on_the_first_page(find):
    all_hits = find("bridge OR planks OR survey")["results"]
    stances = [hit["stance"] for hit in all_hits]
    assert (
        set(stances[:3])
        == set(Stance.values)
        == {hit["stance"] for hit in find("planks OR survey", limit=3)["results"]}
    )
    for stance in Stance:
        ranks = [hit["rank"] for hit in all_hits if hit["stance"] == stance.value]
        assert ranks == sorted(ranks, reverse=True)


def test_pages_join_to_the_whole(find):
    whole = ids(find("bridge OR planks OR survey OR cost"))
    assert len(whole) > 5
    pages = [find("bridge OR planks OR survey OR cost", limit=2, offset=offset) for offset in range(0, len(whole), 2)]
    assert [claim for page in pages for claim in ids(page)] == whole
    assert [page["has_more"] for page in pages] == [True] * (len(pages) - 1) + [False]


def test_facets_add_up_and_filters_keep_what_they_count(find):
    answer = find("bridge OR planks OR survey")
    total = answer["total"]
    assert total == {"value": len(answer["results"]), "is_at_least": False}
    for name in ("stance", "kind", "topic"):
        assert sum(value["claims"]["value"] for value in answer["facets"][name]) == total["value"]
    for name, values in answer["facets"].items():
        assert values
        for value in values:
            wanted = int(value["value"]) if name == "year" else value["value"]
            narrowed = find("bridge OR planks OR survey", **{name: wanted})
            assert narrowed["total"] == value["claims"], (name, value)
    both = find("bridge OR planks OR survey", stance="author", kind="factual", topic=factories.TOPIC)
    assert ids(both) == ["replace-or-repair/s1"]


def test_topics_sources_and_people_stand_beside(find):
    assert find("footbridge")["topics"][0] == {
        "topic": factories.TOPIC,
        "title": "Replacing or repairing the footbridge",
        "question": "Should the village of Nether Wending replace its old footbridge?",
    }
    assert {"key": "pratt2018timber", "title": "Does timber outlast steel?"} in find("timber steel")["sources"]
    assert find("okoro")["people"] == [{"person": "sade-okoro", "name": "Ṣadé Okoro"}]
    assert find("timber")["people"] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("timbr", "timber"),
        ("Footbrigde -steel", "footbridge -steel"),
        ('"rotten plnks"', '"rotten planks"'),
        ("bridgs OR flods", "bridgs OR floods"),
        ("Eliingwood", "ellingwood"),
    ],
)
def test_misspelt_words_are_put_right(find, text, meant):
    assert find(text)["did_you_mean"] == meant


@pytest.mark.parametrize("text", ["timber", "bridges", "the timber", "xqzwvk", "1820", "Ṣadé"])
def test_nothing_is_put_right_that_is_known_or_beyond_guessing(find, text):
    assert "did_you_mean" not in find(text)


@pytest.mark.parametrize("text", ["the", "of the", "OR", "a:* <-> ((( ' | !"])
def test_only_common_words_find_nothing_and_the_answer_says_so(find, text):
    answer = find(text)
    assert answer["note"] == queries.NOTES["no_words"]
    assert (answer["results"], answer["total"]["value"]) == ([], 0)


@pytest.mark.parametrize("text", ["-timber", "-timber -steel", "timber OR -steel"])
def test_exclusions_alone_find_nothing_and_the_answer_says_so(find, text):
    assert find(text)["note"] == queries.NOTES["exclusions"]


HOSTILE = [
    "'; DROP TABLE perspectives_edition; --",
    "timber'",
    "timber\\",
    "\\'timber",
    "timber:*",
    "timber:A",
    "timber <-> steel",
    "timber <2> steel",
    "((((timber",
    "timber))))",
    "!timber & steel",
    "a OR " * 40,
    "timber OR " * 20,
    '"timber',
    '"" timber',
    "%s %(q)s %%",
    "timber" * 33,
    "- - -x",
    '-"old bridge" timber',
    "木 橋",
    "https://data.example/wend?from=1900",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_asked_is_answered_in_few_queries(find, text):
    with CaptureQueriesContext(connection) as captured:
        answer = find(text)
    assert len(captured) <= 4
    assert set(answer) >= {"results", "total", "facets", "topics", "sources", "people"}
    assert {hit["id"] for hit in answer["results"]} <= set(PublishedClaim.objects.values_list("public_id", flat=True))


def test_the_claims_list_finds_by_the_same_condition(find):
    for text in ("timber", "bridge OR planks", '"rising floods"', "floods -rising", "okoro"):
        listed = claims_matching(PublishedClaim.objects.all(), text).values_list("public_id", flat=True)
        assert set(listed) == {hit["id"] for hit in find(text)["results"] if not hit["stand_in"]}


def test_highlights_are_runs_of_the_text_as_it_is(find):
    text = "Steel & <script>alert('timber')</script> <b>bold</b> claims"
    claim = PublishedClaim.objects.get(public_id=TIMBER)
    PublishedClaim.objects.filter(pk=claim.pk).update(claim_text=text, record={**claim.record, "text": text})
    (hit,) = (hit for hit in find("claims steel")["results"] if hit["id"] == TIMBER)
    runs = next(part["runs"] for part in hit["highlights"] if part["part"] == "claim")
    assert "".join(run["text"] for run in runs) == text
    assert [run["text"] for run in runs if run["is_match"]] == ["Steel", "claims"]


def test_cut_off_counts_say_so(find, monkeypatch):
    monkeypatch.setattr(queries, "CANDIDATES", 6)
    answer = find("bridge OR planks OR survey OR cost OR steel")
    assert answer["total"] == {"value": len(answer["results"]), "is_at_least": True}
    by_stance = {value["value"]: value["claims"] for value in answer["facets"]["stance"]}
    assert by_stance == {stance.value: {"value": 2, "is_at_least": True} for stance in Stance}
    assert all(value["claims"]["is_at_least"] for value in answer["facets"]["kind"])


def test_pages_end_at_the_depth_that_is_said(find, monkeypatch):
    monkeypatch.setattr(queries, "MAX_HITS", 4)
    last = find("bridge OR planks OR survey OR cost", limit=3, offset=3)
    assert (len(last["results"]), last["has_more"]) == (1, False)


def test_a_search_costs_the_same_for_few_hits_and_for_many(find):
    prices = []
    for text in ("zebra", "valleys", "bridge OR planks OR survey"):
        with CaptureQueriesContext(connection) as captured:
            find(text)
        prices.append(len(captured))
    assert max(prices) <= 4
    assert prices[1] == prices[2]
