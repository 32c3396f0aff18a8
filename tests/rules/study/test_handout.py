"""The handout as a tree: what it says, in which order, and that words stay words."""

import json
from datetime import UTC, datetime

import pytest

from perspectives.rules.formats import pandoc_tree
from perspectives.rules.formats.pandoc_tree import text
from perspectives.rules.study import handout
from perspectives.rules.topics import dates
from perspectives.vocab import EditionOrigin, HandoutFormat, Stance
from tests import content, factories

IMPRINT = handout.Imprint("ab" * 32, datetime(2026, 3, 1, 12, tzinfo=UTC), EditionOrigin.REVIEW, "https://kb.example")


def references(edition):
    """References that are titles, one run each, and one of every kind of run."""
    runs = [
        {"text": "In: ", "emphasis": False, "href": ""},
        {"text": "A journal", "emphasis": True, "href": ""},
        {"text": "https://x.example", "emphasis": False, "href": "https://x.example"},
        {"text": "bad", "emphasis": False, "href": "javascript:alert(1)"},
    ]
    return {
        key: [{"text": f"{record.title}. ", "emphasis": False, "href": ""}, *runs]
        for key, record in edition.sources.items()
    }


def nodes(tree):
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        yield from (node for value in tree.values() for node in nodes(value))
    elif isinstance(tree, list):
        yield from (node for value in tree for node in nodes(value))


def words(tree):
    spoken = {"Str": lambda node: node["c"], "Space": lambda _: " ", "Para": lambda _: "\n", "Header": lambda _: "\n"}
    return "".join(spoken[node["t"]](node) for node in nodes(tree["blocks"]) if node["t"] in spoken)


def made(edition, made_as=HandoutFormat.PDF):
    return handout.tree(edition, IMPRINT, references(edition), made_as)


def headings(tree):
    return [
        words({"blocks": node["c"][2]}) for node in nodes(tree["blocks"]) if node["t"] == "Header" and node["c"][0] == 1
    ]


@pytest.mark.parametrize("made_as", HandoutFormat)
@pytest.mark.parametrize("slug", [factories.TOPIC, factories.OTHER_TOPIC])
def test_everything_of_an_edition_is_said(slug, made_as):
    edition = factories.topic_edition(slug)
    said = words(made(edition, made_as))
    claims = [claim for side in edition.perspectives for claim in side.claims]
    expected = [claim.text for claim in claims]
    expected += [side.summary for side in edition.perspectives] + [side.label for side in edition.perspectives]
    expected += [response.note for response in edition.responses] + [gap.note for gap in edition.gaps]
    expected += [one.text for one in edition.common_ground] + [event.description for event in edition.events]
    for crux in edition.cruxes:
        expected += [crux.question, crux.author, crux.opposing, crux.neutral, crux.would_settle]
    expected += [record.title for record in edition.sources.values()] + [one.argues for one in edition.bibliography]
    assert [part for part in expected if part not in said] == []


def test_the_parts_stand_in_their_order():
    assert headings(made(factories.topic_edition())) == [
        "Background",
        "Claim by claim",
        "What only the others raise",
        "What all sides accept",
        "Where they part",
        "Events",
        "Bibliography",
        "How to cite this",
    ]


def test_what_is_not_there_has_no_heading():
    document = factories.topic_document()
    sides = [{**side, "held_by": [], "held_by_note": None} for side in document["perspectives"]]
    edition = factories.topic_edition(
        perspectives=sides, cruxes=[], common_ground=[], events=[], bibliography=[], responses=[], gaps=[]
    )
    tree = made(edition)
    assert not {"What all sides accept", "Where they part", "Events"} & set(headings(tree))
    assert "Held by" not in words(tree)
    assert "No answer here." in words(tree)


def test_a_role_stands_beside_the_name():
    document = factories.topic_document()
    sides = [
        {**side, "held_by": [{"name": "Ada Pratt", "role": "warden, 2012–14"}]} for side in document["perspectives"]
    ]
    assert "Held by Ada Pratt (warden, 2012–14)." in words(made(factories.topic_edition(perspectives=sides)))


