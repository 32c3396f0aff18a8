"""What the actions on proposals and editions share: locking what they are about, and reading its documents."""

from collections.abc import Iterable
from typing import TypeVar

from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Article, Edition, Proposal, Topic
from perspectives.queries.archive import archive
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form

Subject = Topic | Article
Document = TopicEdition | ArticleEdition
Owner = TypeVar("Owner", Topic, Article)


def locked(model: type[Owner], pk: int) -> Owner:
    """Lock a topic or an article until the transaction ends. Raises NotFoundError."""
    subject = model._default_manager.select_for_update(no_key=True).filter(pk=pk).first()
    return require_found(subject, f"There is no {model.__name__.lower()} with the id {pk}.")


def locked_all(model: type[Owner], pks: Iterable[int]) -> list[Owner]:
    """Lock topics or articles, in the order of their ids, until the transaction ends; who is gone is left out."""
    return list(model._default_manager.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def locked_owner(topic_id: int | None, article_id: int | None) -> Subject:
    """Lock what owns a proposal or an edition; the database sees to it that one of the two is given."""
    return locked(Topic, topic_id) if topic_id else locked(Article, article_id or 0)


def require_open(subject: Subject) -> None:
    """Raise NotPossibleError for what is archived, or a topic of an archived article: nobody may change its draft."""
    if step := archive.closing(subject):
        name = step.edition.topic or step.edition.article
        raise NotPossibleError(
            f"'{name}' was archived on {step.at:%-d %B %Y}, so its draft is closed: bring it back first."
        )


def locked_proposal(proposal_id: int) -> tuple[Proposal, Subject]:
    """Lock the subject first and then its proposal, as proposing does.

    Raises NotFoundError, and NotPossibleError for one that belongs to a bundle.
    """
    owner = Proposal.objects.filter(pk=proposal_id).values_list("topic_id", "article_id").first()
    owner = require_found(owner, f"There is no proposal with the id {proposal_id}.")
    subject = locked_owner(*owner)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal_id)
    if proposal.bundle_id:
        raise NotPossibleError(f"This proposal belongs to bundle {proposal.bundle_id}, which is decided as one.")
    return proposal, subject


def locked_edition(edition_id: int) -> tuple[Edition, Subject]:
    """Give an edition, which never changes, with its owner locked. Raises NotFoundError."""
    edition = Edition.objects.filter(pk=edition_id).first()
    edition = require_found(edition, f"There is no edition with the id {edition_id}.")
    return edition, locked_owner(edition.topic_id, edition.article_id)


def read(subject: Subject, body: bytes) -> Document:
    """Read what a proposal or an edition of this subject holds."""
    return edition_form.topic(body) if isinstance(subject, Topic) else edition_form.article(body)
