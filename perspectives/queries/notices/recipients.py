"""Who is told of what."""

from django.db.models import Q

from perspectives.models import Assignment, Comment, Proposal, User
from perspectives.queries.discussion.discussed import Discussed, owner
from perspectives.queries.sources import source_catalogue
from perspectives.vocab import Role

MODERATORS = (Role.MODERATOR, Role.CHIEF_EDITOR)


def moderators() -> set[int]:
    """Give who may decide on proposals."""
    return set(User.objects.filter(is_active=True, role__in=MODERATORS).values_list("pk", flat=True))


def of_source(source_id: int) -> set[int]:
    """Give who proposed, or sees to, the draft of a topic or a guide that cites this source."""
    topics = source_catalogue.topics_citing(source_id).values("pk")
    articles = source_catalogue.articles_citing(source_id).values("pk")
    citing = Q(topic__in=topics) | Q(article__in=articles)
    proposers = Proposal.objects.filter(citing).values_list("proposed_by", flat=True)
    assigned = Assignment.objects.filter(citing, ended_at=None).values_list("assignee", flat=True)
    return {*proposers.order_by().distinct(), *assigned}


def of_discussion(subject: Discussed) -> set[int]:
    """Give who commented on a draft or a proposal, sees to it, or proposed it."""
    about = owner(subject)
    writers = Comment.objects.filter(**about, deleted_at=None).values_list("by", flat=True)
    assigned = Assignment.objects.filter(**about, ended_at=None).values_list("assignee", flat=True)
    proposer = {subject.proposed_by_id} if isinstance(subject, Proposal) else set()
    return {*writers.order_by().distinct(), *assigned, *proposer}
