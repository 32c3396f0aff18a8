"""The brief of a topic: whole, fair and the same every time; and the best quotation of each side."""

import pytest

from perspectives.rules.topics.brief import Parting, Position, brief
from perspectives.vocab import CruxKind, QuoteStatus, Relation, Stance
from tests import content, factories

SOURCES = factories.source_records()
OWN, OTHERS, LINKED, BARE = "ellingwood2021leave", "okoro2020spans", "pratt2018timber", "council2020survey"
WORDS = "oak that has carried us dry-shod"
BEST = {"source": OWN, "relation": "states", "quote": WORDS, "quote_status": "own-text", "locator": "p. 1"}


def answer(document, stance):
    return next(one for one in brief(document).answers if one.stance is stance)


def citing(*cites, **claims):
    """The footbridge, the author's side of which has one claim with these citations."""
    sides = factories.topic_document()["perspectives"]
    claim = {"id": "s1", "text": "It is sound.", "kind": "factual", "cites": list(cites)}
    return factories.topic_edition(perspectives=[{**sides[0], "claims": [claim]}, *sides[1:]], responses=[], gaps=[])


def test_the_footbridge_in_brief():
    made = brief(factories.topic_edition())
    assert (made.topic, made.edition, made.title) == (factories.TOPIC, 1, "Replacing or repairing the footbridge")
    assert made.question == "Should the village of Nether Wending replace its old footbridge?"
    assert made.accepted == ("Two planks are soft.", "The bridge is used every day.")
    assert made.parting == Parting(
        "Is the frame rotten beneath the planks?", CruxKind.FACT, "A probe of all forty planks and both beams."
    )
    author, opposing, neutral = made.answers
    assert [(one.stance, one.side) for one in made.answers] == [
        (Stance.AUTHOR, "Ellingwood"),
        (Stance.OPPOSING, "Opposing"),
        (Stance.NEUTRAL, "Neutral"),
    ]
    plain = "The old bridge is still strong. People love it. Mending it costs little."
    assert author.positions == (
        Position("repair", "Mend what stands", plain, True, ("Mara Ellingwood", "Lemuel Pratt")),  # noqa: FBT003 - a row
    )
    assert author.quotation.words == "oak that has carried us dry-shod"
    assert (author.quotation.locator, author.quotation.claim.id) == ("section 1", "s1")
    assert opposing.quotation.status is QuoteStatus.NOT_CHECKED
    assert (neutral.quotation.language, neutral.quotation.translation) == ("de", "kept as often as replaced")
    assert (neutral.quotation.names, neutral.quotation.source) == ("Brückner 2019", "brueckner2019stege")


def test_without_plain_words_the_summary_stands_in_and_says_so():
    [position] = answer(factories.topic_edition(), Stance.OPPOSING).positions
    assert not position.is_plain
    assert position.words == "The county's engineers hold that age and floods have used the bridge up."


def test_what_a_topic_lacks_is_lacking():
    made = brief(factories.topic_edition(cruxes=[], common_ground=[]))
    assert (made.accepted, made.parting) == ((), None)
    document = factories.topic_edition()
    sides = tuple(side for side in document.perspectives if side.stance is not Stance.NEUTRAL)
    alone = answer(document.model_copy(update={"perspectives": sides}), Stance.NEUTRAL)
    assert (alone.positions, alone.quotation) == ((), None)
    assert answer(citing({"source": OWN, "relation": "states"}), Stance.AUTHOR).quotation is None


def test_no_more_agreements_than_fit():
    agreements = [{"text": f"Plank {number} is soft."} for number in range(5)]
    assert brief(factories.topic_edition(common_ground=agreements)).accepted == (
        "Plank 0 is soft.",
        "Plank 1 is soft.",
    )


def test_no_side_is_quoted_against_itself():
    assert answer(citing({**BEST, "relation": "disputes"}), Stance.AUTHOR).quotation is None


@pytest.mark.parametrize(
    "worse",
    [
        {"quote_status": "not-checked"},
        {"relation": "supports"},
        {"relation": "context"},
        {"source": OTHERS},
        {"quote": "oak that has"},
        {"source": "ellingwood2019walks"},
        {"locator": None},
    ],
    ids=str,
)
def test_the_better_quotation_wins_wherever_it_stands(worse):
    other = {name: value for name, value in {**BEST, "quote": f"{WORDS} always", **worse}.items() if value}
    for cites in ((BEST, other), (other, BEST)):
        assert answer(citing(*cites), Stance.AUTHOR).quotation.words == WORDS


def test_a_work_that_can_be_opened_goes_before_one_that_cannot():
    linked, bare = ({**BEST, "source": source, "quote": f"{WORDS} {source}"} for source in (LINKED, BARE))
    records = {**SOURCES, BARE: {name: value for name, value in SOURCES[BARE].items() if name not in {"DOI", "URL"}}}
    for cites in ((linked, bare), (bare, linked)):
        document = citing(*({**cite, "relation": "states"} for cite in cites))
        sides = [
            side.model_copy(update={"held_by": ()}) if side.stance is Stance.AUTHOR else side
            for side in document.perspectives
        ]
        sources = (
            type(document)
            .model_validate(
                {**document.model_dump(mode="json", by_alias=True, exclude_defaults=True), "sources": records}
            )
            .sources
        )
        document = document.model_copy(update={"perspectives": tuple(sides), "sources": sources})
        assert answer(document, Stance.AUTHOR).quotation.source == LINKED


def test_of_equals_the_first_is_quoted():
    second = {**BEST, "quote": f"{WORDS} always"}
    assert answer(citing(second, BEST), Stance.AUTHOR).quotation.words == second["quote"]


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_has_a_whole_brief(slug):
    document = content.topic(slug)
    made = brief(document)
    assert made == brief(document)
    assert len(made.accepted) == 2
    assert made.parting
    for one in made.answers:
        assert one.positions
        assert all(position.held_by for position in one.positions)
        quotation = one.quotation
        claims = {claim.id for side in document.perspectives if side.stance is one.stance for claim in side.claims}
        assert quotation.claim.id in claims
        assert quotation.source in document.sources
        assert quotation.relation is not Relation.DISPUTES
    assert answer(document, Stance.AUTHOR).quotation.names.startswith("Sachs ")
