"""What is on record of retractions."""

import pytest

from perspectives.rules.evidence import retractions
from perspectives.rules.evidence.retractions import Listed, Notice
from perspectives.vocab import CheckOutcome

ROW = {
    "Record ID": "7",
    "OriginalPaperDOI": "10.5555/OAK",
    "RetractionDOI": "10.5555/notice",
    "RetractionDate": "5/31/2021 0:00",
    "RetractionNature": "Retraction",
    "Reason": "+Error in Data;+Unreliable Results;",
}
RETRACTED = Notice(CheckOutcome.RETRACTED, "2021-05-31", "10.5555/notice", "Error in Data; Unreliable Results")


def test_a_line_of_the_data_set():
    assert retractions.listed(ROW) == Listed(7, "10.5555/oak", RETRACTED)


@pytest.mark.parametrize(
    "changes",
    [
        {"OriginalPaperDOI": "unavailable"},
        {"OriginalPaperDOI": None},
        {"RetractionNature": "Something new"},
        {"Record ID": ""},
    ],
)
def test_lines_that_say_nothing_of_a_work(changes):
    assert retractions.listed({**ROW, **changes}) is None


@pytest.mark.parametrize("date", ["", "2021", "13/45/2021 0:00", "a/b/c"])
def test_dates_that_are_none(date):
    assert retractions.listed({**ROW, "RetractionDate": date}).notice.noticed_on == ""


@pytest.mark.parametrize("notice", ["", "unavailable", "10.5555/oak"])
def test_a_notice_that_has_no_doi_of_its_own(notice):
    assert retractions.listed({**ROW, "RetractionDOI": notice}).notice.notice_doi == ""


def test_what_crossref_says_of_a_work():
    retraction = {"DOI": "10.5555/Oak", "type": "retraction", "updated": {"date-parts": [[2021, 5, 1]]}}
    works = [
        {"DOI": "10.5555/N", "update-to": [retraction]},
        {"DOI": "nothing", "update-to": [{"DOI": "10.5555/oak", "type": "corrigendum", "updated": None}]},
        {"update-to": [{"DOI": "10.5555/oak", "type": "new_version"}, {"DOI": "10.5555/elm", "type": "retraction"}]},
        {"title": "no update"},
        "rubbish",
    ]  # fmt: skip
    assert list(retractions.updates("10.5555/oak", works)) == [
        Notice(CheckOutcome.RETRACTED, "2021-05-01", "10.5555/n"),
        Notice(CheckOutcome.CORRECTED),
    ]


def test_the_gravest_notice_counts():
    found = retractions.finding([Notice(CheckOutcome.CORRECTED, "2022-01-01"), RETRACTED], "Retraction Watch")
    assert found.outcome is CheckOutcome.RETRACTED
    sentence = "The publisher retracted this work on 2021-05-31, notice https://doi.org/10.5555/notice"
    assert found.sentence == f"{sentence} (Retraction Watch)."
    assert [one["outcome"] for one in found.detail["notices"]] == ["retracted", "corrected"]


def test_what_was_taken_back_does_not_count():
    notices = [RETRACTED, Notice(CheckOutcome.NOT_LISTED, "2022-03-01")]
    assert retractions.finding(notices, "Crossref").outcome is CheckOutcome.NOT_LISTED
    later = Notice(CheckOutcome.CONCERN, "2023-01-01")
    assert retractions.finding([later, *notices], "Crossref").sentence.startswith("The publisher expressed concern")


def test_nothing_is_on_record():
    assert retractions.finding([], "Crossref").sentence == "No retraction or correction is on record (Crossref)."
