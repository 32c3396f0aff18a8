"""What a web page says of itself in its head: the tags that scholarly search engines read, else its title."""

from html.parser import HTMLParser
from typing import Any

_NAMES = {
    "citation_title": "title",
    "dc.title": "title",
    "og:title": "title",
    "citation_journal_title": "container-title",
    "og:site_name": "container-title",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_publisher": "publisher",
    "citation_doi": "DOI",
    "citation_isbn": "ISBN",
    "citation_language": "language",
    "citation_publication_date": "issued",
    "citation_date": "issued",
    "article:published_time": "issued",
    "dc.date": "issued",
}
"""Name of a tag -> CSL variable; of several the one that stands first here counts."""
_LONGEST = 5000
_MOST_CHARACTERS = 500_000
"""How much of a page is read: heads are shorter, and 2 MB of a tag without an end took 560 MB."""


def item(page: str, address: str) -> dict[str, Any]:
    """Read the head of a page as a CSL-JSON item of the work under `address`."""
    reader = _Reader()
    reader.feed(page[:_MOST_CHARACTERS])
    found: dict[str, Any] = {"type": "webpage", "URL": address}
    for name, variable in _NAMES.items():
        if variable not in found and (value := reader.tags.get(name)):
            found[variable] = value.replace("/", "-") if variable == "issued" else value
    found.setdefault("title", " ".join(reader.title.split())[:_LONGEST])
    found.setdefault("language", reader.language)
    if "citation_journal_title" in reader.tags:
        found["type"] = "article-journal"
    if people := [_name(value) for value in reader.authors]:
        found["author"] = people
    return found


def _name(value: str) -> dict[str, str]:
    family, comma, given = value.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": value}


class _Reader(HTMLParser):
    """Gathers the tags of a head, the first of each name; of authors all."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: dict[str, str] = {}
        self.authors: list[str] = []
        self.title = ""
        self.language = ""
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag of the head over."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        self._is_in_title = tag == "title" and not self.title
        name = (given.get("name") or given.get("property", "")).lower()
        content = given.get("content", "").strip()[:_LONGEST]
        if tag != "meta" or not content:
            return
        if name == "citation_author":
            self.authors.append(content)
        self.tags.setdefault(name, content)

    def handle_endtag(self, tag: str) -> None:
        """Know where the title ends."""
        self._is_in_title = self._is_in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        """Take the words of the title."""
        if self._is_in_title:
            self.title += data
