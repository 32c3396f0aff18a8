"""The article whose contested statements form the knowledge base, and the guide through it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from perspectives.models.constraints import in_order, is_known, not_blank, once, unique_identifier
from perspectives.models.documents.item import Item
from perspectives.models.source import Source
from perspectives.vocab import FindingKind


class Article(models.Model):
    """One author's text; itself a source. Its words are not kept, only fragments of at most twelve."""

    slug = models.SlugField(max_length=80, unique=True)
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="article")
    author = models.TextField()
    author_short = models.TextField()
    title = models.TextField()
    about = models.TextField(blank=True, default="")
    selector_note = models.TextField()

    class Meta:
        ordering = ("slug",)
        constraints: ClassVar = [not_blank("article", "author", "author_short", "title", "selector_note")]

    def __str__(self) -> str:
        return self.slug


class ArticleSection(Item):
    """A section of the article, summed up."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="sections")
    heading = models.TextField()
    summary = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("articlesection", "article"),
            not_blank("articlesection", "heading", "summary"),
        ]

    def __str__(self) -> str:
        return self.heading


class ArticleLink(Item):
    """Another place where the article can be read."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="links")
    label = models.TextField()
    url = models.URLField(max_length=2000)

    class Meta(Item.Meta):
        constraints: ClassVar = [in_order("articlelink", "article"), not_blank("articlelink", "label", "url")]

    def __str__(self) -> str:
        return self.label


class Passage(Item):
    """A fragment of the article with its position (characters from 0, `end` not included) and our paraphrase."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="passages")
    identifier = models.SlugField(max_length=80)
    section = models.ForeignKey(ArticleSection, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    quote_by = models.TextField(blank=True, default="")
    text_sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the text in which the position counts; the text itself is nowhere."""
    paraphrase = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("passage", "article"),
            not_blank("passage", "quote", "paraphrase"),
            unique_identifier("passage", "article"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="perspectives_passage_ends_after_it_starts",
                violation_error_message="The passage must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class PassageTopic(Item):
    """A topic that takes a passage up; the most relevant stands first."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="topic_links")
    topic = models.ForeignKey("perspectives.Topic", on_delete=models.PROTECT, related_name="passage_links")

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("passagetopic", "passage"),
            once("passagetopic_is_linked_once", "passage", "topic"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.topic_id}"


class PassageClaim(Item):
    """An author claim that a passage states."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="claim_links")
    claim = models.ForeignKey("perspectives.Claim", on_delete=models.PROTECT, related_name="passage_links")

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("passageclaim", "passage"),
            once("passageclaim_is_linked_once", "passage", "claim"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.claim_id}"


class Finding(Item):
    """The outcome of checking a passage from the point of view of one topic."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="findings")
    topic = models.ForeignKey("perspectives.Topic", on_delete=models.PROTECT, related_name="findings")
    finding = models.CharField(max_length=30, choices=FindingKind.choices)
    note = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("finding", "passage"),
            is_known("finding", "finding", FindingKind),
            not_blank("finding", "note"),
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.note[:40]}"
