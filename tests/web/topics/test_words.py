"""The presenters' words: dates, names, references, fragments, differences."""

import json

import pytest

from perspectives.rules.sources.short_reference import address
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.rules.topics.dates import partial_date, years_to
from perspectives.templatetags.wording import tag_words
from perspectives.web.browse.guide import longest_plain_run, places, with_text_fragment
from perspectives.web.topics.edition_changes import ChangeView, changes
from perspectives.web.topics.evidence import language_name
from perspectives.web.topics.references import Run, formatted_runs, plain_runs, written_names
from tests import factories


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("2014", "2014"),
        ("2024-11", "November 2024"),
        ("2021-12-17", "17 December 2021"),
        ("0099-01-02", "2 January 0099"),
    ],
)
def test_partial_date(stored, words):
    assert partial_date(stored) == words


def test_years_to():
    assert years_to("2014-02", "2022") == "2014\N{EN DASH}2022"
    assert years_to("2014-02", "2014-11-03") == "2014"


def test_tag_words():
    assert tag_words("self-determination") == "self determination"


@pytest.mark.parametrize(
    ("tag", "name"), [("de", "German"), ("uk", "Ukrainian"), ("de-AT", "German"), ("xx", "xx"), ("", "")]
)
def test_language_name(tag, name):
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("fragment", "run"),
    [
        ("fifth time since 2008", "fifth time since 2008"),
        ("it's time for Biden", "time for Biden"),
        ('said "no" and left', "and left"),
        ("don't", ""),
    ],
)
def test_longest_plain_run(fragment, run):
    assert longest_plain_run(fragment) == run


def test_text_fragment_is_escaped():
    assert with_text_fragment("https://a.example/b", "one-two, three & four") == (
        "https://a.example/b#:~:text=one%2Dtwo%2C%20three%20%26%20four"
    )
    assert with_text_fragment("https://a.example/b#c", "one") == "https://a.example/b#c:~:text=one"
    assert with_text_fragment("https://a.example/b", "don't") == "https://a.example/b"


def test_places_begin_with_the_record():
    sources = factories.source_records()
    record = {**sources[factories.ARTICLE_SOURCE], "URL": "https://first.example/", "container-title": "The Review"}
    document = factories.article_edition(sources={**sources, factories.ARTICLE_SOURCE: record})
    assert next(places(document)).url == "https://first.example/"


def test_places_are_the_editors_links_where_the_record_has_no_address():
    sources = factories.source_records()
    record = {name: value for name, value in sources[factories.ARTICLE_SOURCE].items() if name not in {"URL", "DOI"}}
    document = factories.article_edition(sources={**sources, factories.ARTICLE_SOURCE: record})
    assert [place.label for place in places(document)] == ["Reprint in the Imaginary Parish Review"]


def test_names_are_written_as_in_a_list_of_references():
    names = (
        Name.model_validate({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}),
        Name(family="King", given="Martin", suffix="Jr."),
        Name(literal="UN Security Council"),
        Name(family="Last"),
    )
    assert written_names(names[:3]) == "van Gogh, Vincent; King, Martin, Jr.; UN Security Council"
    assert written_names(names).endswith("et al.")


def test_plain_reference_guesses_nothing():
    record = SourceRecord.model_validate(
        {"type": "book", "title": "T", "language": "en", "category": "trade-book", "checked": {"metadata": "partly"}},
    )
    assert "".join(run.text for run in plain_runs(record)) == "(n.d.). T."
    assert address(record) == ""


def test_address_prefers_the_doi():
    record = SourceRecord.model_validate(factories.source_record(URL="https://a.example/"))
    assert address(record).startswith("https://doi.org/10.")


def test_formatted_runs_drop_unsafe_addresses():
    runs = [{"text": "a", "emphasis": True, "href": "javascript:x"}, {"text": "b", "href": None}]
    assert formatted_runs(runs) == (Run("a", is_emphasised=True), Run("b"))


def as_bytes(document):
    return json.dumps(document).encode()


def test_changes_are_told_by_place_and_words():
    before = {"title": "A", "common_ground": [{"text": "Old."}], "tags": ["x"], "period": {"start": "1"}, "order": 1}
    after = {"title": "B", "common_ground": [{"text": "New."}], "tags": ["x", "y"], "order": 1, "period": {}}
    found = changes(as_bytes(before), as_bytes(after))
    assert ChangeView("changed", ("title",), "A", "B") in found
    assert ChangeView("removed", ("common ground", "Old."), "Old.", "") in found
    assert ChangeView("changed", ("tags",), "x", "x, y") in found
    assert ChangeView("removed", ("period", "start"), "1", "") in found


def test_a_change_without_a_telling_field_is_shown_whole():
    (found,) = changes(b"{}", as_bytes({"period": {"start": "2014"}}))
    assert found.after == '{"start": "2014"}'
