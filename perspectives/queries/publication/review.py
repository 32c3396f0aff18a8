"""What people at the desk review: proposals, the editions that they would replace, and drafts to propose."""

from typing import Final, cast

from django.db.models import QuerySet

from perspectives.errors import require_found
from perspectives.models import Article, Edition, Proposal, Topic
from perspectives.vocab import ProposalStatus

Subject = Topic | Article
_NAMED: Final = ("topic", "article", "bundle__source", "proposed_by", "decided_by")


def topic(slug: str) -> Topic:
    """Fetch a topic, published or not. Raises NotFoundError."""
    found = Topic.objects.select_related("article").filter(slug=slug).first()
    return require_found(found, f"There is no topic '{slug}'.")


def article(slug: str) -> Article:
    """Fetch an article, published or not. Raises NotFoundError."""
    return require_found(Article.objects.filter(slug=slug).first(), f"There is no article '{slug}'.")


def proposals() -> QuerySet[Proposal]:
    """List all proposals, newest first, with the people and what they are about, without their bodies."""
    return Proposal.objects.select_related(*_NAMED).defer("body").order_by("-pk")


def open_proposals() -> QuerySet[Proposal]:
    """List the proposals that wait for a second person, the longest waiting first."""
    return proposals().filter(status=ProposalStatus.OPEN).order_by("pk")


def decided_proposals(status: ProposalStatus | None = None) -> QuerySet[Proposal]:
    """List the decided proposals, newest first; with a status, those alone."""
    found = proposals().exclude(status=ProposalStatus.OPEN)
    return found if status is None else found.filter(status=status)


def proposal(number: int) -> Proposal:
    """Fetch a proposal with its body. Raises NotFoundError."""
    found = proposals().defer(None).select_related(*_NAMED)
    return require_found(found.filter(pk=number).first(), f"There is no proposal {number}.")


def open_proposal(subject: Subject) -> Proposal | None:
    """Fetch the open proposal of a topic or an article guide, if there is one."""
    return open_proposals().filter(**owner(subject)).first()


def edition_before(subject: Subject, number: int) -> bytes | None:
    """Fetch the body of the last edition before `number`, if there is one."""
    found = Edition.objects.filter(**owner(subject), number__lt=number).order_by("-number")
    body = found.values_list("body", flat=True).first()
    return None if body is None else bytes(body)


def current_number(subject: Subject) -> int | None:
    """Tell the number of the edition that readers see now, if there is one."""
    return Edition.objects.filter(**owner(subject)).order_by("-number").values_list("number", flat=True).first()


def editions(subject: Subject) -> QuerySet[Edition]:
    """List the editions of a topic or an article guide with everybody behind them, newest first, without bodies."""
    people = ("proposed_by", "approved_by", "retraction__by")
    return Edition.objects.filter(**owner(subject)).select_related(*people).defer("body").order_by("-number")


def edition(number: int) -> Edition:
    """Fetch an edition by its id, with its body and its owner. Raises NotFoundError."""
    found = Edition.objects.select_related("topic__article", "article", "retraction").filter(pk=number).first()
    return require_found(found, f"There is no edition with the id {number}.")


def subject_of(owned: Proposal | Edition) -> Subject:
    """Give what a proposal or an edition is about."""
    # A constraint of both tables: they are about the one or the other.
    return cast("Subject", owned.topic or owned.article)


def owner(subject: Subject) -> dict[str, Subject]:
    """Name the subject as proposals and editions do."""
    return {"topic" if isinstance(subject, Topic) else "article": subject}
