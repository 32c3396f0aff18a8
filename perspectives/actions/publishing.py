"""From draft to edition: propose, decide, publish, restore. A topic and an article guide are published the same way."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from perspectives import jobs
from perspectives.actions import citing, guide_drafting, indexing, topic_drafting
from perspectives.actions.recording import record
from perspectives.errors import BrokenRulesError, NotFoundError, NotPossibleError
from perspectives.models import Article, Edition, Proposal, Topic, User
from perspectives.policy import Actor, Permission, require, require_person
from perspectives.queries import documents
from perspectives.rules import balance, consistency
from perspectives.rules.article_document import ArticleEdition
from perspectives.rules.canonical import canonical_json, sha256
from perspectives.rules.document import TopicEdition
from perspectives.rules.index import plain
from perspectives.rules.transitions import require_transition
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus

Subject = Topic | Article
_PUBLISHING_LOCK = 7_305_002
"""Key of the advisory lock that lets one edition be published at a time."""


@dataclass(frozen=True)
class _Decision:
    """Who agreed to an edition, and when it was proposed; a fixture has nobody."""

    origin: EditionOrigin
    note: str = ""
    proposed_at: datetime | None = None
    proposed_by: User | None = None
    approved_by: User | None = None


@transaction.atomic
def propose_topic(*, topic_id: int, by: Actor | None, note: str = "") -> Proposal:
    """Freeze a topic's draft as a proposal for its next edition.

    Raises NotFoundError, NotPermittedError, NotPossibleError (one is open already, or nothing has changed) and
    BrokenRulesError with every rule of the balance gate that is broken.
    """
    return _propose(_locked(Topic, topic_id), by=by, note=note)


@transaction.atomic
def propose_article(*, article_id: int, by: Actor | None, note: str = "") -> Proposal:
    """Freeze an article guide's draft as a proposal for its next edition. Raises like `propose_topic`."""
    return _propose(_locked(Article, article_id), by=by, note=note)


@transaction.atomic
def approve(*, proposal_id: int, by: Actor | None, reason: str = "") -> Edition:
    """Publish a proposal as the next edition; another moderator than the proposer must do so.

    The rules are checked again. Raises NotFoundError, NotPermittedError, NotPossibleError and BrokenRulesError.
    """
    proposal, subject = _locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_APPROVE, begun_by=proposal.proposed_by_id)
    _decide(proposal, ProposalStatus.APPROVED, by=person, reason=reason)
    document = _read(subject, bytes(proposal.body))
    _require_rules(document)
    if document.edition != _next_number(subject):
        raise NotPossibleError("Another edition was published since this was proposed; withdraw it and propose anew.")
    decision = _Decision(
        EditionOrigin.REVIEW,
        note=proposal.note,
        proposed_at=proposal.proposed_at,
        proposed_by=proposal.proposed_by,
        approved_by=person,
    )
    return _publish(subject, document, decision, by=person, reason=reason)


@transaction.atomic
def send_back(*, proposal_id: int, by: Actor | None, reason: str) -> Proposal:
    """Return a proposal to its proposer with a reason. Raises like `approve`, and NotPossibleError without a reason."""
    proposal, subject = _locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_RETURN, begun_by=proposal.proposed_by_id)
    if not reason.strip():
        raise NotPossibleError("Say why the proposal goes back; the proposer needs it.")
    _decide(proposal, ProposalStatus.RETURNED, by=person, reason=reason)
    record(EventCode.EDITION_RETURNED, by=person, subject=subject, note=reason, proposal=proposal.pk)
    return proposal


@transaction.atomic
def withdraw(*, proposal_id: int, by: Actor | None, reason: str = "") -> Proposal:
    """Take one's own proposal back. Raises like `approve`."""
    proposal, subject = _locked_proposal(proposal_id)
    person = require_person(by, Permission.EDITION_WITHDRAW, begun_by=proposal.proposed_by_id)
    _decide(proposal, ProposalStatus.WITHDRAWN, by=person, reason=reason)
    record(EventCode.EDITION_WITHDRAWN, by=person, subject=subject, note=reason, proposal=proposal.pk)
    return proposal


