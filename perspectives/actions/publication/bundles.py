"""Carrying one source's correction to readers: one bundle of proposals, one review, one publication."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record_all
from perspectives.actions.publication import publishing
from perspectives.actions.publication.subjects import Document, Subject, locked_all, read
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import Article, Bundle, Edition, Proposal, Topic, User
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.documents import draft_documents
from perspectives.queries.publication import bundles
from perspectives.queries.publication.bundles import Lagging
from perspectives.queries.publication.review import owner
from perspectives.queries.sources import source_catalogue
from perspectives.rules.publication import gate
from perspectives.rules.publication.canonical_json import canonical_json
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus


@transaction.atomic
def propose(
    *,
    key: str,
    version: str,
    topics: Collection[str] = (),
    articles: Collection[str] = (),
    by: Actor | None,
    note: str = "",
) -> Bundle:
    """Propose the next editions of topics and guides, by slug, that differ from the current ones in a source alone.

    Whatever else has changed in their drafts stays there. `version` is that of the source's record as it was seen.
    Raises NotFoundError, NotPermittedError, ConflictError where the record changed since, NotPossibleError where
    nothing is chosen, or something that has the record already or an open proposal, and BrokenRulesError with every
    rule of the gate that an edition would break.
    """
    source_catalogue.source(key)
    person = require_person(by, Permission.EDITION_PROPOSE)
    locked_all(Topic, Topic.objects.filter(slug__in=topics).values_list("pk", flat=True))
    locked_all(Article, Article.objects.filter(slug__in=articles).values_list("pk", flat=True))
    source = source_records.locked(key)
    source_records.require_version(source, version)
    wanted: set[tuple[type[Subject], str]] = {
        *((Topic, slug) for slug in topics),
        *((Article, slug) for slug in articles),
    }
    chosen = [one for one in bundles.lagging(source) if (type(one.subject), one.subject.slug) in wanted]
    _require_possible(key, wanted - {(type(one.subject), one.subject.slug) for one in chosen}, chosen)
    bundle = Bundle.objects.create(source=source, note=note, proposed_at=timezone.now(), proposed_by=person)
    made = Proposal.objects.bulk_create(
        Proposal(
            **owner(one.subject),
            bundle=bundle,
            body=canonical_json(plain(one.after)),
            note=note,
            proposed_at=bundle.proposed_at,
            proposed_by=person,
        )
        for one in chosen
    )
    _record(EventCode.EDITION_PROPOSED, {one.subject: row for one, row in zip(chosen, made, strict=True)}, person, note)
    return bundle


@transaction.atomic
def approve(
    *, bundle_id: int, by: Actor | None, proposals: Collection[int] | None = None, reason: str = ""
) -> list[Edition]:
    """Publish these proposals of a bundle, or all of it, at once; the rest goes back to the proposer with the reason.

    Another moderator than the proposer must do so. Raises NotFoundError, NotPermittedError, NotPossibleError where the
    bundle is decided, nothing is chosen, something is overtaken or goes back without a reason, and BrokenRulesError
    with every rule that one of those to publish breaks. In all of these cases nothing is decided.
    """
    bundle, found = _locked(bundle_id)
    person = require_person(by, Permission.EDITION_APPROVE, begun_by=bundle.proposed_by_id)
    chosen = _chosen(found, proposals)
    rest = {subject: proposal for subject, proposal in found.items() if subject not in chosen}
    if rest and not reason.strip():
        raise NotPossibleError("Say why some of it goes back; the proposer needs it.")
    for proposal in chosen.values():
        publishing.decide(proposal, ProposalStatus.APPROVED, by=person, reason=reason)
    documents = {subject: read(subject, bytes(proposal.body)) for subject, proposal in chosen.items()}
    _require_publishable(documents)
    _decide(rest, ProposalStatus.RETURNED, EventCode.EDITION_RETURNED, by=person, reason=reason)
    decision: dict[str, Any] = {
        "origin": EditionOrigin.REVIEW,
        "note": bundle.note,
        "proposed_at": bundle.proposed_at,
        "proposed_by": bundle.proposed_by,
        "approved_by": person,
    }
    return publishing.publish(documents, decision, by=person, reason=reason)


@transaction.atomic
def send_back(*, bundle_id: int, by: Actor | None, reason: str) -> Bundle:
    """Return a bundle whole to its proposer. Raises like `approve`, and NotPossibleError without a reason."""
    bundle, found = _locked(bundle_id)
    person = require_person(by, Permission.EDITION_RETURN, begun_by=bundle.proposed_by_id)
    if not reason.strip():
        raise NotPossibleError("Say why the bundle goes back; the proposer needs it.")
    _decide(found, ProposalStatus.RETURNED, EventCode.EDITION_RETURNED, by=person, reason=reason)
    return bundle


@transaction.atomic
def withdraw(*, bundle_id: int, by: Actor | None, reason: str = "") -> Bundle:
    """Take one's own bundle back, whole. Raises like `approve`."""
    bundle, found = _locked(bundle_id)
    person = require_person(by, Permission.EDITION_WITHDRAW, begun_by=bundle.proposed_by_id)
    _decide(found, ProposalStatus.WITHDRAWN, EventCode.EDITION_WITHDRAWN, by=person, reason=reason)
    return bundle


