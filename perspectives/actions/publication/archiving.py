"""Archiving a topic or an article guide: lists leave it out, its addresses stay and say so. It can be brought back."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.event_log import record
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication import indexing, purging
from perspectives.actions.publication.subjects import Subject, locked
from perspectives.errors import NotPossibleError
from perspectives.models import Archiving, Article, Edition, Proposal, Topic, User
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.archive import archive as standing
from perspectives.queries.publication.review import owner
from perspectives.vocab import EventCode, ProposalStatus


@transaction.atomic
def archive_topic(*, topic_id: int, note: str, by: Actor | None) -> Archiving:
    """Leave a topic out of all that lists topics, with a note that the readers of its addresses see.

    Raises NotFoundError, NotPermittedError, and NotPossibleError without a note, where it is archived already, was
    never published or has an open proposal.
    """
    return _archive(locked(Topic, topic_id), note=note, by=by)


@transaction.atomic
def archive_article(*, article_id: int, note: str, by: Actor | None) -> Archiving:
    """Archive an article guide like a topic, once its topics are. Raises like `archive_topic`."""
    return _archive(locked(Article, article_id), note=note, by=by)


@transaction.atomic
def bring_back_topic(*, topic_id: int, note: str, by: Actor | None) -> Archiving:
    """List an archived topic again, as it was. Raises like `archive_topic`; its article's guide comes back first."""
    return _bring_back(locked(Topic, topic_id), note=note, by=by)


@transaction.atomic
def bring_back_article(*, article_id: int, note: str, by: Actor | None) -> Archiving:
    """List an archived article guide again. Raises like `archive_topic`."""
    return _bring_back(locked(Article, article_id), note=note, by=by)


def _archive(subject: Subject, *, note: str, by: Actor | None) -> Archiving:
    person = _permitted(note, by)
    if standing.archived_as(subject):
        raise NotPossibleError(f"'{subject}' is archived already.")
    if Proposal.objects.filter(**owner(subject), status=ProposalStatus.OPEN).exists():
        raise NotPossibleError(f"'{subject}' has an open proposal; decide or withdraw that first.")
    if isinstance(subject, Article):
        _require_no_topics(subject)
    edition = Edition.objects.filter(**owner(subject)).defer("body").order_by("-number").first()
    if edition is None:
        raise NotPossibleError(f"'{subject}' was never published, so no reader can miss it.")
    made = _step(edition, note=note, by=person)
    indexing.leave_out(subject)
    _tell(EventCode.DOCUMENT_ARCHIVED, made, subject, by=person)
    return made


def _bring_back(subject: Subject, *, note: str, by: Actor | None) -> Archiving:
    person = _permitted(note, by)
    last = standing.archived_as(subject)
    if last is None:
        raise NotPossibleError(f"'{subject}' is not archived.")
    if isinstance(subject, Topic) and standing.archived_as(subject.article):
        raise NotPossibleError(f"The guide to its article, '{subject.article}', is archived; bring that back first.")
    made = _step(last.edition, note=note, by=person)
    indexing.index_anew([last.edition_id])
    _tell(EventCode.DOCUMENT_REINSTATED, made, subject, by=person)
    return made


def _require_no_topics(article: Article) -> None:
    is_open = Q(proposals__status=ProposalStatus.OPEN)
    shown = Topic.objects.filter(Q(published__isnull=False) | is_open, article=article).distinct().order_by("order")
    if names := ", ".join(f"“{topic}”" for topic in shown):
        raise NotPossibleError(
            f"Topics of the article are published or proposed; archive or decide them first: {names}."
        )


def _permitted(note: str, by: Actor | None) -> User:
    """Let one person at a time archive or publish: what is asked of other topics then holds until the end."""
    person = require_person(by, Permission.DOCUMENT_ARCHIVE)
    if not note.strip():
        raise NotPossibleError("Say why; whoever comes to its address needs it.")
    wait_for_turn(Turn.PUBLISHING)
    return person


def _step(edition: Edition, *, note: str, by: User) -> Archiving:
    number = standing.steps(edition.pk) + 1
    return Archiving.objects.create(edition=edition, number=number, note=note.strip(), at=timezone.now(), by=by)


def _tell(code: EventCode, made: Archiving, subject: Subject, *, by: Actor) -> None:
    record(code, by=by, subject=subject, note=made.note, edition=made.edition.number)
    jobs.enqueue(jobs.Job.BUILD_DATASET)
    purging.ask()
