"""From draft to edition: propose, decide, publish. A topic and an article guide are published the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.event_log import record, record_all
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.notices.notifying import notify
from perspectives.actions.publication import indexing, purging
from perspectives.actions.publication.subjects import (
    Document,
    Subject,
    locked,
    locked_all,
    locked_proposal,
    read,
    require_open,
)
from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.models import Article, Edition, LogEntry, Proposal, Topic, User
from perspectives.policy import Actor, Permission, require, require_person
from perspectives.queries.documents import draft_documents
from perspectives.queries.notices import recipients
from perspectives.queries.publication.review import owner
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import gate
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.disclosure import Held
from perspectives.rules.publication.index_records import plain
from perspectives.rules.publication.transitions import require_transition
from perspectives.vocab import EditionOrigin, EventCode, NoticeKind, ProposalStatus

_ERASED = "The account of whoever proposed it was erased."


@transaction.atomic
def propose_topic(*, topic_id: int, by: Actor | None, note: str = "") -> Proposal:
    """Freeze a topic's draft as a proposal for its next edition.

    Raises NotFoundError, NotPermittedError, NotPossibleError (one is open already, or nothing has changed) and
    BrokenRulesError with every rule of the balance gate that is broken.
    """
    return _propose(locked(Topic, topic_id), by=by, note=note)


@transaction.atomic
def propose_article(*, article_id: int, by: Actor | None, note: str = "") -> Proposal:
    """Freeze an article guide's draft as a proposal for its next edition. Raises like `propose_topic`."""
    return _propose(locked(Article, article_id), by=by, note=note)


@transaction.atomic
def approve(*, proposal_id: int, by: Actor | None, reason: str = "") -> Edition:
    """Publish a proposal as the next edition; another moderator than the proposer must do so.

    The rules are checked again. Raises NotFoundError, NotPermittedError, NotPossibleError and BrokenRulesError.
    """
    proposal, subject = locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_APPROVE, begun_by=proposal.proposed_by_id)
    decide(proposal, ProposalStatus.APPROVED, by=person, reason=reason)
    document = read(subject, bytes(proposal.body))
    _require_rules(document, draft_documents.held())
    if document.edition != draft_documents.next_number(subject):
        raise NotPossibleError("Another edition was published since this was proposed; withdraw it and propose anew.")
    decision = {
        "origin": EditionOrigin.REVIEW,
        "note": proposal.note,
        "proposed_at": proposal.proposed_at,
        "proposed_by": proposal.proposed_by,
        "approved_by": person,
    }
    (edition,) = publish({subject: document}, decision, by=person, reason=reason)
    entry = LogEntry.objects.filter(**owner(subject), code=EventCode.EDITION_PUBLISHED).latest("pk")
    notify(NoticeKind.DECISION, entry, to=[proposal.proposed_by_id])
    return edition


@transaction.atomic
def send_back(*, proposal_id: int, by: Actor | None, reason: str) -> Proposal:
    """Return a proposal to its proposer with a reason. Raises like `approve`, and NotPossibleError without a reason."""
    proposal, subject = locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_RETURN, begun_by=proposal.proposed_by_id)
    if not reason.strip():
        raise NotPossibleError("Say why the proposal goes back; the proposer needs it.")
    decide(proposal, ProposalStatus.RETURNED, by=person, reason=reason)
    entry = record(EventCode.EDITION_RETURNED, by=person, subject=subject, note=reason, proposal=proposal.pk)
    notify(NoticeKind.DECISION, entry, to=[proposal.proposed_by_id])
    return proposal


@transaction.atomic
def withdraw(*, proposal_id: int, by: Actor | None, reason: str = "") -> Proposal:
    """Take one's own proposal back. Raises like `approve`."""
    proposal, subject = locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_WITHDRAW, begun_by=proposal.proposed_by_id)
    decide(proposal, ProposalStatus.WITHDRAWN, by=person, reason=reason)
    record(EventCode.EDITION_WITHDRAWN, by=person, subject=subject, note=reason, proposal=proposal.pk)
    return proposal


def withdraw_all(proposer: User, *, by: Actor) -> int:
    """Take back what somebody proposed that nobody has decided on, since the account is erased; give how many."""
    waiting = Proposal.objects.filter(proposed_by=proposer, status=ProposalStatus.OPEN).order_by("pk")
    topics = {one.pk: one for one in locked_all(Topic, waiting.filter(article=None).values_list("topic", flat=True))}
    guides = waiting.filter(topic=None).values_list("article", flat=True)
    articles = {one.pk: one for one in locked_all(Article, guides)}
    # What was decided until the locks were there is left out by the database, which looks at each row again.
    found = list(waiting.select_for_update())
    for proposal in found:
        decide(proposal, ProposalStatus.WITHDRAWN, by=proposer, reason=_ERASED)
        subject = topics[proposal.topic_id] if proposal.topic_id else articles[proposal.article_id or 0]
        record(EventCode.EDITION_WITHDRAWN, by=by, subject=subject, note=_ERASED, proposal=proposal.pk)
    return len(found)


