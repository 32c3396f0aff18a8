"""The gate as a table: for each rule documents that just pass and just fail, and where the failure is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

import pytest

from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication import balance
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import SourceCategory, Stance
from tests import factories

Plain = dict[str, Any]
Change = Callable[[Plain, Plain], None]
"""Changes a topic and its sources in place."""

PERSPECTIVES = "perspectives"
LENGTH = [("similar-length", PERSPECTIVES)]


def sides(topic: Plain, *stances: str) -> list[Plain]:
    return [side for side in topic["perspectives"] if side["stance"] in stances]


def claims(topic: Plain, *stances: str) -> list[Plain]:
    return [claim for side in sides(topic, *stances) for claim in side["claims"]]


def set_words(topic: Plain, stance: str, count: int) -> None:
    """Give the perspectives of a stance so many words altogether: one for each claim, the rest in the first summary."""
    own = claims(topic, stance)
    for claim in own:
        claim["text"] = "word"
    for side in sides(topic, stance):
        side["summary"] = "word"
    rest = count - len(own) - len(sides(topic, stance)) + 1
    sides(topic, stance)[0]["summary"] = " ".join(["word"] * rest)


def words(author: int, opposing: int, neutral: int) -> Change:
    def change(topic: Plain, _: Plain) -> None:
        for stance, count in (("author", author), ("opposing", opposing), ("neutral", neutral)):
            if sides(topic, stance):
                set_words(topic, stance, count)

    return change


def drop_claims(stance: str, count: int) -> Change:
    def change(topic: Plain, _: Plain) -> None:
        side = sides(topic, stance)[0]
        gone = {claim["id"] for claim in side["claims"][count:]}
        side["claims"] = side["claims"][:count]
        topic["responses"] = [link for link in topic["responses"] if not gone & {link["from"], link["to"]}]
        topic["gaps"] = [gap for gap in topic["gaps"] if gap["claim"] not in gone]
        fill_gaps(topic)
        words(20, 20, 20)(topic, {})

    return change


def fill_gaps(topic: Plain) -> None:
    """Say every gap that there is."""
    document = TopicDocument.model_validate(topic)
    rule = next(rule for rule in balance.RULES if rule.code == "answered-or-gap")
    for where, message in rule.breaches(document, {}):
        stance = "opposing" if "opposing" in message else "neutral"
        topic["gaps"].append({"claim": where.split("/")[1], "stance": stance, "note": "None was found."})


def cite_only(keys: int, scholarly: int) -> Change:
    """Let opposing and neutral claims cite so many sources, of which so many count as scholarly or primary."""

    def change(topic: Plain, sources: Plain) -> None:
        for number in range(keys):
            category = "peer-reviewed" if number < scholarly else "scholarly-essay"
            sources[f"k{number}"] = factories.source_record(category=category)
        for number, claim in enumerate(claims(topic, "opposing", "neutral")):
            claim["cites"] = [{"source": f"k{number % keys}", "relation": "supports"}]

    return change


def extra_author(topic: Plain, _: Plain) -> None:
    cites = [{"source": "weir2016cost", "relation": "supports"}]
    own = [{"id": f"x{number}", "text": "word", "kind": "factual", "cites": cites} for number in range(3)]
    topic["perspectives"].append({"id": "x", "stance": "author", "label": "x", "summary": "word", "claims": own})
    fill_gaps(topic)


def overstated(topic: Plain, sources: Plain) -> None:
    sources["unseen"] = factories.source_record(checked={"metadata": "verified"})
    cite = {"source": "unseen", "relation": "context", "quote": "a plank", "quote_status": "description"}
    topic["events"][0]["cites"] = [cite]


def in_office(topic: Plain, sources: Plain) -> None:
    author = {"family": "Umbo", "given": "Zara"}
    sources["decree"] = factories.source_record(category="official-statement", author=[author])
    topic["perspectives"][1].setdefault("held_by", []).append("Zara Umbo")


def demote(_: Plain, sources: Plain) -> None:
    for record in sources.values():
        record["category"] = "opinion"


def no_side(stance: str) -> Change:
    def change(topic: Plain, _: Plain) -> None:
        gone = {claim["id"] for claim in claims(topic, stance)}
        kept = next(side for side in sides(topic, "opposing", "neutral") if side["stance"] != stance)
        topic["perspectives"] = [side for side in topic["perspectives"] if side["stance"] != stance]
        topic["responses"] = [link for link in topic["responses"] if not gone & {link["from"], link["to"]}]
        keys = ["brueckner2019stege", "council2020survey", "floods2017levels", "okoro2020spans", "pratt2018timber"]
        kept["claims"][0]["cites"] = [{"source": key, "relation": "supports"} for key in keys]
        topic["gaps"] = []
        fill_gaps(topic)

    return change


def without_author(topic: Plain, _: Plain) -> None:
    topic.update(perspectives=sides(topic, "opposing", "neutral"), responses=[], gaps=[])


def cut(name: str, count: int) -> Change:
    def change(topic: Plain, _: Plain) -> None:
        topic[name] = topic[name][:count]

    return change


def uncited(topic: Plain, _: Plain) -> None:
    for claim in (claims(topic, "author")[0], claims(topic, "opposing")[2]):
        claim["cites"] = []


def unanswered(topic: Plain, _: Plain) -> None:
    topic["gaps"] = []
    topic["responses"] = [link for link in topic["responses"] if (link["from"], link["to"]) != ("n3", "s3")]


def answered_by_author(topic: Plain, _: Plain) -> None:
    """A claim of the author's own stance is no answer."""
    topic["gaps"] = []
    topic["responses"].append({"from": "s1", "to": "s2", "type": "corroborates", "note": "x"})


