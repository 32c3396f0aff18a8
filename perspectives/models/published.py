"""What readers may see besides the editions themselves: an index of the current editions.

Every row is cut from an edition in the transaction that publishes it and can be rebuilt from the editions at any time.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from perspectives.models.article import Article
from perspectives.models.constraints import is_known
from perspectives.models.edition import Edition
from perspectives.models.topic import Topic
from perspectives.vocab import ClaimKind, SourceCategory, Stance


class PublishedTopic(models.Model):
    """The current edition of a topic, and what lists need of it."""

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.PROTECT, related_name="published")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="published_topics")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="current_for_topic")
    slug = models.SlugField(max_length=80, unique=True)
    order = models.PositiveIntegerField()
    title = models.TextField()
    tags = ArrayField(models.SlugField(max_length=80))
    summary = models.JSONField()
    """What the list of topics shows of each: see `rules.index.topic_summary`."""

    class Meta:
        ordering = ("article", "order")
        indexes: ClassVar = [GinIndex(fields=["tags"], name="publishedtopic_tags")]

    def __str__(self) -> str:
        return self.slug


class PublishedArticle(models.Model):
    """The current edition of an article guide."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.PROTECT, related_name="published")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="current_for_article")
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.JSONField()

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class PublishedClaim(models.Model):
    """A claim of a current edition."""

    published_topic = models.ForeignKey(PublishedTopic, on_delete=models.PROTECT, related_name="claims")
    public_id = models.CharField(max_length=170, unique=True)
    order = models.PositiveIntegerField()
    stance = models.CharField(max_length=20, choices=Stance.choices)
    kind = models.CharField(max_length=20, choices=ClaimKind.choices)
    sources = ArrayField(models.CharField(max_length=80))
    record = models.JSONField()
    """The claim as the API gives it: see `rules.index.claim_records`."""

    class Meta:
        ordering = ("public_id",)
        indexes: ClassVar = [GinIndex(fields=["sources"], name="publishedclaim_sources")]
        constraints: ClassVar = [
            is_known("publishedclaim", "stance", Stance),
            is_known("publishedclaim", "kind", ClaimKind),
        ]

    def __str__(self) -> str:
        return self.public_id


class PublishedPassage(models.Model):
    """A passage of a current article guide."""

    published_article = models.ForeignKey(PublishedArticle, on_delete=models.PROTECT, related_name="passages")
    public_id = models.CharField(max_length=170, unique=True)
    order = models.PositiveIntegerField()
    topics = ArrayField(models.SlugField(max_length=80))
    record = models.JSONField()

    class Meta:
        ordering = ("published_article", "order")
        indexes: ClassVar = [GinIndex(fields=["topics"], name="publishedpassage_topics")]

    def __str__(self) -> str:
        return self.public_id


class PublishedSource(models.Model):
    """A source that a current edition cites, with the record of the edition that was published last."""

    key = models.CharField(max_length=80, unique=True)
    category = models.CharField(max_length=30, choices=SourceCategory.choices)
    year = models.IntegerField(null=True)
    language = models.CharField(max_length=35)
    record = models.JSONField()

    class Meta:
        ordering = ("key",)
        constraints: ClassVar = [is_known("publishedsource", "category", SourceCategory)]

    def __str__(self) -> str:
        return self.key


class PublishedUse(models.Model):
    """One use of a source in a current edition: see `rules.index.topic_uses`."""

    source = models.ForeignKey(PublishedSource, on_delete=models.PROTECT, related_name="uses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="uses")
    order = models.PositiveIntegerField()
    record = models.JSONField()

    class Meta:
        ordering = ("edition", "order")

    def __str__(self) -> str:
        return f"{self.source_id} in {self.edition_id}"