@transaction.atomic
def publish_first(*, subjects: Sequence[Subject], by: Actor | None) -> list[Edition]:
    """Publish the first editions of what fixtures brought, marked as such, all or none; who has an edition is left out.

    Raises NotPermittedError and BrokenRulesError.
    """
    actor = require(by, Permission.FIXTURE_PUBLISH)
    topics = locked_all(Topic, [one.pk for one in subjects if isinstance(one, Topic)])
    articles = locked_all(Article, [one.pk for one in subjects if isinstance(one, Article)])
    documents = draft_documents.first_editions(topics, articles)
    everything = draft_documents.held() if documents else []
    for document in documents.values():
        _require_rules(document, everything)
    return publish(documents, {"origin": EditionOrigin.FIXTURE}, by=actor)


def _require_rules(document: Document, everything: Sequence[Held]) -> None:
    """Raise BrokenRulesError unless the document passes the gate."""
    name = f"topic '{document.topic}'" if isinstance(document, TopicEdition) else f"guide '{document.article}'"
    if breaches := gate.broken(document, everything):
        raise BrokenRulesError(f"The {name} breaks {len(breaches)} rules of publication.", breaches)


def _propose(subject: Subject, *, by: Actor | None, note: str) -> Proposal:
    person = require_person(by, Permission.EDITION_PROPOSE)
    require_open(subject)
    if Proposal.objects.filter(**owner(subject), status=ProposalStatus.OPEN).exists():
        raise NotPossibleError(f"'{subject}' has an open proposal already; decide or withdraw that first.")
    document = draft_documents.next_edition(subject)
    _require_rules(document, draft_documents.held())
    _require_news(subject, document)
    proposal = Proposal.objects.create(
        **owner(subject),
        body=canonical_json(plain(document)),
        note=note,
        proposed_at=timezone.now(),
        proposed_by=person,
    )
    entry = record(EventCode.EDITION_PROPOSED, by=person, subject=subject, note=note, proposal=proposal.pk)
    notify(NoticeKind.PROPOSAL, entry, to=recipients.moderators())
    return proposal


def _require_news(subject: Subject, document: Document) -> None:
    last = Edition.objects.filter(**owner(subject)).order_by("-number").first()
    if last and read(subject, bytes(last.body)).model_copy(update={"edition": document.edition}) == document:
        raise NotPossibleError(f"The draft of '{subject}' equals its edition {last.number}; nothing is to be proposed.")


def decide(proposal: Proposal, status: ProposalStatus, *, by: User, reason: str) -> None:
    """Write the decision on a locked proposal. Raises NotPossibleError where it is decided already."""
    require_transition(ProposalStatus.of(proposal.status), status)
    proposal.status = status
    proposal.decided_at = timezone.now()
    proposal.decided_by = by
    proposal.reason = reason
    proposal.save(update_fields=["status", "decided_at", "decided_by", "reason"])


def publish(
    documents: Mapping[Subject, Document], decision: Mapping[str, Any], *, by: Actor, reason: str = ""
) -> list[Edition]:
    """Publish documents of locked subjects, in the transaction of another action.

    `decision` has the columns of their editions that say who agreed to them, and when.
    """
    if not documents:
        return []
    wait_for_turn(Turn.PUBLISHING)
    editions = [_edition(subject, document, decision) for subject, document in documents.items()]
    Edition.objects.bulk_create(editions)
    current = list(zip(editions, documents.values(), strict=True))
    indexing.index_topics([(one, document) for one, document in current if isinstance(document, TopicEdition)])
    indexing.index_articles([(one, document) for one, document in current if isinstance(document, ArticleEdition)])
    details = ({"edition": edition.number, "sha256": edition.sha256} for edition in editions)
    subjects = dict(zip(documents, details, strict=True))
    record_all(EventCode.EDITION_PUBLISHED, by=by, subjects=subjects, note=reason)
    for edition in editions:
        jobs.enqueue(jobs.Job.FORMAT_BIBLIOGRAPHY, edition_id=edition.pk)
    jobs.enqueue(jobs.Job.BUILD_DATASET)
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)
    purging.ask()
    return editions


def _edition(subject: Subject, document: Document, decision: Mapping[str, Any]) -> Edition:
    body = canonical_json(plain(document))
    return Edition(
        **owner(subject),
        number=document.edition,
        body=body,
        sha256=sha256(body),
        published_at=timezone.now(),
        **decision,
    )