def one_named(topic: Plain, _: Plain) -> None:
    topic["teaching"] = {"aim": "Pupils weigh what Ellingwood says."}


def all_named(topic: Plain, _: Plain) -> None:
    topic["cruxes"][0]["prompts"] = ["Whom would a probe prove right: Ellingwood, Okoro, or neither?"]


def none_named(topic: Plain, _: Plain) -> None:
    topic["teaching"] = {"aim": "Pupils weigh repairs.", "note": "Soft is not rotten."}


def nothing(_: Plain, __: Plain) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class Case:
    """A change of the valid topic and what the gate says to it: code and place of each breach."""

    id: str
    change: Change
    breaches: list[tuple[str, str]] = field(default_factory=list)
    says: str = ""


TOO_FEW = "perspectives[{}].claims"
CASES = [
    Case("as-it-is", nothing),
    Case("two-authors", extra_author, [("one-author", PERSPECTIVES)], "has 2 perspectives of stance 'author'; keep"),
    Case("no-author", without_author, [("one-author", PERSPECTIVES)], "has 0 perspectives of stance 'author'"),
    Case("no-opposing", no_side("opposing"), [("each-stance", PERSPECTIVES)], "no perspective of stance 'opposing'"),
    Case("no-neutral", no_side("neutral"), [("each-stance", PERSPECTIVES)], "no perspective of stance 'neutral'"),
    *(
        Case(
            f"2-claims-{stance}", drop_claims(stance, 2), [("enough-claims", TOO_FEW.format(place))], "has 2 claims; at"
        )
        for place, stance in enumerate(Stance.values)
    ),
    *(Case(f"3-claims-{stance}", drop_claims(stance, 3)) for stance in Stance.values),
    Case(
        "uncited",
        uncited,
        [("claims-cited", "replace-or-repair/s1"), ("claims-cited", "replace-or-repair/o3")],
        "has no citation; cite a source or cut the claim",
    ),
    Case("5-sources-3-scholarly", cite_only(5, 3)),
    Case("4-sources-3-scholarly", cite_only(4, 3), [("enough-sources", PERSPECTIVES)], "cite 4 sources; at least 5"),
    Case("5-sources-2-scholarly", cite_only(5, 2), [("enough-scholarly", PERSPECTIVES)], "cite 2 scholarly or primary"),
    Case(
        "unanswered",
        unanswered,
        [("answered-or-gap", "replace-or-repair/s2"), ("answered-or-gap", "replace-or-repair/s3")],
        "; add a response, or a gap that says what is missing",
    ),
    Case(
        "own-side",
        answered_by_author,
        [("answered-or-gap", "replace-or-repair/s2")],
        "is answered by no opposing claim",
    ),
    Case("2-agreements", cut("common_ground", 2)),
    Case("1-agreement", cut("common_ground", 1), [("agreements", "common_ground")], "has 1 agreements; at least 2"),
    Case("no-crux", cut("cruxes", 0), [("crux", "cruxes")], "is empty; name the question on which the sides part"),
    Case("half-as-long", words(20, 10, 20)),
    Case("less-than-half", words(20, 9, 20), LENGTH, "the opposing side has 9 words, the"),
    Case("half-as-long-again", words(20, 30, 30)),
    Case("longer-than-that", words(20, 20, 31), LENGTH, "the neutral side has 31 words, the"),
    Case("odd-limits-met", words(21, 11, 31)),
    Case("odd-limit-below", words(21, 10, 31), LENGTH, "author's 21; keep it within 11 to 31"),
    Case("odd-limit-above", words(21, 11, 32), LENGTH, "author's 21; keep it within 11 to 31"),
    Case(
        "in-office", in_office, [("roles-told", "perspectives[1].held_by")], "Zara Umbo speaks in office in a source;"
    ),
    Case("aim-names-one", one_named, [("lessons-even", "teaching.aim")], "names Mara Ellingwood and nobody of another"),
    Case("prompt-names-all", all_named),
    Case("note-names-none", none_named),
    Case("overstated", overstated, [("quotations-as-seen", "events/0")], "quotes unseen as 'description', and the"),
]
ONE_RULE: dict[str, Change] = {
    "one-author": extra_author,
    "each-stance": no_side("neutral"),
    "enough-claims": drop_claims("author", 2),
    "claims-cited": uncited,
    "enough-sources": cite_only(4, 3),
    "enough-scholarly": demote,
    "answered-or-gap": unanswered,
    "agreements": cut("common_ground", 1),
    "crux": cut("cruxes", 0),
    "similar-length": words(20, 31, 20),
    "quotations-as-seen": overstated,
    "roles-told": in_office,
    "lessons-even": one_named,
}
"""For each rule, in their order, a change that breaks it and no other."""


