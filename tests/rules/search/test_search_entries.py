"""What search keeps of claims, how matches are told, and how misspelt words are put right."""

import pytest

from perspectives.rules.search import search_entries
from perspectives.rules.search.search_entries import MARK_END, MARK_START
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories


def columns(**changes):
    return {record["id"]: found for record, found in search_entries.claim_columns(factories.topic_edition(**changes))}


def marked(text):
    return text.replace("[", MARK_START).replace("]", MARK_END)


def plain(runs):
    return "".join(f"[{run['text']}]" if run["is_match"] else run["text"] for run in runs)


def test_a_claim_is_filtered_by_what_belongs_to_it():
    sound = columns()["replace-or-repair/s1"]
    assert sound["holders"] == ["lemuel-pratt", "mara-ellingwood"]
    assert sound["tags"] == ["bridges", "village-life"]
    assert sound["answered_by"] == ["neutral", "opposing"]
    assert sound["categories"] == ["opinion"]
    assert sound["years"] == [2021]
    assert columns()["replace-or-repair/s2"]["years"] == [2016, 2019]
    assert columns()["replace-or-repair/o3"]["answered_by"] == []


def test_a_claim_is_found_by_its_texts_one_thing_a_line():
    valleys = columns()["replace-or-repair/n3"]
    assert valleys["claim_text"] == "Old footbridges in like valleys were kept and replaced in equal number."
    assert valleys["perspective_text"] == "Measure first"
    assert valleys["sources_text"] == "Stege und Brücken: eine kleine Geschichte – Änne Brückner"
    assert valleys["notes_text"].split("\n") == [
        "Experience points both ways.",
        "ebenso oft erhalten wie ersetzt",
        "kept as often as replaced",
    ]
    costs = columns()["replace-or-repair/s2"]
    assert costs["perspective_text"].split("\n") == ["Mend what stands", "Mara Ellingwood", "Lemuel Pratt"]
    assert "No engineer was found who prices the repair." in costs["notes_text"].split("\n")


def test_a_source_without_a_year_has_none():
    record = factories.source_record()
    assert search_entries.year_of(SourceRecord.model_validate(record)) == 2018
    del record["issued"]
    assert search_entries.year_of(SourceRecord.model_validate(record)) is None


def test_a_source_is_named_by_its_authors_else_its_editors_else_its_title():
    record = factories.source_record()
    assert (
        search_entries.source_line(SourceRecord.model_validate(record))
        == "Does timber outlast steel? – Lemuel Pratt Jr."
    )
    editors = {"editor": [{"literal": "A Society"}, {"family": "Fluß", "given": "Otto", "dropping-particle": "von"}]}
    without = {**{name: value for name, value in record.items() if name != "author"}}
    edited = SourceRecord.model_validate({**without, **editors})
    assert search_entries.source_line(edited) == "Does timber outlast steel? – A Society, Otto von Fluß"
    assert search_entries.source_line(SourceRecord.model_validate(without)) == "Does timber outlast steel?"


@pytest.mark.parametrize("text", ["", "nothing", "[all]", "the [old] bridge", "[old] [bridge]", "a [<b>] & [c]"])
def test_runs_join_to_the_text(text):
    assert plain(search_entries.runs(marked(text))) == text


def test_only_lines_with_a_match_are_shown():
    text = marked("no\n[one]\nnone\n[two] here\n[three]")
    assert [plain(runs) for runs in search_entries.matched_lines(text, at_most=2)] == ["[one]", "[two] here"]
    assert search_entries.matched_lines("nothing", at_most=2) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Old bridge OR old -Stege", ["old", "bridge", "stege"]),
        ("Götz's 1820 x yz", ["gotz"]),
        ("and not or", []),
        ("minsk-ii/s2 snake_case", ["minsk", "snake", "case"]),
        (
            "one two three four five six seven eight nine ten",
            ["one", "two", "three", "four", "five", "six", "seven", "eight"],
        ),
    ],
)
def test_words_that_may_be_misspelt(text, words):
    assert search_entries.words_asked(text) == words


@pytest.mark.parametrize(
    ("word", "other", "count"),
    [
        ("", "", 0),
        ("bridge", "bridge", 0),
        ("bridge", "", 6),
        ("", "bridge", 6),
        ("bridge", "bridges", 1),
        ("bridge", "ridge", 1),
        ("bridge", "bricge", 1),
        ("brigde", "bridge", 1),
        ("timber", "trimebr", 2),
        ("abc", "xyz", 3),
        ("ab", "ba", 1),
    ],
)
def test_slips_are_counted(word, other, count):
    assert search_entries.slips(word, other) == search_entries.slips(other, word) == count


@pytest.mark.parametrize(
    ("word", "known", "best"),
    [
        ("timbr", [("timber", 3), ("timbre", 1)], "timber"),
        ("timbr", [("timbre", 9), ("timber", 3)], "timbre"),
        ("timbr", [("limber", 9), ("timber", 1)], "timber"),
        ("foo", [("bar", 100)], None),
        ("flod", [("flood", 1)], "flood"),
        ("fotbrigde", [("footbridge", 1)], "footbridge"),
        ("timbr", [], None),
    ],
)
def test_the_best_spelling_has_fewest_slips_then_most_claims(word, known, best):
    assert search_entries.best_spelling(word, known) == best


def test_a_question_is_respelt_where_it_was_wrong():
    assert (
        search_entries.respelt('"Old Brigde" -Timbr', {"brigde": "bridge", "timbr": "timber"}) == '"Old bridge" -timber'
    )
    assert search_entries.respelt("Götz", {}) == "Götz"


@pytest.mark.parametrize(
    ("text", "tame"),
    [
        ("peace -war", "peace -war"),
        ("re-elected", "re-elected"),
        ("a --b", "a -b"),
        ("- - - - x", " - x"),
        ("-" * 200, " -"),
    ],
)
def test_signs_of_exclusion_in_a_row_count_once(text, tame):
    assert search_entries.tamed(text) == tame
