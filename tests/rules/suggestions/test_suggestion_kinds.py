"""What a suggestion must hold, kind by kind, and how a work is named so that it is known again."""

import pytest

from perspectives.errors import BrokenRulesError
from perspectives.rules.suggestions import suggested_changes
from perspectives.rules.suggestions.suggestion_kinds import GapAnswer, checked, work_of
from perspectives.vocab import SuggestionKind

REFUSED = {
    "a source without anything to find it by": (SuggestionKind.NEW_SOURCE, {"authors": ["Lind, Berit"]}),
    "a translation of nothing": (SuggestionKind.QUOTATION, {"translation": "T", "translator": "N"}),
    "a translation by nobody": (SuggestionKind.QUOTATION, {"quote": "Q", "translation": "T"}),
    "neither words nor a place": (SuggestionKind.QUOTATION, {"cite": 0}),
    "one more view of the author": (
        SuggestionKind.MISSING_VIEW,
        {"stance": "author", "label": "L", "summary": "S.", "sources": "A book."},
    ),
}


@pytest.mark.parametrize(("kind", "payload"), REFUSED.values(), ids=REFUSED)
def test_what_says_too_little_is_refused(kind, payload):
    with pytest.raises(BrokenRulesError):
        checked(kind, payload)


def test_another_place_leaves_the_quotation_as_it_is():
    cite = {"source": "lind2022", "locator": "p. 4", "quote": "Holz hält", "translation": "Wood lasts"}
    given = checked(SuggestionKind.QUOTATION, {"cite": 0, "locator": "p. 5"})
    (change,) = suggested_changes.requoted("p", {"cites": [cite]}, given)
    assert change.after == {"cites": [{**cite, "locator": "p. 5"}]}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"DOI": "10.1000/ABC"}, "doi:10.1000/abc"),
        ({"ISBN": "978-0-300-25993-3"}, "isbn:9780300259933"),
        ({"URL": "https://www.example.org/a/#b"}, "url:example.org/a"),
        ({"title": "T"}, ""),
    ],
)
def test_a_work_is_named_by_what_identifies_it(data, name):
    assert work_of(data) == name


def test_an_answer_takes_an_id_that_no_claim_has():
    answer = GapAnswer.model_validate(
        {
            "source": "pratt2018timber",
            "relation": "supports",
            "text": "It was seen by both.",
            "kind": "factual",
            "response": "rebuts",
            "note": "Both saw it.",
            "perspective": "replace",
        }
    )
    draft = {
        "perspectives": [
            {"id": "replace", "stance": "opposing", "claims": [{"id": "o1"}]},
            {"id": "wait", "stance": "neutral", "claims": [{"id": "o2"}]},
        ],
        "responses": [],
        "gaps": [{"claim": "s1", "stance": "opposing", "note": "N."}],
    }
    changes = suggested_changes.answered(draft, "gaps/0", draft["gaps"][0], answer, "pratt2018timber")
    assert [change.after["id"] for change in changes if change.after and "id" in change.after] == ["o3"]