@transaction.atomic
def publish_first(*, subject: Subject, by: Actor | None) -> Edition | None:
    """Publish the first edition of what fixtures brought, marked as such; None if there is an edition already.

    Raises NotPermittedError and BrokenRulesError.
    """
    actor = require(by, Permission.FIXTURE_PUBLISH)
    locked = _locked(type(subject), subject.pk)
    if _next_number(locked) != 1:
        return None
    document = _draft(locked)
    _require_rules(document)
    return _publish(locked, document, _Decision(EditionOrigin.FIXTURE), by=actor)


@transaction.atomic
def restore(*, edition_id: int, by: Actor | None, reason: str = "") -> Subject:
    """Make the draft anew from an old edition; nothing is published by that.

    Source records are shared by all topics and stay as they are today; only missing ones come from the edition, and in
    the place of one that was merged since stands the other.
    Raises NotFoundError, NotPermittedError, and NotPossibleError where a guide would name a claim that is not there.
    """
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise NotFoundError(f"There is no edition with the id {edition_id}.")
    locked = _locked_owner(edition.topic_id, edition.article_id)
    person = require_person(by, Permission.EDITION_RESTORE)
    document = citing.with_survivors(_read(locked, bytes(edition.body)))
    present = documents.source_records(document.sources)
    citing.load_sources({key: value for key, value in document.sources.items() if key not in present})
    if isinstance(document, TopicEdition):
        _require_claims_of_guides(document)
        topic_drafting.load_topic(document)
    else:
        _require_named_claims(document)
        guide_drafting.load_article(document)
    record(EventCode.EDITION_RESTORED, by=person, subject=locked, note=reason, edition=edition.number)
    return locked


def _require_claims_of_guides(document: TopicEdition) -> None:
    kept = {f"{document.topic}/{claim.id}" for side in document.perspectives for claim in side.claims}
    for ref, passage in documents.known().passages.items():
        if ref.split("/")[0] == document.topic and ref not in kept:
            raise NotPossibleError(
                f"The passage '{passage}' names the claim '{ref}', which this edition lacks; change the guide first.",
            )


def _require_named_claims(document: ArticleEdition) -> None:
    present = documents.known().claims
    for passage in document.passages:
        for ref in passage.claims:
            if ref not in present:
                raise NotPossibleError(
                    f"The passage '{passage.id}' of this edition names the claim '{ref}', which is gone; "
                    "restore its topic first.",
                )


def _locked(model: type[Topic] | type[Article], pk: int) -> Subject:
    subject = model._default_manager.select_for_update(no_key=True).filter(pk=pk).first()
    if subject is None:
        raise NotFoundError(f"There is no {model.__name__.lower()} with the id {pk}.")
    return subject


def _locked_owner(topic_id: int | None, article_id: int | None) -> Subject:
    """Lock what owns a proposal or an edition; the database sees to it that one of the two is given."""
    return _locked(Topic, topic_id) if topic_id else _locked(Article, article_id or 0)


def _locked_proposal(proposal_id: int) -> tuple[Proposal, Subject]:
    """Lock the subject first and then its proposal, as `_propose` does."""
    owner = Proposal.objects.filter(pk=proposal_id).values_list("topic_id", "article_id").first()
    if owner is None:
        raise NotFoundError(f"There is no proposal with the id {proposal_id}.")
    subject = _locked_owner(*owner)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal_id)
    return proposal, subject


def _owner(subject: Subject) -> dict[str, Subject]:
    return {"topic" if isinstance(subject, Topic) else "article": subject}


def _next_number(subject: Subject) -> int:
    return (Edition.objects.filter(**_owner(subject)).aggregate(last=Max("number"))["last"] or 0) + 1


