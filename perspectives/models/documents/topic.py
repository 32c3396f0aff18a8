"""Contested questions, and what all sides of one share: agreements, cruxes, events, works, terms."""

from typing import ClassVar

from django.db import models

from perspectives.models.constraints import in_order, is_known, not_blank
from perspectives.models.documents.article import Article
from perspectives.models.source import Source
from perspectives.vocab import CruxKind


class Topic(models.Model):
    """One contested question raised by an article."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="topics")
    slug = models.SlugField(max_length=80, unique=True)
    order = models.PositiveIntegerField()
    title = models.TextField()
    question = models.TextField()
    background = models.TextField()
    period_start = models.CharField(max_length=10)
    period_end = models.CharField(max_length=10)

    class Meta:
        ordering = ("article", "order")
        constraints: ClassVar = [
            in_order("topic", "article"),
            not_blank("topic", "title", "question", "background", "period_start", "period_end"),
        ]

    def __str__(self) -> str:
        return self.slug


class TopicTag(models.Model):
    """A keyword of a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="tags")
    order = models.PositiveIntegerField()
    tag = models.SlugField(max_length=80)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            in_order("topictag", "topic"),
            models.UniqueConstraint(
                fields=["topic", "tag"],
                name="perspectives_topictag_is_given_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.tag


class Agreement(models.Model):
    """A fact that all sides accept."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="agreements")
    order = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [in_order("agreement", "topic"), not_blank("agreement", "text")]

    def __str__(self) -> str:
        return self.text[:60]


class Crux(models.Model):
    """A question on which the sides part, what each answers, and what evidence would settle it."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="cruxes")
    order = models.PositiveIntegerField()
    question = models.TextField()
    kind = models.CharField(max_length=20, choices=CruxKind.choices)
    author = models.TextField()
    opposing = models.TextField()
    neutral = models.TextField()
    would_settle = models.TextField()

    class Meta:
        ordering = ("order",)
        verbose_name_plural = "cruxes"
        constraints: ClassVar = [
            in_order("crux", "topic"),
            is_known("crux", "kind", CruxKind),
            not_blank("crux", "question", "author", "opposing", "neutral", "would_settle"),
        ]

    def __str__(self) -> str:
        return self.question[:60]


class Event(models.Model):
    """A dated item of the timeline; `date` is a year, a month or a day (EDTF level 0)."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="events")
    order = models.PositiveIntegerField()
    date = models.CharField(max_length=10)
    title = models.TextField()
    description = models.TextField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            in_order("event", "topic"),
            not_blank("event", "title", "description"),
            models.CheckConstraint(
                condition=models.Q(date__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
                name="perspectives_event_date_is_partial_iso",
                violation_error_message="Write the date as YYYY, YYYY-MM or YYYY-MM-DD.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"


class BibliographyEntry(models.Model):
    """What a work says that matters for a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="bibliography")
    order = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="bibliography_entries")
    argues = models.TextField()

    class Meta:
        ordering = ("order",)
        verbose_name_plural = "bibliography entries"
        constraints: ClassVar = [
            in_order("bibliographyentry", "topic"),
            not_blank("bibliographyentry", "argues"),
            models.UniqueConstraint(
                fields=["topic", "source"],
                name="perspectives_bibliographyentry_is_listed_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.source_id}"


class TopicTerm(models.Model):
    """A term that claims of a topic use, and what it means."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="terms")
    order = models.PositiveIntegerField()
    term = models.TextField()
    gloss = models.TextField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            in_order("topicterm", "topic"),
            not_blank("topicterm", "term", "gloss"),
            models.UniqueConstraint(
                fields=["topic", "term"],
                name="perspectives_topicterm_is_explained_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.term