def test_without_claims_of_others_there_is_no_part_of_theirs():
    document = factories.topic_document()
    answers = {response["from"] for response in document["responses"]}
    sides = [
        {
            **side,
            "claims": [one for one in side["claims"] if side["stance"] == "author" or one["id"] in answers],
        }
        for side in document["perspectives"]
    ]
    kept = {one["id"] for side in sides for one in side["claims"]}
    authors = {one["id"] for side in sides for one in side["claims"] if side["stance"] == "author"}
    responses = [
        {**one, "to": min(authors)}
        for one in document["responses"]
        if one["from"] in kept and one["from"] not in authors
    ]
    edition = factories.topic_edition(perspectives=sides, responses=responses, gaps=[])
    assert "What only the others raise" not in headings(made(edition))


def test_a_gap_is_said_openly():
    edition = factories.topic_edition()
    said = words(made(edition))
    assert edition.gaps
    assert all(f"No answer found yet. {gap.note}" in said for gap in edition.gaps)


def test_it_tells_how_to_cite_it():
    said = words(made(factories.topic_edition()))
    address = f"https://kb.example/topics/{factories.TOPIC}/editions/1/"
    title = factories.topic_edition().title
    assert f"Debate KB. “{title}”. Edition 1, 1 March 2026. SHA-256 abababababababab. {address}" in said
    assert "ab" * 32 in said
    assert EditionOrigin.REVIEW.sentence in said
    assert "https://creativecommons.org/licenses/by/4.0/" in said


def test_columns_where_there_are_pages_and_none_where_there_are_not():
    edition = factories.topic_edition()
    for made_as in HandoutFormat:
        tables = [node for node in nodes(made(edition, made_as)["blocks"]) if node["t"] == "Table"]
        assert bool(tables) == (made_as is not HandoutFormat.EPUB)
    said = words(made(edition, HandoutFormat.EPUB))
    assert "\nClaim 1\n" in said


def test_every_source_has_a_number_that_citations_lead_to():
    edition = factories.topic_edition()
    tree = made(edition)
    targets = {node["c"][0][0] for node in nodes(tree["blocks"]) if node["t"] == "Div" and node["c"][0][0]}
    links = {node["c"][2][0] for node in nodes(tree["blocks"]) if node["t"] == "Link"}
    assert targets == {f"ref-{key}" for key in edition.sources}
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= targets
    assert not [link for link in links if link.startswith("javascript:")]


@pytest.mark.parametrize("slug", content.TOPICS)
def test_a_repeated_claim_is_whole_once(slug):
    edition = content.topic(slug)
    said = words(made(edition))
    for side in edition.perspectives:
        for claim in side.claims:
            label = f"{claim.kind.label} · {claim.id}"
            assert said.count(f"{claim.text} {label}") + said.count(f"{claim.text} {side.label} · {label}") == 1


def test_its_words_for_the_file():
    edition = factories.topic_edition()
    meta = handout.meta(edition, IMPRINT)
    assert meta["title"] == edition.question
    assert meta["lang"] == "en-GB"
    assert meta["date"] == "2026-03-01"
    assert meta["identifier"].startswith("https://kb.example/")
    assert handout.file_name("x", 2, "pdf") == "debatekb-x-edition-2.pdf"
    assert handout.form("https://kb.example") != handout.form("https://other.example")


def test_a_tree_is_plain_json():
    tree = made(factories.topic_edition())
    assert json.loads(json.dumps(tree)) == tree


@pytest.mark.parametrize("given", ["", " ", "a  b", "x-?y", "-1", "a...b", " lead", "a\N{NO-BREAK SPACE}b", "-"])
def test_words_come_back_from_a_tree(given):
    assert words({"blocks": text(given)}) == given


def test_empty_lines_part_paragraphs():
    assert words({"blocks": list(pandoc_tree.paragraphs("One\nline.\n\nTwo."))}) == "\nOne line.\nTwo."


@pytest.mark.parametrize(
    ("value", "said"), [("2014", "2014"), ("2024-11", "November 2024"), ("2021-12-07", "7 December 2021")]
)
def test_dates_in_words(value, said):
    assert dates.partial_date(value) == said


def test_periods_in_words():
    assert dates.years_to("2014-02", "2014-09") == "2014"
    assert dates.years_to("2014", "2022-01-01") == "2014–2022"


def test_every_side_has_a_mark():
    said = words(made(factories.topic_edition()))
    assert all(f"{mark}\N{NO-BREAK SPACE}" in said for mark in "●◆=")
    assert len(Stance) == 3