def _draft(subject: Subject) -> TopicEdition | ArticleEdition:
    """Read the draft as the document of its next edition, with the records of every source that it cites."""
    number = _next_number(subject)
    if isinstance(subject, Article):
        guide = documents.article_document(subject.pk)
        sources = documents.source_records(consistency.all_source_keys([guide]))
        return ArticleEdition(**dict(guide), edition=number, sources=sources)
    topic = documents.topic_document(subject.pk)
    head = documents.article_head(subject.article)
    sources = documents.source_records({*consistency.all_source_keys([topic]), head.source})
    return TopicEdition(**dict(topic), edition=number, article_head=head, sources=sources)


def _read(subject: Subject, body: bytes) -> TopicEdition | ArticleEdition:
    model = TopicEdition if isinstance(subject, Topic) else ArticleEdition
    return model.model_validate_json(body)


def _require_rules(document: TopicEdition | ArticleEdition) -> None:
    """Raise BrokenRulesError unless a topic passes the balance gate; a guide has no sides to balance."""
    if isinstance(document, TopicEdition) and (breaches := balance.broken(document, document.sources)):
        raise BrokenRulesError(f"The topic '{document.topic}' breaks {len(breaches)} rules of publication.", breaches)


def _propose(subject: Subject, *, by: Actor | None, note: str) -> Proposal:
    person = require_person(by, Permission.EDITION_PROPOSE)
    if Proposal.objects.filter(**_owner(subject), status=ProposalStatus.OPEN).exists():
        raise NotPossibleError(f"'{subject}' has an open proposal already; decide or withdraw that first.")
    document = _draft(subject)
    _require_rules(document)
    _require_news(subject, document)
    proposal = Proposal.objects.create(
        **_owner(subject),
        body=canonical_json(plain(document)),
        note=note,
        proposed_at=timezone.now(),
        proposed_by=person,
    )
    record(EventCode.EDITION_PROPOSED, by=person, subject=subject, note=note, proposal=proposal.pk)
    return proposal


def _require_news(subject: Subject, document: TopicEdition | ArticleEdition) -> None:
    last = Edition.objects.filter(**_owner(subject)).order_by("-number").first()
    if last and _read(subject, bytes(last.body)).model_copy(update={"edition": document.edition}) == document:
        raise NotPossibleError(f"The draft of '{subject}' equals its edition {last.number}; nothing is to be proposed.")


def _decide(proposal: Proposal, status: ProposalStatus, *, by: User, reason: str) -> None:
    require_transition(ProposalStatus.of(proposal.status), status)
    proposal.status = status
    proposal.decided_at = timezone.now()
    proposal.decided_by = by
    proposal.reason = reason
    proposal.save(update_fields=["status", "decided_at", "decided_by", "reason"])


def _wait_for_turn() -> None:
    """Let editions appear in the order of their ids, so that who follows the changes by id misses none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PUBLISHING_LOCK])


def _publish(
    subject: Subject,
    document: TopicEdition | ArticleEdition,
    decision: _Decision,
    *,
    by: Actor,
    reason: str = "",
) -> Edition:
    body = canonical_json(plain(document))
    _wait_for_turn()
    edition = Edition.objects.create(
        **_owner(subject),
        number=document.edition,
        body=body,
        sha256=sha256(body),
        origin=decision.origin,
        note=decision.note,
        proposed_at=decision.proposed_at,
        proposed_by=decision.proposed_by,
        published_at=timezone.now(),
        approved_by=decision.approved_by,
    )
    if isinstance(document, TopicEdition):
        indexing.index_topic(edition, document)
    else:
        indexing.index_article(edition, document)
    record(
        EventCode.EDITION_PUBLISHED,
        by=by,
        subject=subject,
        note=reason,
        edition=edition.number,
        sha256=edition.sha256,
    )
    jobs.enqueue(jobs.Job.FORMAT_BIBLIOGRAPHY, edition_id=edition.pk)
    jobs.enqueue(jobs.Job.BUILD_DATASET)
    return edition
