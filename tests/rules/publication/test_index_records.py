"""What the published index keeps of an edition."""

from typing import Any

from perspectives.rules.publication import index_records
from perspectives.vocab import Stance
from tests import factories

Record = dict[str, Any]


def test_plain_leaves_out_what_was_left_out() -> None:
    document = factories.topic_edition(tags=[])
    plain = index_records.plain(document)
    assert "tags" not in plain
    assert plain["responses"][0] == {
        "from": "o1",
        "to": "s1",
        "type": "rebuts",
        "note": "The survey reports rot where Ellingwood sees soundness.",
    }
    assert plain["sources"]["brueckner2019stege"]["editor"] == [
        {"family": "Fluß", "given": "Otto", "dropping-particle": "von"},
    ]
    assert type(document).model_validate(plain) == document


def test_topic_summary() -> None:
    assert index_records.topic_summary(factories.topic_edition()) == {
        "topic": "replace-or-repair",
        "article": "ellingwood-2021-footbridge",
        "order": 10,
        "title": "Replacing or repairing the footbridge",
        "question": "Should the village of Nether Wending replace its old footbridge?",
        "asked_as": ["should they build a new bridge", "Soll die alte Brücke weg?"],
        "period": {"start": "1820", "end": "2021-06"},
        "tags": ["bridges", "village-life"],
        "edition": 1,
        "positions": [
            {
                "perspective": "repair",
                "stance": "author",
                "label": "Mend what stands",
                "held_by": ["Mara Ellingwood", "Lemuel Pratt"],
                "claims": 3,
            },
            {
                "perspective": "replace",
                "stance": "opposing",
                "label": "Build anew in steel",
                "held_by": ["Ṣadé Okoro"],
                "claims": 3,
            },
            {"perspective": "wait", "stance": "neutral", "label": "Measure first", "held_by": [], "claims": 3},
        ],
        "cruxes": [{"question": "Is the frame rotten beneath the planks?", "kind": "fact"}],
        "counts": {"claims": 9, "responses": 6, "sources": 10, "events": 2},
    }


def test_article_summary() -> None:
    assert index_records.article_summary(factories.article_edition(edition=3)) == {
        "article": "ellingwood-2021-footbridge",
        "source": "ellingwood2021leave",
        "author": "Mara Ellingwood",
        "author_short": "Ellingwood",
        "title": "Leave the Old Bridge Alone",
        "about": "About a footbridge in the invented village of Nether Wending, by Mara Ellingwood, who lives there.",
        "edition": 3,
        "counts": {"passages": 2, "findings": 2},
    }


def test_claim_records_show_a_claim_alone() -> None:
    records = {record["id"]: record for record in index_records.claim_records(factories.topic_edition())}
    sides = factories.topic_document()["perspectives"]
    assert list(records) == [f"replace-or-repair/{claim['id']}" for side in sides for claim in side["claims"]]
    assert records["replace-or-repair/s1"] == {
        "id": "replace-or-repair/s1",
        "topic": "replace-or-repair",
        "article": "ellingwood-2021-footbridge",
        "edition": 1,
        "perspective": "repair",
        "perspective_label": "Mend what stands",
        "stance": "author",
        "held_by": ["Mara Ellingwood", "Lemuel Pratt"],
        "stated_by": ["Mara Ellingwood"],
        "is_authors_own": True,
        "kind": "factual",
        "text": "The oak frame is sound and needs only two new planks.",
        "cites": [
            {
                "source": "ellingwood2021leave",
                "locator": "section 1",
                "quote": "oak that has carried us dry-shod",
                "quote_status": "verified",
                "relation": "states",
            },
        ],
        "answers": [
            {"claim": "replace-or-repair/o1", "type": "rebuts", "note": "Ellingwood pressed her own thumb on it."},
        ],
        "answered_by": [
            {
                "claim": "replace-or-repair/o1",
                "type": "rebuts",
                "note": "The survey reports rot where Ellingwood sees soundness.",
            },
            {"claim": "replace-or-repair/n1", "type": "qualifies", "note": "Five planks tell little about forty."},
        ],
        "gaps": [],
    }
    gap = {"stance": "opposing", "note": "No engineer was found who prices the repair."}
    assert records["replace-or-repair/s2"]["gaps"] == [gap]
    assert records["replace-or-repair/s3"]["is_authors_own"] is False


