"""After a source was corrected: proposing new editions of all that cites it."""

from dataclasses import dataclass

from django.db import transaction

from perspectives.actions.publication import publishing
from perspectives.errors import DomainError, NotPossibleError
from perspectives.models import Article, Proposal, Topic
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.publication import review
from perspectives.queries.sources import source_catalogue


@dataclass(frozen=True)
class Outcome:
    """What came of one topic or article guide: a proposal, or the refusal that says why there is none."""

    subject: Topic | Article
    proposal: Proposal | None = None
    refusal: DomainError | None = None


@transaction.atomic
def propose_editions(*, key: str, by: Actor | None, note: str = "") -> tuple[Outcome, ...]:
    """Propose the next edition of every published topic and article guide whose draft holds a source's record.

    Each is proposed or told why not: one is open already, the balance gate refuses the draft, nothing is new, or it was
    never published. A proposal takes along whatever else has changed in its draft. Raises NotFoundError and
    NotPermittedError.
    """
    source = source_catalogue.source(key)
    person = require_person(by, Permission.EDITION_PROPOSE)
    topics = [_outcome(topic, by=person, note=note) for topic in source_catalogue.topics_embedding(source.pk)]
    guides = [_outcome(guide, by=person, note=note) for guide in source_catalogue.articles_citing(source.pk)]
    return (*topics, *guides)


def _outcome(subject: Topic | Article, *, by: Actor, note: str) -> Outcome:
    try:
        return Outcome(subject, proposal=_proposed(subject, by=by, note=note))
    except DomainError as refusal:
        return Outcome(subject, refusal=refusal)


def _proposed(subject: Topic | Article, *, by: Actor, note: str) -> Proposal:
    if review.current_number(subject) is None:
        raise NotPossibleError(f"'{subject}' was never published; propose its first edition when it is ready.")
    if isinstance(subject, Topic):
        return publishing.propose_topic(topic_id=subject.pk, by=by, note=note)
    return publishing.propose_article(article_id=subject.pk, by=by, note=note)
