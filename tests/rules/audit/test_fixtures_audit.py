"""The fixtures under the audit: nothing that a machine can decide, and of the rest no more than there was."""

import json
from collections import Counter
from pathlib import Path

from perspectives.rules.audit.kinds import KINDS, audit
from tests import content

MOST = json.loads(Path(__file__).with_name("most.json").read_text())
"""How many findings of each kind an editor has still to read; write the smaller number here when there are fewer."""


def test_the_fixtures_have_no_more_findings_than_before():
    found = Counter(one.code for one in audit(content.packs()))
    decided = {kind.code for kind in KINDS if kind.is_decided}
    assert not decided & set(MOST)
    assert {code: number for code, number in found.items() if number > MOST.get(code, 0)} == {}
    assert {code: most for code, most in MOST.items() if found[code] < most} == {}, "fewer: write the number down"
