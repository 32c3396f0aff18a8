"""Files are known by key, DOI or title."""

import pytest

from perspectives.rules.evidence.file_matching import source_of
from perspectives.rules.sources.source_record import SourceRecord

CHECKED = {"metadata": "verified"}


def record(title, doi=None):
    about = {
        "type": "article-journal",
        "title": title,
        "language": "en",
        "category": "peer-reviewed",
        "checked": CHECKED,
    }
    return SourceRecord.model_validate(about | ({"DOI": doi} if doi else {}))


SOURCES = {
    "smith2001treaty": record("A treaty and its readers", "10.1000/treaty.1"),
    "jones2002treaty": record("A treaty and its readers revisited"),
    "short2003war": record("War"),
}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("jones2002treaty", "", ("jones2002treaty", "key")),
        ("10.1000_treaty.1", "", ("smith2001treaty", "DOI")),
        ("download", "https://doi.org/10.1000/TREATY.1.", ("smith2001treaty", "DOI")),
        ("download", "https://doi.org/10.1000/treaty.12", None),
        ("A treaty and its readers (1)", "", ("smith2001treaty", "title")),
        ("x", "JOURNAL\nA Treaty and its\nReaders Revisited\nBy B. Jones", ("jones2002treaty", "title")),
        ("war", "War is a word", None),
        ("x", "y" * 6000 + "10.1000/treaty.1", None),
    ],
)
def test_source_of(name, text, expected):
    found = source_of(name, text, SOURCES)
    assert (found and (found.key, found.by)) == expected
