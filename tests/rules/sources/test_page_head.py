"""What a web page says of itself: the tags that scholarly search engines read, else its title."""

import pytest

from perspectives.rules.sources.page_head import item

ADDRESS = "https://journal.example/piers"
ARTICLE = """<!doctype html><html lang="en-GB"><head>
<title>Piers | Journal of Bridges</title>
<meta name="citation_title" content=" Piers and what they carry ">
<meta name="CITATION_AUTHOR" content="Doe, Ann"><meta name="citation_author" content="The Bridge Society">
<meta name="citation_journal_title" content="Journal of Bridges"><meta name="og:site_name" content="Bridges Online">
<meta name="citation_publication_date" content="2021/06/30"><meta name="citation_doi" content="10.1000/piers">
<meta name="citation_language" content="de"><meta name="citation_title" content="A second title">
<meta name="description"><meta content="nameless">
</head><body><title>Not this</title></body></html>"""


def test_an_article_is_read_from_its_tags():
    assert item(ARTICLE, ADDRESS) == {
        "type": "article-journal",
        "URL": ADDRESS,
        "title": "Piers and what they carry",
        "container-title": "Journal of Bridges",
        "DOI": "10.1000/piers",
        "language": "de",
        "issued": "2021-06-30",
        "author": [{"family": "Doe", "given": "Ann"}, {"literal": "The Bridge Society"}],
    }


@pytest.mark.parametrize(
    ("page", "title", "language"),
    [
        ('<html lang="de"><title>Brücken &amp; \n Stege</title><title>Other</title>', "Brücken & Stege", "de"),
        ('<meta property="og:title" content="Shared as this"><title>Titled</title>', "Shared as this", ""),
        ("<svg><title>A drawing</title></svg>", "A drawing", ""),
        ("no tags <", "", ""),
        ("", "", ""),
    ],
)
def test_another_page_has_its_title_and_language(page, title, language):
    assert item(page, ADDRESS) == {"type": "webpage", "URL": ADDRESS, "title": title, "language": language}


def test_nothing_is_longer_than_a_field_may_be():
    made = item(f'<title>{"t" * 9000}</title><meta name="citation_publisher" content="{"p" * 9000}">', ADDRESS)
    assert len(made["title"]) == len(made["publisher"]) == 5000
