"""Contested questions, and what all sides of one share: agreements, cruxes, events, works, terms."""

from typing import ClassVar

from django.db import models

from perspectives.models.constraints import in_order, is_known, not_blank, once
from perspectives.models.documents.article import Article
from perspectives.models.documents.item import Item
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
    teaching_aim = models.TextField(blank=True, default="")
    teaching_note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("article", "order")
        constraints: ClassVar = [
            in_order("topic", "article"),
            not_blank("topic", "title", "question", "background", "period_start", "period_end"),
            models.CheckConstraint(
                condition=models.Q(teaching_note="") | models.Q(teaching_aim__regex=r"\S"),
                name="perspectives_topic_teaching_note_has_an_aim",
                violation_error_message="Fill in: teaching_aim, or remove the note for teachers.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class TopicPhrasing(Item):
    """The question of a topic as a reader would type it, in any language."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="phrasings")
    text = models.CharField(max_length=120)

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("topicphrasing", "topic"),
            not_blank("topicphrasing", "text"),
            once("topicphrasing_is_given_once", "topic", "text"),
        ]

    def __str__(self) -> str:
        return self.text


class TopicTag(Item):
    """A keyword of a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="tags")
    tag = models.SlugField(max_length=80)

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("topictag", "topic"),
            once("topictag_is_given_once", "topic", "tag"),
        ]

    def __str__(self) -> str:
        return self.tag


class Agreement(Item):
    """A fact that all sides accept."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="agreements")
    text = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [in_order("agreement", "topic"), not_blank("agreement", "text")]

    def __str__(self) -> str:
        return self.text[:60]


class Crux(Item):
    """A question on which the sides part, what each answers, and what evidence would settle it."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="cruxes")
    question = models.TextField()
    kind = models.CharField(max_length=20, choices=CruxKind.choices)
    author = models.TextField()
    opposing = models.TextField()
    neutral = models.TextField()
    would_settle = models.TextField()

    class Meta(Item.Meta):
        verbose_name_plural = "cruxes"
        constraints: ClassVar = [
            in_order("crux", "topic"),
            is_known("crux", "kind", CruxKind),
            not_blank("crux", "question", "author", "opposing", "neutral", "would_settle"),
        ]

    def __str__(self) -> str:
        return self.question[:60]


class CruxPrompt(Item):
    """A question to a class about a crux."""

    crux = models.ForeignKey(Crux, on_delete=models.PROTECT, related_name="prompts")
    text = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [in_order("cruxprompt", "crux"), not_blank("cruxprompt", "text")]

    def __str__(self) -> str:
        return self.text[:60]


class Event(Item):
    """A dated item of the timeline; `date` is a year, a month or a day (EDTF level 0)."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="events")
    date = models.CharField(max_length=10)
    title = models.TextField()
    description = models.TextField()

    class Meta(Item.Meta):
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


class BibliographyEntry(Item):
    """What a work says that matters for a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="bibliography")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="bibliography_entries")
    argues = models.TextField()

    class Meta(Item.Meta):
        verbose_name_plural = "bibliography entries"
        constraints: ClassVar = [
            in_order("bibliographyentry", "topic"),
            not_blank("bibliographyentry", "argues"),
            once("bibliographyentry_is_listed_once", "topic", "source"),
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
