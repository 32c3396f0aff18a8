"""What a reviewer is shown of an edition to come: differences, balance, evidence, and the page as readers see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from perspectives.models import Proposal, Topic
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import review as rows
from perspectives.queries.publication.review import Subject
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.edition_changes import edition_changes
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import balance, edition_form, gate
from perspectives.rules.publication.balance import Breach
from perspectives.rules.publication.evidence_states import evidence_states
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import BibliographyStyle, MetadataState, QuoteStatus, Stance
from perspectives.web.browse.guide import Guide
from perspectives.web.desk.publication.differences import Differences, differences
from perspectives.web.topics.comparison import Comparison
from perspectives.web.topics.reading_modes import Modes, Reading
from perspectives.web.topics.references import References

EditionDocument = TopicEdition | ArticleEdition


@dataclass(frozen=True)
class Figure:
    """A figure before and after; `before` is None where there is no edition yet."""

    name: str
    before: int | None
    after: int

    @property
    def change(self) -> str:
        """Write the difference with its sign, or nothing."""
        difference = self.after - (self.before or 0)
        return f"{difference:+d}".replace("-", "\N{MINUS SIGN}") if self.before is not None and difference else ""


@dataclass(frozen=True)
class Review:
    """Everything that is said of an edition to come beside the current one."""

    document: EditionDocument
    current: int | None
    """The number of the edition that readers see now."""
    differences: Differences
    figures: tuple[Figure, ...]
    evidence: tuple[Figure, ...]
    breaches: tuple[Breach, ...]

    @property
    def is_overtaken(self) -> bool:
        """Whether another edition was published since this was made, so that it cannot be approved."""
        return self.document.edition != (self.current or 0) + 1


def subject(kind: str, slug: str) -> Subject:
    """Fetch a topic, or an article guide, which `kind` says. Raises NotFoundError."""
    return rows.topic(slug) if kind == "topic" else rows.article(slug)


def read(subject: Subject, body: bytes) -> EditionDocument:
    """Read what a proposal or an edition of this subject holds."""
    return edition_form.topic(body) if isinstance(subject, Topic) else edition_form.article(body)


def of_proposal(proposal: Proposal) -> Review:
    """Review a proposal beside the edition that it would replace; an approved one beside the edition before it."""
    subject = rows.subject_of(proposal)
    document = read(subject, bytes(proposal.body))
    return _review(subject, document, rows.current_number(subject))


def of_draft(subject: Subject) -> Review:
    """Review a draft as it would be proposed now."""
    document = draft_documents.next_edition(subject)
    return _review(subject, document, document.edition - 1 or None)


def _review(subject: Subject, document: EditionDocument, current: int | None) -> Review:
    body = rows.edition_before(subject, document.edition)
    before = None if body is None else read(subject, body)
    after = plain(document)
    changes = edition_changes(plain(before) if before else {}, after)
    return Review(
        document=document,
        current=current,
        differences=differences(changes, after),
        figures=tuple(_figures(before, document)),
        evidence=tuple(_evidence(before, document)),
        breaches=gate.broken(document, draft_documents.held()),
    )


def _figures(before: EditionDocument | None, after: EditionDocument) -> Iterator[Figure]:
    if not isinstance(after, TopicEdition):
        return
    new = balance.figures(after, after.sources)
    old = balance.figures(before, before.sources) if isinstance(before, TopicEdition) else None
    for name in ("claims", "words", "sources"):
        for stance in Stance:
            who = after.article_head.author_short if stance is Stance.AUTHOR else stance.label
            yield Figure(f"{who}: {name}", getattr(old, name)[stance] if old else None, getattr(new, name)[stance])
    yield Figure("Scholarly or primary sources of the others", old.scholarly if old else None, new.scholarly)


def _evidence(before: EditionDocument | None, after: EditionDocument) -> Iterator[Figure]:
    new, old = evidence_states(after), evidence_states(before) if before else None
    yield Figure("Citations", old.citations if old else None, new.citations)
    for quote in QuoteStatus:
        yield Figure(f"Quotations: {quote.label}", old.quotations[quote] if old else None, new.quotations[quote])
    for state in MetadataState:
        yield Figure(f"Sources: {state.label}", old.records[state] if old else None, new.records[state])


def preview(document: EditionDocument, titles: dict[str, str]) -> dict[str, Any]:
    """Give the pages' own presenters a document that nobody has published; references are plain."""
    references = References(document.sources, None)
    if isinstance(document, ArticleEdition):
        return {"document": document, "page": Guide(document, references, titles)}
    modes = Modes(Reading.SIDES, Stance.AUTHOR, BibliographyStyle.APA, document.article_head.author_short)
    return {"document": document, "page": Comparison(document, references, {}, modes)}
