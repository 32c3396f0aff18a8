"""Corrections of sources on their way to readers: which editions lag behind a record, and the bundles that wait."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from perspectives.errors import require_found
from perspectives.models import Bundle, Edition, Proposal, PublishedTopic, PublishedUse, Source
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import review
from perspectives.queries.publication.review import Subject
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form, gate
from perspectives.rules.publication.balance import Breach
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources import source_changes
from perspectives.vocab import ProposalStatus

EditionDocument = TopicEdition | ArticleEdition


@dataclass(frozen=True)
class Lagging:
    """An edition that readers see without the corrected record, and the next one, which has it and is else the same."""

    subject: Subject
    before: EditionDocument
    after: EditionDocument
    breaches: tuple[Breach, ...]
    proposal: Proposal | None
    """The open proposal of the topic or guide, which has to be decided first."""

    @property
    def kind(self) -> str:
        """What it is of: `topic` or `article`."""
        return next(iter(review.owner(self.subject)))

    @property
    def may_be_proposed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.breaches and self.proposal is None


@dataclass(frozen=True)
class Bundled:
    """A proposal of a bundle as it can be decided now; `before` is the edition that it replaces."""

    proposal: Proposal
    before: EditionDocument
    after: EditionDocument
    breaches: tuple[Breach, ...]
    is_overtaken: bool
    """Whether its edition, or a later one, is there already; one that was published is so too."""

    @property
    def subject(self) -> Subject:
        """The topic or guide."""
        return review.subject_of(self.proposal)

    @property
    def may_be_published(self) -> bool:
        """Whether it passes."""
        return not self.breaches and not self.is_overtaken


def lagging(source: Source) -> list[Lagging]:
    """Find the current editions that hold another record of a source, or a work merged into it: topics, then guides.

    A fixed number of queries. A source that was itself merged into another has none.
    """
    if source.superseded_by_id:
        return []
    merged = frozenset(source.supersedes.values_list("key", flat=True))
    editions = list(_current(source, merged))
    everything = draft_documents.held() if editions else []
    waiting = {review.subject_of(one): one for one in review.open_proposals().filter(_same_owner(editions))}
    found = []
    for edition in editions:
        subject = review.subject_of(edition)
        before = read(edition, bytes(edition.body))
        data = plain(before)
        if data["sources"].get(source.key) == source.record and not merged & data["sources"].keys():
            continue
        after = type(before).model_validate(source_changes.carried_over(data, source.key, source.record, merged))
        found.append(Lagging(subject, before, after, gate.broken(after, everything), waiting.get(subject)))
    return found


def waiting() -> QuerySet[Bundle]:
    """List the bundles that wait for a second person, the longest waiting first, with `size`, how many they reach."""
    is_open = Exists(Proposal.objects.filter(bundle=OuterRef("pk"), status=ProposalStatus.OPEN))
    found = Bundle.objects.filter(is_open).select_related("source", "proposed_by")
    return found.annotate(size=Count("proposals")).order_by("pk")


def bundle(number: int) -> Bundle:
    """Fetch a bundle. Raises NotFoundError."""
    found = Bundle.objects.select_related("source", "proposed_by").filter(pk=number).first()
    return require_found(found, f"There is no bundle {number}.")


def proposals(of: Bundle) -> QuerySet[Proposal]:
    """List the proposals of a bundle without their bodies: topics in the order in which they were made, then guides."""
    return review.proposals().filter(bundle=of).order_by("pk")


def bundled(of: Bundle) -> list[Bundled]:
    """Read the proposals of a bundle beside the editions that they replace; a fixed number of queries."""
    found = [(one, read(one, bytes(one.body))) for one in proposals(of).defer(None)]
    editions = Edition.objects.filter(_same_owner([one for one, _ in found]))
    latest = {
        (topic, article): number
        for topic, article, number in editions.order_by().values_list("topic", "article").annotate(Max("number"))
    }
    replaced = {
        (one.topic_id, one.article_id, one.number): read(one, bytes(one.body))
        for one in editions.filter(number__in={after.edition - 1 for _, after in found})
    }
    everything = draft_documents.held()
    return [
        Bundled(
            proposal,
            replaced[proposal.topic_id, proposal.article_id, after.edition - 1],
            after,
            gate.broken(after, everything),
            is_overtaken=latest[proposal.topic_id, proposal.article_id] >= after.edition,
        )
        for proposal, after in found
    ]


def read(owned: Proposal | Edition, body: bytes) -> EditionDocument:
    """Read what a proposal or an edition holds."""
    return edition_form.topic(body) if owned.topic_id else edition_form.article(body)


def _current(source: Source, merged: Iterable[str]) -> QuerySet[Edition]:
    """Find the current editions that name the source or one merged into it, or are of the article that it is."""
    uses = PublishedUse.objects.filter(source__key__in=[source.key, *merged])
    own = PublishedTopic.objects.filter(article__source=source)
    found = Edition.objects.filter(Q(pk__in=uses.values("edition")) | Q(pk__in=own.values("edition")))
    return found.select_related("topic__article", "article").order_by("topic__order", "topic_id", "article_id")


def _same_owner(rows: Iterable[Proposal | Edition]) -> Q:
    """Say that a proposal or an edition is of the same topic or guide as one of these."""
    owners = [(one.topic_id, one.article_id) for one in rows]
    return Q(topic__in=[topic for topic, _ in owners if topic]) | Q(article__in=[guide for _, guide in owners if guide])
