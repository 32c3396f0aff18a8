"""What is said about drafts and proposals, and who sees to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import F, Q, QuerySet

from perspectives.errors import NotFoundError, require_found
from perspectives.models import Article, Assignment, Comment, Proposal, Topic, User
from perspectives.rules.discussion import mentions
from perspectives.vocab import ProposalStatus, Role

Discussed = Topic | Article | Proposal
"""What can be commented on and assigned: drafts, by their topic or article, and proposals."""
KINDS: Final[dict[str, type[Topic] | type[Article] | type[Proposal]]] = {
    "topic": Topic,
    "article": Article,
    "proposal": Proposal,
}
_AT_DESK: Final = (Role.CONTRIBUTOR, Role.MODERATOR, Role.CHIEF_EDITOR)


@dataclass(frozen=True)
class Said:
    """A comment with its words as people read them."""

    comment: Comment
    text: str


def owner(subject: Discussed) -> dict[str, Discussed]:
    """Name a subject as comments and assignments do."""
    return {next(name for name, model in KINDS.items() if isinstance(subject, model)): subject}


def subject(kind: str, number: int) -> Discussed:
    """Find what is discussed by its kind, a name of `KINDS`, and number. Raises NotFoundError."""
    if kind not in KINDS:
        raise NotFoundError(f"Nothing of the kind '{kind}' is discussed.")
    if kind == "proposal":
        proposals = Proposal.objects.select_related("topic", "article", "proposed_by").defer("body")
        return require_found(proposals.filter(pk=number).first(), f"There is no proposal {number}.")
    if kind == "topic":
        return require_found(Topic.objects.filter(pk=number).first(), f"There is no topic with the number {number}.")
    return require_found(Article.objects.filter(pk=number).first(), f"There is no article with the number {number}.")


def comment(number: int) -> Comment:
    """Find a comment that was not deleted. Raises NotFoundError."""
    found = Comment.objects.select_related("topic", "article", "proposal", "by").defer("proposal__body")
    return require_found(found.filter(pk=number, deleted_at=None).first(), f"There is no comment {number}.")


def subject_of(one: Comment | Assignment) -> Discussed:
    """Give what a comment or an assignment is about; a constraint sees to it that it is one thing."""
    return cast("Discussed", one.topic or one.article or one.proposal)


def logged_as(about: Discussed) -> tuple[Topic | Article | None, dict[str, Any]]:
    """Give the subject under which the log records what is done here, and the detail that names a proposal."""
    if isinstance(about, Proposal):
        return about.topic or about.article, {"proposal": about.pk}
    return about, {}


def comments(about: Discussed) -> list[Said]:
    """List the comments on a draft or a proposal, the oldest first, those without words too; two queries."""
    found = list(Comment.objects.filter(**owner(about)).select_related("by", "deleted_by"))
    names = _names(found)
    return [Said(one, mentions.shown(one.text, names)) for one in found]


def text_of(one: Comment) -> str:
    """Give the words of a comment as people read them."""
    return mentions.shown(one.text, _names([one]))


def assignment(about: Discussed) -> Assignment | None:
    """Find who sees to a draft or a proposal now."""
    return Assignment.objects.filter(**owner(about), ended_at=None).select_related("assignee").first()


def assignments_of(person: User) -> QuerySet[Assignment]:
    """List what somebody sees to that is not decided yet, what is due first at the top."""
    is_open = Q(proposal=None) | Q(proposal__status=ProposalStatus.OPEN)
    related = ("topic", "article", "proposal__topic", "proposal__article", "by")
    found = Assignment.objects.filter(is_open, assignee=person, ended_at=None).select_related(*related)
    return found.defer("proposal__body").order_by(F("due_on").asc(nulls_last=True), "pk")


def people_at_desk() -> QuerySet[User]:
    """List who sees the desk and can be mentioned, by user name."""
    return User.objects.filter(is_active=True, role__in=_AT_DESK).order_by("username")


def _names(found: Iterable[Comment]) -> dict[int, str]:
    numbers = {number for one in found for number in mentions.mentioned(one.text)}
    return dict(User.objects.filter(pk__in=numbers).values_list("pk", "username")) if numbers else {}
