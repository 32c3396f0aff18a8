"""The document of a tray: everything that a reader hands in, as words and never as markup."""

from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.study import tray_document
from perspectives.rules.study.tray_document import Exported, Reference

ADDRESS = "https://debate.example/tray/?t=bridge/s1:x"
EDITION = "https://debate.example/topics/bridge/editions/2/"
RECORD = {
    "text": "The oak  is *sound*.",
    "perspective_label": "Mend what stands",
    "stance": "author",
    "is_authors_own": True,
    "kind": "factual",
    "held_by": ["Lemuel Pratt"],
    "stated_by": ["Mara Ellingwood"],
}
CITE = {
    "source": "stege2019",
    "relation": "states",
    "locator": "S. 44",
    "quote": "ebenso oft",
    "quote_status": "own-text",
}
QUOTED = Cite.model_validate({**CITE, "quote_language": "de", "translation": "as often", "translator": "the editors"})
PLAIN = Cite.model_validate({"source": "ashe2020", "relation": "supports"})
CITES = (
    Reference(QUOTED, (("Stege (2019). ", False, ""), ("Old bridges", True, ""), ("doi", False, "https://doi.org/1"))),
    Reference(PLAIN, (("ashe (2020).", False, ""),)),
)
CLAIM = Exported(
    public_id="bridge/s1",
    record=RECORD,
    topic="The bridge",
    edition="Edition 2, 3 May 2024. SHA-256 0123.",
    address=EDITION,
    cites=CITES,
    replies=(("Opposing", "rebuts", "bridge/o1", "The survey found rot."),),
)


def words(node):
    """Write a tree as plain words, blocks a line each."""
    match node:
        case list():
            return "".join(map(words, node))
        case {"t": "Str", "c": text}:
            return text
        case {"t": "Space"}:
            return " "
        case {"t": "RawInline"}:
            return ""
        case {"t": "Link", "c": [_, inner, _]} | {"t": "Header", "c": [_, _, inner]} | {"t": _, "c": inner}:
            return words(inner) + ("\n" if node["t"] in {"Header", "Para", "Plain"} else "")
        case {"blocks": blocks}:
            return words(blocks)


def lines(*claims, style="APA"):
    return words(tray_document.document(claims, ADDRESS, style)).splitlines()


def test_a_claim_has_who_states_it_citations_answers_references_and_edition():
    assert lines(CLAIM) == [
        "Comparison tray",
        f"1 claim from Debate KB: {ADDRESS}",
        "1. Author’s side: Mend what stands",
        "The oak  is *sound*.",
        "The bridge. Factual claim bridge/s1. Stated by Mara Ellingwood.",
        "What it rests on",
        (
            "Stege (2019). Old bridgesdoi S. 44. “ebenso oft” (Own text seen)"
            " (as often; translated by the editors) [states it]"
        ),
        "ashe (2020). [supports it]",
        "What answers it",
        "Opposing, bridge/o1, rebuts this: The survey found rot.",
        "References (APA)",
        "ashe (2020).",
        "Stege (2019). Old bridgesdoi",
        "How to cite the topics",
        f"Debate KB. “The bridge”. Edition 2, 3 May 2024. SHA-256 0123. {EDITION}",
    ]


def test_a_claim_without_anyone_who_states_it_citation_or_answer_and_not_the_authors_own():
    bare = Exported(
        "bridge/s3", {**RECORD, "stated_by": [], "is_authors_own": False}, "The bridge", "Edition 2.", EDITION
    )
    assert lines(bare)[2:5] == [
        "1. Author’s side: Mend what stands",
        "The oak  is *sound*.",
        "The bridge. Factual claim bridge/s3. Argued by others on this side.",
    ]
    assert "References (APA)" not in lines(bare)


def test_what_is_gone_is_said_to_be_gone():
    assert lines(Exported("bridge/s9"))[2:] == ["1. bridge/s9", "This claim is in no current edition any more."]


def test_each_work_and_each_edition_is_named_once_at_the_end():
    found = lines(CLAIM, CLAIM, Exported("bridge/s9"), style="MLA")
    end = found[found.index("References (MLA)") :]
    assert len(end) == 5
    assert found[1].startswith("3 claims from")
