"""Groups of the thesaurus: which terms can be looked for."""

import pytest
from pydantic import ValidationError

from perspectives.rules.search.thesaurus import THESAURUS


def test_words_and_open_endings_are_taken():
    assert THESAURUS.validate_python({"bridge": ["footbridge", "містк*"]}) == {"bridge": ("footbridge", "містк*")}


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (["steg", "*"], "has no letter and no digit; write a word or a name"),
        (["steg", "--"], "has no letter and no digit; write a word or a name"),
        (["steg", "foot*bridge"], "has a '*' that is not its last character"),
        (["steg", "steg"], "names 'steg' twice; remove one of the two"),
        (["steg"], "at least 2 items"),
    ],
)
def test_terms_that_cannot_be_looked_for_are_told(terms, said):
    with pytest.raises(ValidationError) as refused:
        THESAURUS.validate_python({"bridge": terms})
    assert said in str(refused.value)
