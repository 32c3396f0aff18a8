"""What people at the desk say about drafts and proposals, and who sees to them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.constraints import exactly_one
from perspectives.models.documents.article import Article
from perspectives.models.documents.topic import Topic
from perspectives.models.publication.edition import Proposal

_OWNERS = ("topic", "article", "proposal")


class Comment(models.Model):
    """Plain words on the draft of a topic or a guide, or on a proposal.

    Whom they mention stands in `text` by number (`rules.discussion.mentions`), so that no name outlives its account. Of
    a comment that was deleted the row stays, without its words. `token` is the form's, by which sending it twice makes
    one comment.
    """

    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="comments")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="comments")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="comments")
    by = person("comments")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    token = models.CharField(max_length=64, blank=True, default="")
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = person_or_nobody("comments_deleted")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            exactly_one("comment", *_OWNERS),
            CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None, text__regex=r"\S")
                | Q(deleted_at__isnull=False, deleted_by__isnull=False, text=""),
                name="perspectives_comment_has_words_or_is_deleted",
                violation_error_message="A comment has words, or was deleted by somebody at some time.",
            ),
            UniqueConstraint(
                fields=["by", "token"],
                condition=~Q(token=""),
                name="perspectives_comment_form_is_sent_once",
                violation_error_message="This form was sent already.",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Assignment(models.Model):
    """Who sees to the draft of a topic or a guide, or to a proposal, and until when; one person at a time."""

    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="assignments")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="assignments")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="assignments")
    assignee = person("assignments")
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = person("assignments_made")
    ended_at = models.DateTimeField(null=True)
    ended_by = person_or_nobody("assignments_ended")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            exactly_one("assignment", *_OWNERS),
            *(
                UniqueConstraint(
                    fields=[owner],
                    condition=Q(ended_at=None),
                    name=f"perspectives_assignment_one_person_sees_to_the_{owner}",
                    violation_error_message="Somebody sees to this already.",
                )
                for owner in _OWNERS
            ),
            CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="perspectives_assignment_end_is_whole",
                violation_error_message="An end has its time and its person, or there is none.",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"
