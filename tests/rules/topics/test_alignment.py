"""Claims and responses become rows: each author claim leads one, every claim is shown, gaps are said."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.topics.alignment import Row, rows, strongest, voices
from perspectives.vocab import Stance
from tests import depth, factories
from tests.rules.strategies import Folder, folders


def edition(claims: dict[str, list[str]], responses: list[tuple[str, str, str]], gaps: Any = ()) -> TopicEdition:
    """Make a topic from perspective id -> ids of its claims; the stance is the id's beginning."""
    stance = {"a": "author", "o": "opposing", "n": "neutral"}
    claim = {"text": "x", "kind": "factual"}
    return factories.topic_edition(
        perspectives=[
            {
                "id": side,
                "stance": stance[side[0]],
                "label": side,
                "summary": "x",
                "claims": [{"id": own, **claim} for own in ids],
            }
            for side, ids in claims.items()
        ],
        responses=[{"from": start, "to": end, "type": kind, "note": "x"} for start, kind, end in responses],
        gaps=[{"claim": claim, "stance": stance, "note": "x"} for claim, stance in gaps],
    )


def drawn(row: Row) -> str:
    """Draw a row: lead, then the claims of each cell; `+` is one shown before, `<` leads to replies, `!` is a gap."""
    cells = []
    for cell in row.cells:
        answers = [
            answer.voice.claim.id
            + ("+" if answer.is_repeated else "")
            + "".join(f"<{reply.voice.claim.id}" for reply in answer.replies)
            for answer in cell.answers
        ]
        cells.append(" ".join(answers) + ("!" if cell.gap else ""))
    return f"{row.lead.claim.id}: " + " | ".join(cells)


def table(document: TopicEdition) -> list[str]:
    return [drawn(row) for row in rows(document)]


SIDES = {"a": ["s1", "s2"], "o": ["o1", "o2"], "n": ["n1", "n2"]}


def test_author_claims_lead_then_opposing_then_neutral() -> None:
    assert table(edition(SIDES, [])) == [
        "s1: s1 |  | ",
        "s2: s2 |  | ",
        "o1:  | o1 | ",
        "o2:  | o2 | ",
        "n1:  |  | n1",
        "n2:  |  | n2",
    ]


def test_answers_stand_in_the_row_of_what_they_answer_in_the_order_of_the_responses() -> None:
    links = [("n2", "qualifies", "s1"), ("o2", "rebuts", "s1"), ("o1", "rebuts", "s1"), ("n1", "rebuts", "s2")]
    assert table(edition(SIDES, links)) == ["s1: s1 | o2 o1 | n2", "s2: s2 |  | n1"]


def test_claim_that_answers_twice_is_marked_where_it_is_repeated() -> None:
    links = [("o1", "rebuts", "s1"), ("o1", "rebuts", "s2"), ("o2", "rebuts", "s2")]
    assert table(edition(SIDES, links))[:2] == ["s1: s1 | o1 | ", "s2: s2 | o1+ o2 | "]


def test_neutral_answer_to_an_opposing_claim_stands_in_that_row() -> None:
    links = [("o1", "rebuts", "s1"), ("n1", "qualifies", "o2"), ("s2", "rebuts", "o2")]
    assert table(edition(SIDES, links)) == [
        "s1: s1 | o1 | ",
        "s2: s2 |  | ",
        "o2: s2+ | o2 | n1",
        "n2:  |  | n2",
    ]


def test_answer_to_an_answer_is_its_reply() -> None:
    links = [("o1", "rebuts", "s1"), ("n1", "qualifies", "o1"), ("s1", "rebuts", "o1")]
    document = edition(SIDES, links)
    assert table(document)[0] == "s1: s1 | o1<n1<s1 | "
    reply = rows(document)[0].cells[1].answers[0].replies[0]
    assert reply.response is document.responses[1]
    assert reply.voice.public_id == "replace-or-repair/n1"


def test_second_response_of_the_same_claim_is_a_reply_to_the_lead() -> None:
    links = [("o1", "concedes", "s1"), ("o1", "undercuts", "s1"), ("o2", "rebuts", "s1")]
    document = edition(SIDES, links)
    assert table(document)[0] == "s1: s1<o1 | o1 o2 | "
    row = rows(document)[0]
    assert row.cells[0].answers[0].replies[0].response is document.responses[1]
    assert row.cells[1].answers[0].response is document.responses[0]
    assert row.cells[0].answers[0].response is None, "the lead answers nobody in its own row"


def test_answer_of_another_perspective_of_the_same_stance_stands_beside_the_lead() -> None:
    document = edition({"a": ["s1"], "o1": ["o1"], "o2": ["p1", "p2"], "n": []}, [("p1", "concedes", "o1")])
    assert table(document) == ["s1: s1 |  | ", "o1:  | o1 p1 | ", "p2:  | p2 | "]


def test_gap_is_shown_in_its_cell_and_silence_is_told_from_it() -> None:
    document = edition(SIDES, [("o1", "rebuts", "s2")], [("s1", "opposing"), ("s2", "neutral")])
    assert table(document)[:2] == ["s1: s1 | ! | ", "s2: s2 | o1 | !"]
    first = rows(document)[0]
    assert first.cells[1].gap is document.gaps[0]
    assert [cell.is_silent for cell in first.cells] == [False, False, True]
    assert [cell.stance for cell in first.cells] == list(Stance)


