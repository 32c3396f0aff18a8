"""What readers may see besides the editions themselves: an index of the current editions.

Every row is cut from an edition in the transaction that publishes it and can be rebuilt from the editions at any time.
"""

from functools import reduce
from operator import add
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from perspectives.models.constraints import is_known
from perspectives.models.documents.article import Article
from perspectives.models.documents.topic import Topic
from perspectives.models.publication.edition import Edition
from perspectives.vocab import ClaimKind, ResponseType, SourceCategory, Stance

STEMMED = "perspectives_stemmed"
"""The text search configuration of everything that is searched: stems, without case, accents and common words."""


def search_vector(**weights: str) -> models.GeneratedField:
    """Make a column that PostgreSQL keeps equal to the words of other columns: `search_vector(title="A")`."""
    vectors = [SearchVector(column, weight=weight, config=STEMMED) for column, weight in weights.items()]
    return models.GeneratedField(expression=reduce(add, vectors), output_field=SearchVectorField(), db_persist=True)


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
    """What the list of topics shows of each: see `rules.publication.index_records.topic_summary`."""
    question = models.TextField(default="")
    asked_text = models.TextField(default="")
    positions_text = models.TextField(default="")
    summaries_text = models.TextField(default="")
    details_text = models.TextField(default="")
    """What each text holds: see `rules.search.search_entries.topic_columns`."""
    search = search_vector(
        title="A", question="A", asked_text="A", positions_text="B", summaries_text="C", details_text="D"
    )
    form = models.PositiveSmallIntegerField(default=0)
    """Which form of the index the topic's rows have: see `rules.publication.index_records.FORM`."""

    class Meta:
        ordering = ("article", "order")
        indexes: ClassVar = [
            GinIndex(fields=["tags"], name="publishedtopic_tags"),
            GinIndex(fields=["search"], name="publishedtopic_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.slug


class PublishedArticle(models.Model):
    """The current edition of an article guide."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.PROTECT, related_name="published")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="current_for_article")
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.JSONField()
    form = models.PositiveSmallIntegerField(default=0)

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
    """The claim as the API gives it: see `rules.publication.index_records.claim_records`."""
    holders = ArrayField(models.SlugField(max_length=80), default=list)
    """Those who hold the claim's perspective, by slug."""
    stated_by = ArrayField(models.SlugField(max_length=80), default=list)
    """Those whose works state the claim: see `rules.topics.stated_by`."""
    tags = ArrayField(models.SlugField(max_length=80), default=list)
    answered_by = ArrayField(models.CharField(max_length=20), default=list)
    """The stances of the claims that respond to this one, each once."""
    categories = ArrayField(models.CharField(max_length=30), default=list)
    years = ArrayField(models.IntegerField(), default=list)
    claim_text = models.TextField(default="")
    perspective_text = models.TextField(default="")
    sources_text = models.TextField(default="")
    notes_text = models.TextField(default="")
    """What each text holds: see `rules.search.search_entries.claim_columns`."""
    search = search_vector(claim_text="A", perspective_text="B", sources_text="C", notes_text="D")

    class Meta:
        ordering = ("public_id",)
        indexes: ClassVar = [
            GinIndex(fields=["sources"], name="publishedclaim_sources"),
            GinIndex(fields=["holders"], name="publishedclaim_holders"),
            GinIndex(fields=["stated_by"], name="publishedclaim_stated_by"),
            GinIndex(fields=["tags"], name="publishedclaim_tags"),
            GinIndex(fields=["years"], name="publishedclaim_years"),
            *(
                # One for each stance, since each is searched for its own best; without a pending list, which every
                # search would have to read until the next vacuum.
                GinIndex(
                    fields=["search"],
                    name=f"publishedclaim_search_{stance.value}",
                    condition=models.Q(stance=stance.value),
                    fastupdate=False,
                )
                for stance in Stance
            ),
        ]
        constraints: ClassVar = [
            is_known("publishedclaim", "stance", Stance),
            is_known("publishedclaim", "kind", ClaimKind),
        ]

    def __str__(self) -> str:
        return self.public_id


class PublishedResponse(models.Model):
    """A response between two claims of a current edition."""

    published_topic = models.ForeignKey(PublishedTopic, on_delete=models.PROTECT, related_name="responses")
    order = models.PositiveIntegerField()
    type = models.CharField(max_length=20, choices=ResponseType.choices)
    from_claim = models.CharField(max_length=170)
    to_claim = models.CharField(max_length=170)
    from_stance = models.CharField(max_length=20, choices=Stance.choices)
    to_stance = models.CharField(max_length=20, choices=Stance.choices)
    record = models.JSONField()

    class Meta:
        ordering = ("published_topic", "order")
        constraints: ClassVar = [
            is_known("publishedresponse", "type", ResponseType),
            is_known("publishedresponse", "from_stance", Stance),
            is_known("publishedresponse", "to_stance", Stance),
            models.UniqueConstraint(
                fields=["from_claim", "to_claim", "type"],
                name="perspectives_publishedresponse_is_given_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to_claim"], name="publishedresponse_to")]

    def __str__(self) -> str:
        return f"{self.from_claim} {self.type} {self.to_claim}"


class PublishedEvent(models.Model):
    """A dated item of a current edition's timeline."""

    published_topic = models.ForeignKey(PublishedTopic, on_delete=models.PROTECT, related_name="events")
    order = models.PositiveIntegerField()
    slug = models.SlugField(max_length=80)
    """The topic's slug, by which events of one date are ordered."""
    date = models.CharField(max_length=10)
    """As in the edition, known to the year, the month or the day: such dates sort as texts."""
    title = models.TextField()
    record = models.JSONField()

    class Meta:
        ordering = ("date", "slug", "order")
        indexes: ClassVar = [models.Index(fields=["date", "slug", "order"], name="publishedevent_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"


class PublishedPosition(models.Model):
    """A perspective of a current edition as held by one person."""

    published_topic = models.ForeignKey(PublishedTopic, on_delete=models.PROTECT, related_name="positions")
    order = models.PositiveIntegerField()
    person = models.SlugField(max_length=80)
    name = models.TextField()
    record = models.JSONField()

    class Meta:
        ordering = ("published_topic", "order")

    def __str__(self) -> str:
        return f"{self.name}: {self.record['label']}"


class PublishedPerson(models.Model):
    """Somebody who holds a perspective or states a claim of a current edition, with both in all of them."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField()
    claims = models.PositiveIntegerField()
    record = models.JSONField()
    """See `rules.publication.index_records.person_record`."""

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "published people"

    def __str__(self) -> str:
        return self.name


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
    line = models.TextField(default="")
    """Title and authors: see `rules.search.search_entries.source_line`."""
    search = search_vector(line="A")

    class Meta:
        ordering = ("key",)
        indexes: ClassVar = [GinIndex(fields=["search"], name="publishedsource_search", fastupdate=False)]
        constraints: ClassVar = [is_known("publishedsource", "category", SourceCategory)]

    def __str__(self) -> str:
        return self.key


class PublishedUse(models.Model):
    """One use of a source in a current edition: see `rules.publication.index_records.topic_uses`."""

    source = models.ForeignKey(PublishedSource, on_delete=models.PROTECT, related_name="uses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="uses")
    order = models.PositiveIntegerField()
    record = models.JSONField()

    class Meta:
        ordering = ("edition", "order")

    def __str__(self) -> str:
        return f"{self.source_id} in {self.edition_id}"


class PublishedWord(models.Model):
    """A word or a year that current editions use, by which misspelt words are recognised and put right.

    Kept by counting up and down what a publication changes, under a lock on the table: that costs one statement for
    each of removed, added and forgotten words, however many claims there are. Counting anew (`ts_stat`) would read
    every claim: seconds at 300,000.
    """

    word = models.TextField(primary_key=True)
    """In small letters, without accents, as `perspectives_exact` gives it."""
    claims = models.PositiveIntegerField()
    """How many claims and topics use it."""
    stems = models.GeneratedField(
        expression=SearchVector("word", config=STEMMED), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ("word",)
        indexes: ClassVar = [
            GinIndex(fields=["stems"], name="publishedword_stems"),
            # GiST, since it gives the nearest words straight away; a GIN index would need a least likeness.
            GistIndex(fields=["word"], name="publishedword_trigrams", opclasses=["gist_trgm_ops(siglen=32)"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(claims__gt=0),
                name="perspectives_publishedword_is_used",
                violation_error_message="A word that nothing uses is not kept.",
            ),
        ]

    def __str__(self) -> str:
        return self.word