def _require_possible(key: str, missing: Iterable[tuple[type[Subject], str]], chosen: list[Lagging]) -> None:
    if names := ", ".join(sorted(slug for _, slug in missing)):
        raise NotPossibleError(f"What readers see of these is not behind the record of '{key}': {names}.")
    if not chosen:
        raise NotPossibleError("Choose at least one topic or guide that is to take the correction over.")
    if waiting := ", ".join(str(one.subject) for one in chosen if one.proposal):
        raise NotPossibleError(f"These have an open proposal already; decide or withdraw that first: {waiting}.")
    _require_rules({one.subject: one.after for one in chosen})


def _require_publishable(documents: dict[Subject, Document]) -> None:
    overtaken = [
        str(subject) for subject, one in documents.items() if one.edition != draft_documents.next_number(subject)
    ]
    if overtaken:
        names = ", ".join(overtaken)
        raise NotPossibleError(f"Another edition of these was published since, so they can only go back: {names}.")
    _require_rules(documents)


def _require_rules(documents: dict[Subject, Document]) -> None:
    everything = draft_documents.held()
    problems = [f"{subject}: {breach}" for subject, one in documents.items() for breach in gate.broken(one, everything)]
    if problems:
        raise BrokenRulesError(f"{len(problems)} rules of publication would be broken.", tuple(problems))


def _locked(bundle_id: int) -> tuple[Bundle, dict[Subject, Proposal]]:
    """Lock the subjects of a bundle and then its proposals, as proposing does. Raises NotFoundError."""
    bundle = Bundle.objects.select_related("proposed_by").filter(pk=bundle_id).first()
    bundle = require_found(bundle, f"There is no bundle {bundle_id}.")
    own = Proposal.objects.filter(bundle=bundle)
    topics = locked_all(Topic, own.filter(article=None).values_list("topic", flat=True))
    articles = locked_all(Article, own.filter(topic=None).values_list("article", flat=True))
    rows = own.select_for_update(of=("self",)).order_by("pk")
    by_owner = {(one.topic_id, one.article_id): one for one in rows}
    found: dict[Subject, Proposal] = {topic: by_owner[topic.pk, None] for topic in topics}
    return bundle, found | {article: by_owner[None, article.pk] for article in articles}


def _chosen(found: dict[Subject, Proposal], proposals: Collection[int] | None) -> dict[Subject, Proposal]:
    if proposals is None:
        return found
    if strange := set(proposals) - {one.pk for one in found.values()}:
        raise NotPossibleError(f"Of this bundle there is no proposal {min(strange)}.")
    if not proposals:
        raise NotPossibleError("Choose what is to be published, or return the bundle.")
    return {subject: proposal for subject, proposal in found.items() if proposal.pk in proposals}


def _decide(found: dict[Subject, Proposal], status: ProposalStatus, code: EventCode, *, by: User, reason: str) -> None:
    for proposal in found.values():
        publishing.decide(proposal, status, by=by, reason=reason)
    _record(code, found, by, reason)


def _record(code: EventCode, found: dict[Subject, Proposal], by: User, note: str) -> None:
    details = {subject: {"proposal": one.pk, "bundle": one.bundle_id} for subject, one in found.items()}
    record_all(code, by=by, subjects=details, note=note)