@pytest.mark.parametrize(
    ("source", "relation", "is_own"),
    [
        ("ellingwood2021leave", "states", True),
        ("ellingwood2019walks", "states", True),
        ("ellingwood2021leave", "supports", False),
        ("pratt2018timber", "states", False),
        ("council2020survey", "states", False),
    ],
)
def test_claim_is_the_authors_own_only_where_a_work_of_his_states_it(source: str, relation: str, is_own: bool) -> None:
    document = edition(SIDES, [])
    plain = document.model_dump(by_alias=True, mode="json")
    plain["perspectives"][0]["claims"][0]["cites"] = [
        {"source": "weir2016cost", "relation": "context"},
        {"source": source, "relation": relation},
    ]
    assert voices(TopicEdition.model_validate(plain))["s1"].is_authors_own is is_own


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ({"family": "Ellingwood", "given": "Mara"}, True),
        ({"family": "Ellingwood", "given": "Mara J."}, True),
        ({"family": "Ellingwood", "given": "Otto"}, False),
        ({"family": "Weir", "given": "Mara"}, False),
        ({"family": "Ellingwood"}, False),
        ({"literal": "Ellingwood"}, False),
    ],
)
def test_author_is_known_by_family_and_first_given_name(name: dict[str, str], is_own: bool) -> None:
    records = factories.source_records()
    records["weir2016cost"]["author"] = [{"literal": "Somebody Else"}, name]
    perspectives = factories.topic_document()["perspectives"]
    perspectives[0]["claims"][0]["cites"] = [{"source": "weir2016cost", "relation": "states"}]
    document = factories.topic_edition(perspectives=perspectives, sources=records)
    assert voices(document)["s1"].is_authors_own is is_own


def test_author_may_be_an_organisation() -> None:
    records = factories.source_records()
    for key in ("ellingwood2021leave", "weir2016cost"):
        records[key]["author"] = [{"literal": "The Bridge Wardens"}]
    perspectives = factories.topic_document()["perspectives"]
    perspectives[0]["claims"][2]["cites"] = [{"source": "weir2016cost", "relation": "states"}]
    own = voices(factories.topic_edition(perspectives=perspectives, sources=records))
    assert [own[claim].is_authors_own for claim in ("s1", "s2", "s3")] == [True, False, True]


@pytest.mark.parametrize(
    ("links", "lead"),
    [
        ([], None),
        ([("o1", "rebuts", "s1"), ("o2", "rebuts", "s2"), ("n1", "qualifies", "s2")], "s2"),
        ([("o1", "rebuts", "s1"), ("o2", "rebuts", "s2"), ("o1", "undercuts", "s2")], "s2"),
        ([("o1", "rebuts", "s1"), ("o2", "rebuts", "s2"), ("s2", "rebuts", "o2")], "s2"),
        ([("o1", "rebuts", "s1"), ("o2", "rebuts", "s2")], "s1"),
        ([("n1", "rebuts", "o1"), ("s1", "rebuts", "o1")], None),
    ],
)
def test_the_strongest_exchange_has_most_sides_then_most_answers(
    links: list[tuple[str, str, str]], lead: str | None
) -> None:
    found = strongest(rows(edition(SIDES, links)))
    assert (found.lead.claim.id if found else None) == lead


def test_footbridge() -> None:
    assert table(factories.topic_edition()) == [
        "s1: s1 | o1<s1 | n1",
        "s2: s2 | ! | n2",
        "s3: s3 | o2 | n3",
        "o3:  | o3 | ",
    ]
    assert [voice.is_authors_own for voice in voices(factories.topic_edition()).values()][:3] == [True, True, False]


@depth.times(0.2)
@given(folders())
def test_every_claim_is_shown_and_every_author_claim_leads_once(folder: Folder) -> None:
    article = folder["article.yaml"]
    head = {name: article[name] for name in ("article", "source", "author", "author_short", "title")}
    for name, topic in folder.items():
        if name.startswith("topics/"):
            check(TopicEdition(**topic, edition=1, article_head=head, sources=folder["sources.yaml"]))


def check(document: TopicEdition) -> None:
    found = rows(document)
    sides = [side for side in document.perspectives if side.stance is Stance.AUTHOR]
    authors = [claim.id for side in sides for claim in side.claims]
    answers = [answer for row in found for cell in row.cells for answer in cell.answers]
    times = Counter(answer.voice.claim.id for answer in answers)
    assert set(times) == set(voices(document))
    assert Counter(answer.voice.claim.id for answer in answers if not answer.is_repeated) == Counter(set(times))
    assert all(answer.voice.stance is cell.stance for row in found for cell in row.cells for answer in cell.answers)
    leads = [row.lead.claim.id for row in found]
    assert len(set(leads)) == len(leads)
    assert [claim for claim in leads if claim in authors] == [claim for claim in authors if claim in leads], "in order"
    if len(sides) == 1:
        assert leads[: len(authors)] == authors, "one perspective's claims never answer each other"
    gaps = [(row.lead.claim.id, cell.stance) for row in found for cell in row.cells if cell.gap]
    assert sorted(gaps) == sorted((gap.claim, gap.stance) for gap in document.gaps if gap.claim in leads)
    in_cells = [answer.response for answer in answers if answer.response]
    replies = [reply.response for answer in answers for reply in answer.replies]
    shown = {id(response) for response in in_cells + replies}
    assert shown == {id(response) for response in document.responses}, "no response is lost"
