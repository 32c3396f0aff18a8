"""Every test that docs/threat-model.md names is there, and every threat names one."""

import ast
import re

from tests.repo.test_documents import ROOT, rows

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STRIDE = set("STRIDE")


def names_in(path):
    return {node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_threat_is_shown_by_tests_that_are_there():
    for place, threat, measure, shown in rows("docs/threat-model.md", "Threats"):
        assert measure, threat
        named = NAMED.findall(shown)
        assert named, threat
        assert {name for path, name in named if name not in names_in(path)} == set(), place


def test_every_letter_is_thought_of():
    kinds = {letter for row in rows("docs/threat-model.md", "Threats") for letter in row[0].rpartition(",")[2].split()}
    assert kinds >= STRIDE
