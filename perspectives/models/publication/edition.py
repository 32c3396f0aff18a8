"""Proposals and the editions that come of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.constraints import exactly_one, is_known
from perspectives.models.documents.article import Article
from perspectives.models.documents.topic import Topic
from perspectives.models.publication.bundle import Bundle
from perspectives.vocab import BibliographyStyle, EditionOrigin, ProposalStatus


class Proposal(models.Model):
    """A draft, frozen as canonical JSON, that waits for a second person or was decided."""

    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="proposals")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="proposals")
    bundle = models.ForeignKey(Bundle, null=True, on_delete=models.PROTECT, related_name="proposals")
    status = models.CharField(max_length=20, choices=ProposalStatus.choices, default=ProposalStatus.OPEN)
    body = models.BinaryField()
    note = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField()
    proposed_by = person("proposals")
    decided_at = models.DateTimeField(null=True)
    decided_by = person_or_nobody("decisions")
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-proposed_at",)
        constraints: ClassVar = [
            exactly_one("proposal", "topic", "article"),
            is_known("proposal", "status", ProposalStatus),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(status=ProposalStatus.OPEN),
                name="perspectives_proposal_one_is_open_a_topic",
                violation_error_message="This topic has an open proposal already.",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(status=ProposalStatus.OPEN),
                name="perspectives_proposal_one_is_open_an_article",
                violation_error_message="This article guide has an open proposal already.",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.OPEN, decided_at=None, decided_by=None)
                | (~Q(status=ProposalStatus.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="perspectives_proposal_decision_is_whole",
                violation_error_message="A decision needs its time and its person; an open proposal has neither.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ProposalStatus.APPROVED, ProposalStatus.RETURNED])
                | ~Q(decided_by=F("proposed_by")),
                name="perspectives_proposal_is_decided_by_another",
                violation_error_message="Another person than the proposer must decide.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic or self.article}: {self.status}"


class Edition(models.Model):
    """A published topic or article guide, frozen. A trigger refuses every change; the database recomputes the hash."""

    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="editions")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=20, choices=EditionOrigin.choices)
    note = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = person_or_nobody("editions_proposed")
    published_at = models.DateTimeField()
    approved_by = person_or_nobody("editions_approved")

    class Meta:
        ordering = ("-published_at", "-number")
        indexes: ClassVar = [models.Index(fields=["published_at"], name="edition_published_at")]
        constraints: ClassVar = [
            exactly_one("edition", "topic", "article"),
            is_known("edition", "origin", EditionOrigin),
            models.UniqueConstraint(fields=["topic", "number"], name="perspectives_edition_topic_number_is_unique"),
            models.UniqueConstraint(fields=["article", "number"], name="perspectives_edition_article_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="perspectives_edition_counts_from_one"),
            models.CheckConstraint(
                condition=Q(
                    origin=EditionOrigin.FIXTURE,
                    number=1,
                    proposed_by=None,
                    proposed_at=None,
                    approved_by=None,
                )
                | (
                    Q(origin=EditionOrigin.REVIEW)
                    & Q(proposed_by__isnull=False, proposed_at__isnull=False, approved_by__isnull=False)
                    & ~Q(approved_by=F("proposed_by"))
                ),
                name="perspectives_edition_has_two_people_or_is_a_fixture",
                violation_error_message="An edition needs a proposer and another person who approved it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic or self.article}, edition {self.number}"

    @property
    def is_retracted(self) -> bool:
        """Whether it should no longer be relied on; fetch it with its `retraction`, for otherwise this is a query."""
        return hasattr(self, "retraction")


class FormattedBibliography(models.Model):
    """The references of an edition in one style, kept by the edition's hash; made by a background job.

    `entries` maps citekeys to lists of runs `{"text", "emphasis", "href"}`, so that pages need no ready-made HTML.
    """

    sha256 = models.CharField(max_length=64)
    style = models.CharField(max_length=40, choices=BibliographyStyle.choices)
    entries = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("sha256", "style")
        verbose_name_plural = "formatted bibliographies"
        constraints: ClassVar = [
            is_known("formattedbibliography", "style", BibliographyStyle),
            models.UniqueConstraint(
                fields=["sha256", "style"],
                name="perspectives_formattedbibliography_is_made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.style}"
