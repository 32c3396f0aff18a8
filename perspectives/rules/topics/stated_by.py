"""Who states a claim: the people and organisations that its citations say so, never the holders of its perspective.

A perspective is *held by* its holders; a claim is *stated by* the authors of the works that it cites with the relation
`states`. Somebody may hold a perspective and never have put one of its claims in words.
"""

from collections.abc import Iterator

from perspectives.rules.documents.topic_document import Claim, TopicEdition
from perspectives.rules.sources.source_record import Name
from perspectives.rules.topics.people import is_written_by, name_line, person_slug
from perspectives.vocab import Relation


def stated_by(document: TopicEdition) -> dict[str, tuple[str, ...]]:
    """Map the id of each claim to the names of those who state it, in the order of its citations, each once.

    Works differ in how much of a name they print, and a topic has one name for each: that of the article's author or of
    a holder, as the document writes it, else the one under which the topic cites the person first. Empty for a claim
    that no cited work states, and for one whose works have no authors.
    """
    names = _Names(document)
    return {claim.id: names.of(claim) for side in document.perspectives for claim in side.claims}


class _Names:
    """The names of a topic, by slug: those of its document first, then those that its sources bring."""

    def __init__(self, document: TopicEdition) -> None:
        self._sources = document.sources
        held = (name for side in document.perspectives for name in side.held_by)
        self._known: dict[str, str] = {}
        for name in (document.article_head.author, *held):
            self._known.setdefault(person_slug(name), name)
        self._found: dict[Name, str] = {}

    def of(self, claim: Claim) -> tuple[str, ...]:
        """Name those who state a claim."""
        return tuple(dict.fromkeys(self._name(author) for author in self._authors(claim)))

    def _authors(self, claim: Claim) -> Iterator[Name]:
        for cite in claim.cites:
            if cite.relation is Relation.STATES:
                yield from self._sources[cite.source].author

    def _name(self, author: Name) -> str:
        if author not in self._found:
            self._found[author] = self._known_as(author)
        return self._found[author]

    def _known_as(self, author: Name) -> str:
        printed = name_line(author)
        slug = person_slug(printed)
        if slug not in self._known:
            alike = (name for known, name in self._known.items() if is_written_by(author, known))
            self._known[slug] = next(alike, printed)
        return self._known[slug]
