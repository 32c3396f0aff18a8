"""Records compared with what registers of works have."""

import pytest

from perspectives.rules.evidence import registers
from perspectives.vocab import CheckOutcome

OURS = {
    "title": "Leave it: oak and law",
    "author": [{"family": "Ellingwood", "given": "Ann"}],
    "issued": "2021-05",
    "container-title": "The Review",
    "volume": "12",
    "page": "245–251",
    "DOI": "10.5555/Leave",
    "publisher": "Press",
}


@pytest.mark.parametrize(
    "theirs",
    [
        {"title": "Leave It"},
        {"title": "LEAVE IT: Oak and Law."},
        {"author": [{"literal": "Ann Ellingwood"}]},
        {"issued": "2021-11-02"},
        {"page": "245-51"},
        {"DOI": "10.5555/leave"},
        {"publisher": "Another Press", "volume": "12"},
    ],
)
def test_what_is_only_written_otherwise_agrees(theirs):
    found = registers.finding(OURS, theirs, "Open Library")
    assert (found.outcome, found.detail) == (CheckOutcome.AGREES, {})
    assert found.sentence.startswith("Open Library has the same ")


@pytest.mark.parametrize(
    ("theirs", "after"),
    [
        ({"title": "Leave her"}, "title: Leave her"),
        ({"title": "Leave it: elm and law"}, "title: Leave it: elm and law"),
        ({"volume": "13", "page": "245"}, "volume: 13; pages: 245"),
        ({"issued": "2022"}, "year: 2022"),
        ({"author": [{"family": "Weir", "given": "A."}, {"literal": "The Board"}]}, "authors: A. Weir, The Board"),
        ({"author": [{"family": "Weir"}]}, "authors: Weir"),
    ],
)
def test_what_differs_is_told_field_by_field(theirs, after):
    found = registers.finding(OURS, {"container-title": "the review", **theirs}, "The register")
    assert (found.outcome, found.detail["theirs"]) == (CheckOutcome.DIFFERS, theirs)
    assert registers.shown(found.detail["theirs"]) == after
    assert found.detail["ours"] == {name: OURS[name] for name in theirs}


def test_where_nothing_can_be_compared_nothing_is_said_to_agree():
    assert registers.finding(OURS, {"issue": "3"}, "The register").outcome == CheckOutcome.NOT_REGISTERED