def test_passage_records_name_their_article() -> None:
    first, second = index_records.passage_records(factories.article_edition())
    assert first["id"] == "ellingwood-2021-footbridge/p1"
    assert second == {
        "id": "ellingwood-2021-footbridge/p2",
        "article": "ellingwood-2021-footbridge",
        "edition": 1,
        "section": "The bill: who pays?",
        "start": 400,
        "end": 520,
        "quote": "let those who cross it pay",
        "quote_by": "Old Tom of the Mill",
        "paraphrase": "Ellingwood quotes a miller who would charge every walker.",
        "topics": ["who-should-pay", "replace-or-repair"],
        "claims": ["who-should-pay/s1", "replace-or-repair/s2"],
        "findings": [
            {
                "topic": "who-should-pay",
                "finding": "unsupported",
                "note": "No record of the miller's saying was found.",
            },
        ],
    }


def test_topic_uses_name_every_use_of_a_source() -> None:
    uses = list(index_records.topic_uses(factories.topic_edition()))
    assert [use["in"] for _, use in uses] == ["claim"] * 11 + ["agreement", "event"] + ["bibliography"] * 2
    where = {"topic": "replace-or-repair", "title": "Replacing or repairing the footbridge"}
    cite = {"source": "weir2016cost", "locator": "p. 3", "relation": "supports"}
    claim = {
        "claim": "replace-or-repair/s2",
        "stance": "author",
        "text": "Mending costs a tenth of what a new bridge would.",
    }
    assert uses[2] == ("weir2016cost", {"in": "claim", **where, **claim, "cite": cite})
    own = {"source": "council2020survey", "relation": "supports"}
    assert uses[11] == ("council2020survey", {"in": "agreement", **where, "text": "Two planks are soft.", "cite": own})
    event = {"source": "council2020survey", "locator": "p. 1", "relation": "states"}
    text = "2020-02-29: Survey: two soft planks"
    assert uses[12] == ("council2020survey", {"in": "event", **where, "text": text, "cite": event})
    argues = "Nobody knows what small bridges cost."
    assert uses[14] == ("weir2016cost", {"in": "bibliography", **where, "text": argues})


def test_article_uses_begin_with_the_article_itself() -> None:
    article, finding = index_records.article_uses(factories.article_edition())
    head: Record = {"article": "ellingwood-2021-footbridge"}
    assert article == ("ellingwood2021leave", {"in": "article", **head, "title": "Leave the Old Bridge Alone"})
    assert finding == (
        "council2020survey",
        {
            "in": "finding",
            **head,
            "passage": "p1",
            "topic": "replace-or-repair",
            "text": "The parish survey dates the oak to 1820, but three planks were renewed in 1967.",
            "cite": {
                "source": "council2020survey",
                "locator": "p. 4",
                "quote": "three planks of 1967",
                "quote_status": "verified",
                "relation": "supports",
            },
        },
    )


def test_positions_are_picked_by_stance() -> None:
    summary = index_records.topic_summary(factories.topic_edition(factories.OTHER_TOPIC))
    assert [side["perspective"] for side in index_records.positions_of(summary, Stance.OPPOSING)] == [
        "parish",
        "county",
    ]
    assert [side["perspective"] for side in index_records.positions_of(summary, Stance.AUTHOR)] == ["walkers"]


def test_a_person_holds_positions_and_states_claims_apart() -> None:
    document = factories.topic_edition()
    positions = list(index_records.position_records(document))
    claims = {record["id"]: record for record in index_records.claim_records(document)}
    stated = [claim for claim in claims.values() if "Mara Ellingwood" in claim["stated_by"]]
    held = [position for position in positions if position["person"] == "mara-ellingwood"]
    both = index_records.person_record("mara-ellingwood", held, stated)
    assert both["name"] == "Mara Ellingwood"
    assert [position["label"] for position in both["positions"]] == ["Mend what stands"]
    assert both["states"] == ["replace-or-repair/s1", "replace-or-repair/s2"]
    assert both["counts"] == {"topics": 1, "claims": 3, "stated": 2}
    county = index_records.person_record("imaginary-county-of-wend", [], [claims["replace-or-repair/o3"]])
    assert (county["name"], county["positions"]) == ("Imaginary County of Wend", [])
    assert county["counts"] == {"topics": 1, "claims": 0, "stated": 1}
