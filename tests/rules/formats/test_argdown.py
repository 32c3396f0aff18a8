"""Argdown: out and back the same, hostile texts too; what cannot be read is named by line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.formats.argument import argdown, argdown_reading
from tests import content, depth, factories
from tests.arguments import argument_of
from tests.rules.strategies import folders

HOSTILE = [
    "[s1]: no {kind: legal} #author",
    "# heading",
    "- item -> [s1] <+ x _> y ><",
    "\\ \\\\ \\[ a\\",
    "*bold* **b** _i_ __b__ a_b",
    "=== front === matter ====",
    "// comment /* c */ <!-- c --> http://x.example/a",
    "@[s1] @<a> <a>: <b>",
    ".A. :heart: U.S.A. a...b ::x:: e.g. 12:30:45",
    '"quotes" \u2018single\u2019 {a: "b} c"} }, {} ]: x',
    "{",
    "}",
    "#",
    "Росія العربية 中文 🙂 a\u00a0b \U00010348 \ufffe",
    "(1) one 1. two -- three ----",
    "ends with #author",
    "ends with {kind: factual}",
]


def document(**changes):
    return TopicDocument.model_validate(factories.topic_document(**changes))


def hostile_document(text):
    changed = factories.topic_document()
    changed["title"] = text
    for side in changed["perspectives"]:
        side["label"] = text
        for claim in side["claims"]:
            claim["text"] = text
    for link in changed["responses"]:
        link["note"] = text
    return TopicDocument.model_validate(changed)


def written():
    return argdown.topic(document())


def problems(text):
    with pytest.raises(BrokenRulesError) as refusal:
        argdown_reading.read(text, "file")
    return [str(problem) for problem in refusal.value.problems]


def numbered(text, part):
    return next(number for number, line in enumerate(text.split("\n"), start=1) if part in line)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_comes_back_the_same(slug):
    topic = content.topic(slug)
    assert argdown_reading.read(argdown.topic(topic)) == argument_of(topic)


@given(folders())
@depth.times(0.2)
def test_random_topics_come_back_the_same(folder):
    for name, plain in folder.items():
        if name.startswith("topics/"):
            topic = TopicDocument.model_validate(plain)
            assert argdown_reading.read(argdown.topic(topic)) == argument_of(topic)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_the_same(text):
    topic = hostile_document(text)
    assert argdown_reading.read(argdown.topic(topic)) == argument_of(topic)


@given(
    st.text(st.sampled_from("\\{}[]#@*_=/.:<>-+ \"'aé\u00a0"), min_size=1, max_size=30).map(lambda text: f"x{text}x")
)
@depth.times(2)
def test_any_mixture_of_signs_comes_back_the_same(text):
    topic = hostile_document(" ".join(filter(None, text.split(" "))))
    assert argdown_reading.read(argdown.topic(topic)) == argument_of(topic)


def test_a_topic_as_people_see_it():
    text = argdown.topic(factories.topic_edition())
    assert text.startswith('===\ntitle: "')
    assert f'debatekb:\n  topic: "{factories.TOPIC}"\n  edition: 1\n===\n\n# ' in text
    side = document().perspectives[0]
    claim = side.claims[0]
    assert f'\n\n## {side.label} {{perspective: "{side.id}", stance: author}}\n\n' in text
    assert f"\n[{claim.id}]: {argdown.escaped(claim.text)} #author {{kind: {claim.kind.value}}}\n" in text
    link = document().responses[0]
    line = f'  {argdown.SIGNS[link.type]} [{link.to_claim}] {{{link.from_claim} {link.type.value}: "{link.note}"}}\n'
    assert line in text
    assert "edition" not in written()


def test_a_text_may_go_on_over_several_lines_and_have_comments():
    claim = document().perspectives[0].claims[0]
    half = len(claim.text) // 2
    cut = claim.text.index(" ", half)
    line = f"{claim.text[:cut]}\n// a remark\n    {claim.text[cut + 1 :]}"
    text = written().replace(f"[{claim.id}]: {claim.text}", f"[{claim.id}]:\n{line}", 1).replace("\n", "\r\n")
    assert "a remark" in text
    assert argdown_reading.read("\ufeff" + text) == argument_of(document())


def test_hand_edits_are_read():
    claim, other = (document().perspectives[i].claims[0] for i in (0, 1))
    text = written().replace(f"[{claim.id}]: {claim.text}", f"[{claim.id}]: A *new* sentence.", 1)
    text += f"\n[new-1]: One more. {{kind: causal}}\n  +> [{claim.id}] {{new-1 concedes: of course}}\n"
    found = argdown_reading.read(text)
    assert found.claims[0].text == "A *new* sentence."
    assert (found.claims[-1].id, found.claims[-1].kind.value) == ("new-1", "causal")
    assert found.claims[-1].perspective == document().perspectives[-1].id
    assert (found.responses[-1].note, found.responses[-1].to_claim) == ("of course", claim.id)
    assert other.id in {item.id for item in found.claims}


HEAD = "===\ndebatekb:\n  topic: t\n===\n\n## Side {perspective: p, stance: author}\n\n"
WRONG = [
    ("", "file:1: begins without front matter; write"),
    ("[a]: b\n", "file:1: begins without front matter; write"),
    ("===\ntitle: x\n===\n", "file:1: names no topic; write 'topic: <slug>'"),
    ("===\ndebatekb: x\n===\n", "file:1: names no topic"),
    ("===\ndebatekb:\n  topic: A B\n===\n", "file: topic: 'A B' is not a slug"),
    ("===\n- x\n===\n", "file:2: holds data that is no mapping"),
    ("===\na: b\nc: [\n===\n", "file:4: holds data that cannot be read: it is not YAML"),
    (HEAD + "nonsense\n", "file:8: 'nonsense' is no heading, claim or relation; write '[id]: text'"),
    (HEAD + "<a>: argument\n", "file:8: '<a>: argument' is no heading, claim or relation"),
    (
        HEAD.replace("## Side {perspective: p, stance: author}", "") + "[a]: b\n",
        "stands above every perspective; put it",
    ),
    (HEAD.replace(", stance: author", ""), "file:6: needs whose heading it is; end it with {perspective: <id>"),
    (HEAD + "[a]: b\n", "file:8: kind: is missing; add 'kind:'"),
    (HEAD + "[a]: {kind: causal}\n", "file:8: text: is empty; write the text"),
    (HEAD + "[a]: b {kind: odd}\n", "file:8: kind: 'odd' is not one of the known values; write 'factual'"),
    (HEAD + "[a]: b {kind: causal, colour: red}\n", "file:8: colour: is not a field known here"),
    (HEAD + "[a]: b {kind: causal\n", "file:8: holds data that cannot be read: it is not YAML"),
    (HEAD + "[A]: b {kind: causal}\n", "file:8: id: 'A' is not a slug"),
    (HEAD + "[a]: b #odd {kind: causal}\n", "file:8: has the tag '#odd', not its perspective's stance; remove the tag"),
    (HEAD + "[a]: b {kind: causal}\n\n[a]: c {kind: causal}\n", "file:10: 'a' stands here a second time; keep one"),
    (HEAD + "  -> [a] {b rebuts: c}\n", "file:8: is a relation below no claim; put it below the claim"),
    (HEAD + "[a]: b {kind: causal}\n  -> [c]\n", "file:9: needs to say how and why it answers; write it like"),
    (HEAD + "[a]: b {kind: causal}\n  -> [c] words {a rebuts: x}\n", "file:9: needs to say how and why it answers"),
    (HEAD + "[a]: b {kind: causal}\n  -> [c] {x rebuts: x}\n", "file:9: says 'x rebuts' below 'a'; write the same"),
    (HEAD + "[a]: b {kind: causal}\n  -> [c] {a odd: x}\n", "file:9: type: 'odd' is not one of the known values"),
    (HEAD + "[a]: b {kind: causal}\n  +> [c] {a rebuts: x}\n", "file:9: draws '+>' but says 'rebuts'; write '->' for"),
    (HEAD + "[a]: b {kind: causal}\n  <- [c] {a rebuts: x}\n", "file:9: draws '<-' but says 'rebuts'"),
    (HEAD + "[a]: b {kind: causal}\n  -> [c] {a rebuts: x}\n", "file:9: 'c' is no claim of this file; write the id"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:60] for _, expected in WRONG])
def test_what_cannot_be_read_is_named_by_line(text, expected):
    assert [problem for problem in problems(text) if problem.startswith("file") and expected in problem]


def test_all_problems_are_found_in_one_run():
    found = problems(HEAD + "[a]: b {kind: odd}\n\nnonsense\n\n[c]: d\n")
    assert [problem.split(" ")[0] for problem in found] == ["file:8:", "file:10:", "file:12:"]


def test_lines_are_counted_from_the_top_of_the_file():
    text = written()
    part = f"[{document().perspectives[1].claims[0].id}]:"
    broken = text.replace("kind: ", "kind: x").replace("\n\n", "\n\n// remark\n\n")
    assert any(problem.startswith(f"file:{numbered(broken, part)}: kind: ") for problem in problems(broken))


def outcome(text):
    """Read; give the argument, or the problems with which it was refused."""
    try:
        return argdown_reading.read(text), ()
    except BrokenRulesError as refusal:
        return None, refusal.problems


@given(
    st.integers(0, 10_000), st.integers(0, 40), st.text(st.sampled_from("\\{}[]#:<>-+_=\n \t\0a\ud800,"), max_size=12)
)
@example(179, 0, ":\n:")
@depth.times(2)
def test_nothing_but_a_refusal_comes_of_damaged_files(place, gone, put):
    text = written()
    place %= len(text)
    argument, found = outcome(text[:place] + put + text[place + gone :])
    assert all("; " in str(problem) for problem in found)
    assert found or argument.claims
