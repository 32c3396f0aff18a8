"""Names are typed as lines, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.sources import names_text

FIELDS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal")
LINES = {
    "Pratt, Ada": {"family": "Pratt", "given": "Ada"},
    "Plato,": {"family": "Plato"},
    "Parish Council": {"literal": "Parish Council"},
    "Fluß, Otto [suffix: Jr.] [dropping-particle: von]": {
        "family": "Fluß",
        "given": "Otto",
        "suffix": "Jr.",
        "dropping-particle": "von",
    },
    "= Office of Bridges, Roads": {"literal": "Office of Bridges, Roads"},
    '{"literal": " spaced "}': {"literal": " spaced "},
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_a_name_and_back(line):
    assert names_text.read(line) == [LINES[line]]
    assert names_text.written([LINES[line]]) == line


def test_empty_lines_are_passed_over_and_broken_json_is_left_as_it_is():
    assert names_text.read("\n Pratt, Ada \r\n\n{half") == [LINES["Pratt, Ada"], {"literal": "{half"}]


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), st.text("ab ,=[]{}:\"é'", min_size=1), min_size=1)))
def test_no_name_is_lost(names):
    assert names_text.read(names_text.written(names)) == names
