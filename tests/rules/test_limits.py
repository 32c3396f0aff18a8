"""Texts that are too long, too deep or too many are refused in a sentence, before anything is made of them."""

import json

import pytest

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.formats.argument import aif, aif_reading, argdown_reading
from perspectives.rules.formats.bibliography import bibtex_reading, csl_reading
from perspectives.rules.intake import splitting
from tests import content, factories


def refusal(act, *given):
    with pytest.raises(BrokenRulesError) as refused:
        act(*given)
    return " ".join(map(str, (refused.value, *refused.value.problems)))


def test_an_argument_that_is_too_long():
    assert "is too long; the limit is 2,000,000 characters" in refusal(argdown_reading.read, "a" * 2_000_001)
    assert yaml_text.MAX_BYTES == 2_000_000


def test_an_argument_with_more_mistakes_than_anybody_mends_at_once():
    assert "has further problems, which are not listed" in refusal(argdown_reading.read, "nonsense [\n" * 2000)


def test_a_node_of_the_same_id_twice():
    written = json.loads(json.dumps(aif.topic(factories.topic_edition())))
    nodes = written["AIF"]["nodes"]
    answers = [node for node in nodes if "response" in node.get(aif_reading.EXTRA, ())]
    nodes.append(answers[0])
    assert "of a node above it; give each node its own" in refusal(aif_reading.read, json.dumps(written))


def test_a_string_that_defines_nothing_has_no_length():
    assert bibtex_reading.lengths(["@string{a = {bc}}", "@string{}"]).keys() == {"a"}


def test_a_csl_item_without_an_end():
    *_, last = csl_reading.split('[{"title": "' + "a" * 300_000)
    assert "has no end within 200,000 characters" in last.problem


def test_more_lines_than_an_intake_has():
    assert "50,000 entries and lines between them" in refusal(
        splitting.read, "@book{a, title = {b}}\n" + "@string{a = {b}}\n" * 60_000
    )


def test_an_entry_that_is_too_long_is_kept_and_told():
    text = "@book{a, title = {" + "a" * 100_001 + "}}"
    [entry] = splitting.read(text).entries
    assert (entry.raw, "shorten it, the limit is 100,000" in entry.problem) == (text, True)


@pytest.mark.parametrize("written", [b"][", b"Crimea: 5\n"])
def test_a_thesaurus_that_cannot_be_read(written):
    _, problems = parse({**content.files(), "thesaurus.yaml": written}, Known())
    assert [problem for problem in problems if problem.file == "thesaurus.yaml"]