def made(change: Change) -> tuple[TopicDocument, dict[str, SourceRecord]]:
    topic, sources = factories.topic_document(), factories.source_records()
    change(topic, sources)
    records = {key: SourceRecord.model_validate(record) for key, record in sources.items()}
    return TopicDocument.model_validate(topic), records


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_rule_at_its_limit(case: Case) -> None:
    found = balance.broken(*made(case.change))
    assert [(breach.code, breach.where) for breach in found] == case.breaches, found
    assert not found or any(case.says in breach.message for breach in found)


def test_codes_are_unique_and_each_has_a_failing_case() -> None:
    codes = [rule.code for rule in balance.RULES]
    assert len(set(codes)) == len(codes)
    assert codes == list(ONE_RULE)
    assert set(codes) == {code for case in CASES for code, _ in case.breaches}


@pytest.mark.parametrize("pair", list(combinations_with_replacement(ONE_RULE, 2)), ids="+".join)
def test_refusal_lists_every_broken_rule_and_no_other(pair: tuple[str, str]) -> None:
    def change(topic: Plain, sources: Plain) -> None:
        for code in dict.fromkeys(pair):
            ONE_RULE[code](topic, sources)

    codes = [breach.code for breach in balance.broken(*made(change))]
    assert list(dict.fromkeys(codes)) == list(dict.fromkeys(pair))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (cut("cruxes", 0), "crux: cruxes: is empty; name the question on which the sides part, and its kind"),
        (uncited, "claims-cited: replace-or-repair/s1: has no citation; cite a source or cut the claim"),
    ],
)
def test_breach_is_written_in_one_line(change: Change, line: str) -> None:
    assert str(balance.broken(*made(change))[0]) == line


@pytest.mark.parametrize("category", SourceCategory)
def test_scholarly_or_primary_are_these(category: SourceCategory) -> None:
    counted = {"peer-reviewed", "university-press", "primary-document", "official-statement", "dataset"}
    assert category.is_scholarly_or_primary is (category.value in counted)

    def change(topic: Plain, sources: Plain) -> None:
        cite_only(5, 2)(topic, sources)
        sources["k4"] |= {"category": category.value, "author": [{"literal": "The Parish"}]}

    assert (balance.broken(*made(change)) == ()) is (category.value in counted)


def test_figures_count_each_stance() -> None:
    found = balance.figures(*made(nothing))
    assert found.words == {Stance.AUTHOR: 42, Stance.OPPOSING: 42, Stance.NEUTRAL: 40}
    assert found.claims == {Stance.AUTHOR: 3, Stance.OPPOSING: 3, Stance.NEUTRAL: 3}
    assert found.sources == {Stance.AUTHOR: 4, Stance.OPPOSING: 4, Stance.NEUTRAL: 3}
    assert (found.answering, found.scholarly) == (6, 5)


def test_figures_take_all_perspectives_of_a_stance_together() -> None:
    document = TopicDocument.model_validate(factories.topic_document(factories.OTHER_TOPIC))
    found = balance.figures(document, {})
    assert found.claims[Stance.OPPOSING] == 6
    assert found.sources[Stance.OPPOSING] == 6
    assert found.words[Stance.OPPOSING] == 50
    assert found.scholarly == 0, "a source without a record counts for nothing"


def passages_of(*texts: str) -> list[str]:
    """Give what is wrong with a guide that has a passage of each of these texts; '' is a passage of none."""
    plain = factories.article_document()
    first = {**plain["passages"][0], "findings": []}
    passages = [
        {**first, "id": f"p{number}", **({"text_sha256": text * 64} if text else {})}
        for number, text in enumerate(texts, 1)
    ]
    guide = ArticleDocument.model_validate({**plain, "passages": passages, "links": []})
    return [str(one) for one in balance.broken_in_guide(guide, {})]


def test_a_guide_has_passages_and_all_of_one_text() -> None:
    empty = "has-passages: passages: is empty; pick at least one passage of the article"
    assert passages_of() == [empty]
    assert passages_of("a") == passages_of("a", "", "a") == passages_of("") == []
    where = f"one-text: {factories.article_document()['article']}/p"
    other = "was picked from another text than most; pick it anew from the same text"
    assert passages_of("b", "a", "", "a") == [f"{where}1: {other}"]
    assert passages_of("a", "b", "a", "a", "c") == [f"{where}2: {other}", f"{where}5: {other}"]
