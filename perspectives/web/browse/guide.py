"""The article guide: outline and passages in order, never the text itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from perspectives.rules.documents.article_document import ArticleEdition, Finding, Passage, Section
from perspectives.rules.sources.short_reference import address
from perspectives.web.topics.evidence import Evidence, evidence
from perspectives.web.topics.references import References

_MARKS = frozenset("'\"\u2018\u2019\u201c\u201d")
"""Quotation marks and apostrophes: guide and page may write them differently, so no fragment to search holds one."""


@dataclass(frozen=True)
class Place:
    """Where the article can be read."""

    label: str
    url: str


@dataclass(frozen=True)
class TopicLink:
    """A topic that takes a passage up; without `title` it is not published."""

    slug: str
    title: str
    claims: tuple[str, ...] = ()
    """The ids within the topic of the claims that take the passage up."""


@dataclass(frozen=True)
class FindingView:
    """A finding with its evidence."""

    finding: Finding
    topic: TopicLink
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class PassageView:
    """A passage with links to the place in the original and to the topics."""

    passage: Passage
    original: str
    topics: tuple[TopicLink, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class SectionView:
    """A section of the article with its passages."""

    number: int
    section: Section
    passages: tuple[PassageView, ...]


class Guide:
    """Everything that the page of an article shows. `titles` maps the slugs of published topics to their titles."""

    def __init__(self, document: ArticleEdition, references: References, titles: Mapping[str, str]) -> None:
        self.document = document
        self.references = references
        self.titles = titles
        self.places = tuple(places(document))
        self.sections = tuple(
            SectionView(number, section, self._passages(section.section))
            for number, section in enumerate(document.outline, start=1)
        )

    def _passages(self, heading: str) -> tuple[PassageView, ...]:
        found = [passage for passage in self.document.passages if passage.section == heading]
        original = self.places[0].url if self.places else ""
        return tuple(
            PassageView(
                passage,
                original and with_text_fragment(original, passage.quote),
                tuple(self._link(slug, passage.claims) for slug in passage.topics),
                tuple(self._finding(finding) for finding in passage.findings),
            )
            for passage in found
        )

    def _finding(self, finding: Finding) -> FindingView:
        return FindingView(finding, self._link(finding.topic), evidence(finding.cites, self.references))

    def _link(self, slug: str, refs: Iterable[str] = ()) -> TopicLink:
        claims = tuple(claim for topic, _, claim in (ref.partition("/") for ref in refs) if topic == slug)
        return TopicLink(slug, self.titles.get(slug, ""), claims)


def places(document: ArticleEdition) -> Iterator[Place]:
    """List where the article can be read: the address of its record first, then the editors' links."""
    record = document.sources[document.source]
    if address(record):
        yield Place(record.container_title or document.title, address(record))
    for link in document.links:
        yield Place(link.label, link.url)


def with_text_fragment(url: str, fragment: str) -> str:
    """Add a text fragment, so that the browser scrolls to the words; nothing where no words are safe to search."""
    words = quote(longest_plain_run(fragment), safe="").replace("-", "%2D")
    if not words:
        return url
    return f"{url}:~:text={words}" if "#" in url else f"{url}#:~:text={words}"


def longest_plain_run(text: str) -> str:
    """Give the longest run of whole words without quotation marks."""
    runs: list[list[str]] = [[]]
    for word in text.split():
        if _MARKS & set(word):
            runs.append([])
        else:
            runs[-1].append(word)
    return max((" ".join(run) for run in runs), key=len)
