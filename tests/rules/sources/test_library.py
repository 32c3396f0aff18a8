"""Books, and works to which nothing else leads, can be looked for in a library."""

import pytest

from perspectives.rules.sources.library import search_url
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories

TEMPLATE = "https://library.example/search?q={query}&lang=en"
WAYS = {"DOI": None, "URL": None, "ISBN": None}


def found(**fields):
    record = factories.source_record(**{**WAYS, **fields})
    return search_url(SourceRecord.model_validate({k: v for k, v in record.items() if v is not None}), TEMPLATE)


def asked(words):
    return f"https://library.example/search?q={words}&lang=en"


@pytest.mark.parametrize("way", [{"DOI": "10.5555/1"}, {"URL": "https://x.example/"}])
def test_books_are_looked_for_always_and_articles_only_without_a_way(way):
    of = {"title": "Beams & Spans", "author": [{"family": "O’Hara", "given": "Ada"}]}
    assert found(type="article-journal", **of) == asked("Beams+%26+Spans+O%E2%80%99Hara")
    assert found(type="article-journal", **of, **way) == ""
    assert found(type="book", **of, **way) == asked("Beams+%26+Spans+O%E2%80%99Hara")


def test_an_isbn_is_asked_for_before_words():
    assert found(type="book", ISBN="978-0-306-40615-7") == asked("978-0-306-40615-7")
    assert found(type="report", ISBN="978-0-306-40615-7") == ""


def test_of_a_chapter_the_book_is_looked_for():
    chapter = {"type": "chapter", "title": "Rot", "author": [{"family": "Pratt"}], "editor": [{"literal": "The Guild"}]}
    assert found(**chapter, **{"container-title": "All Bridges"}) == asked("All+Bridges+The+Guild")
    assert found(**chapter, **{"container-title": None}) == asked("Rot+Pratt")


def test_a_work_of_nobody_is_looked_for_by_its_title():
    assert found(type="document", title="Ledger", author=[]) == asked("Ledger")
