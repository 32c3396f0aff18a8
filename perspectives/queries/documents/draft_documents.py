"""Drafts as documents: the way from the tables to what packs, proposals and exports hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from perspectives.errors import require_found
from perspectives.models import Article, BibliographyEntry, Citation, Claim, PassageClaim, Source, Topic
from perspectives.queries.documents import draft_rows
from perspectives.queries.publication import review
from perspectives.queries.search import thesaurus
from perspectives.rules.documents import consistency, rows
from perspectives.rules.documents.article_document import ArticleDocument, ArticleEdition
from perspectives.rules.documents.pack_references import Known, Mentions, mentions
from perspectives.rules.documents.packs import Packs, checked, folder_of
from perspectives.rules.documents.topic_document import ArticleHead, TopicDocument, TopicEdition
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import SourceState

_STATEMENTS = ("claim", "agreement", "event")


def topic_document(topic_id: int) -> TopicDocument:
    """Read a topic with all that belongs to it, in one query. Raises NotFoundError."""
    found = topic_documents([topic_id]).get(topic_id)
    return require_found(found, f"There is no topic with the id {topic_id}.")


def topic_documents(topic_ids: Iterable[int]) -> dict[int, TopicDocument]:
    """Read topics with all that belongs to them, by id, in one query; who is not there is left out."""
    found = draft_rows.read(rows.TOPIC, topic_ids)
    ids = found.ids[rows.TOPIC.name]
    return {ids[slug,]: document for slug, document in rows.topics(found.rows).items()}


def topic_editions(numbers: Mapping[Topic, int]) -> dict[Topic, TopicEdition]:
    """Read drafts as editions of these numbers, with the records of every source that each and its article name.

    Two queries, and those for articles that were not fetched with their topics and sources.
    """
    drafts = topic_documents([topic.pk for topic in numbers])
    heads = {topic.article_id: article_head(topic.article) for topic in numbers}
    known = source_records(consistency.all_source_keys(drafts.values()) | {head.source for head in heads.values()})
    editions = {}
    for topic, number in numbers.items():
        document, head = drafts[topic.pk], heads[topic.article_id]
        named = {*consistency.all_source_keys([document]), head.source}
        sources = {key: record for key, record in known.items() if key in named}
        editions[topic] = TopicEdition(**dict(document), edition=number, article_head=head, sources=sources)
    return editions


def next_topic_edition(topic: Topic) -> TopicEdition:
    """Read a draft as the document of its next edition, with the records of every source that it cites."""
    return topic_editions({topic: next_number(topic)})[topic]


def first_editions(
    topics: Sequence[Topic], articles: Sequence[Article]
) -> dict[Topic | Article, TopicEdition | ArticleEdition]:
    """Read the drafts of those that have no edition yet as their first ones, in a number of queries for all topics."""
    new = Topic.objects.filter(pk__in=[topic.pk for topic in topics], editions=None).order_by("pk")
    guides = Article.objects.filter(pk__in=[article.pk for article in articles], editions=None).order_by("pk")
    editions = topic_editions(dict.fromkeys(new.select_related("article__source"), 1))
    return dict([*editions.items(), *((guide, next_article_edition(guide)) for guide in guides)])


def article_document(article_id: int) -> ArticleDocument:
    """Read an article guide in one query. Raises NotFoundError."""
    found = rows.articles(draft_rows.read(rows.ARTICLE, [article_id]).rows)
    return require_found(next(iter(found.values()), None), f"There is no article with the id {article_id}.")


def draft(subject: Topic | Article) -> TopicDocument | ArticleDocument:
    """Read the draft of a topic or of an article guide."""
    return topic_document(subject.pk) if isinstance(subject, Topic) else article_document(subject.pk)


def next_edition(subject: Topic | Article) -> TopicEdition | ArticleEdition:
    """Read a draft as the document of its next edition, with the records of every source that it cites."""
    return next_topic_edition(subject) if isinstance(subject, Topic) else next_article_edition(subject)


def next_article_edition(article: Article) -> ArticleEdition:
    """Read the draft of an article guide like `next_edition`."""
    document = article_document(article.pk)
    sources = source_records(consistency.all_source_keys([document]))
    return ArticleEdition(**dict(document), edition=next_number(article), sources=sources)


def next_number(subject: Topic | Article) -> int:
    """Count the editions that there are, and one."""
    return (review.current_number(subject) or 0) + 1


def article_head(article: Article) -> ArticleHead:
    """Read what a reader of one topic needs to know of the article."""
    return ArticleHead(
        article=article.slug,
        source=article.source.key,
        author=article.author,
        author_short=article.author_short,
        title=article.title,
    )


def source_records(keys: Iterable[str]) -> dict[str, SourceRecord]:
    """Read the records of the sources with these citekeys, by citekey."""
    return {
        key: SourceRecord.model_validate(record)
        for key, record in Source.objects.filter(key__in=set(keys)).order_by("key").values_list("key", "record")
    }


def dois() -> dict[str, str]:
    """Map the DOIs of all sources that were not merged into another, in small letters, to their citekeys."""
    return dict(Source.objects.exclude(doi=None).values_list("doi", "key"))


def known(mentions: Mentions) -> Known:
    """Say what the database holds of what packs mention, so that they may refer to it."""
    sources = Source.objects.filter(key__in=mentions.sources)
    states = list(sources.values_list("key", "state", "state_reason", "superseded_by__key"))
    retired = {key: _why_retired(*why) for key, *why in states if why[0] != SourceState.CURRENT}
    places = Q(slug__in=mentions.topics) | Q(article__slug__in=mentions.articles, order__in=mentions.orders)
    topics = list(Topic.objects.filter(places).order_by().values_list("slug", "article__slug", "order"))
    articles = Article.objects.filter(Q(slug__in=mentions.articles) | Q(source__key__in=mentions.sources))
    return Known(
        sources=frozenset(key for key, *_ in states),
        articles=dict(articles.values_list("slug", "source__key")),
        topics={slug: article for slug, article, _ in topics},
        claims=claims_of(mentions.claimed_topics),
        passages=passages_naming(mentions.topics),
        orders={(article, order): slug for slug, article, order in topics},
        dois=dict(Source.objects.filter(doi__in=mentions.dois).values_list("doi", "key")) if mentions.dois else {},
        retired=retired,
        retired_uses=_retired_uses(retired) if retired else frozenset(),
    )


def checked_topic(data: Mapping[str, Any]) -> TopicDocument:
    """Validate the plain data of a topic as packs are validated. Raises BrokenRulesError with every problem."""
    return checked(data, TopicDocument, known(mentions(folder_of(data, TopicDocument))))


def checked_article(data: Mapping[str, Any]) -> ArticleDocument:
    """Validate the plain data of an article guide like `checked_topic`."""
    return checked(data, ArticleDocument, known(mentions(folder_of(data, ArticleDocument))))


def claims_of(topics: Collection[str]) -> frozenset[str]:
    """Give the public ids of all claims of the topics with these slugs, such as `minsk-ii/s2`."""
    if not topics:
        return frozenset()
    claims = Claim.objects.filter(topic__slug__in=topics).order_by()
    return frozenset(f"{slug}/{identifier}" for slug, identifier in claims.values_list("topic__slug", "identifier"))


def passages_naming(topics: Collection[str]) -> dict[str, str]:
    """Map the public ids of the topics' claims that guides name to a passage (`article/id`) that does so."""
    names = ("claim__topic__slug", "claim__identifier", "passage__article__slug", "passage__identifier")
    links = PassageClaim.objects.filter(claim__topic__slug__in=topics).order_by().values_list(*names)
    return {f"{topic}/{claim}": f"{article}/{passage}" for topic, claim, article, passage in links}


def _why_retired(state: str, reason: str, successor: str | None) -> str:
    if state == SourceState.SUPERSEDED:
        return f"was merged into '{successor}'; cite that"
    return f"is deprecated ({reason.rstrip('.')}); cite another source"


def _retired_uses(keys: Iterable[str]) -> frozenset[tuple[str, str]]:
    of_these = {"source__key__in": list(keys)}
    cited = Citation.objects.filter(**of_these).values_list(
        Coalesce(*(f"{owner}__topic__slug" for owner in _STATEMENTS), "finding__passage__article__slug"),
        "source__key",
    )
    listed = BibliographyEntry.objects.filter(**of_these)
    guides = Article.objects.filter(**of_these)
    return frozenset(
        {*cited, *listed.values_list("topic__slug", "source__key"), *guides.values_list("slug", "source__key")}
    )


def packs(article_slug: str) -> Packs:
    """Read everything of an article: its guide, its topics, the sources they cite and those that nothing cites.

    Sources that were merged into others are left out: nothing cites them. Raises NotFoundError.
    """
    article = require_found(Article.objects.filter(slug=article_slug).first(), f"There is no article '{article_slug}'.")
    guide = article_document(article.pk)
    own = list(Topic.objects.filter(article=article).values_list("pk", flat=True))
    read = topic_documents(own)
    topics = [read[pk] for pk in own]
    cited = consistency.all_source_keys([guide, *topics])
    others = Topic.objects.exclude(article=article).values_list("pk", flat=True)
    elsewhere = consistency.all_source_keys(topic_document(pk) for pk in others)
    guides = Article.objects.exclude(pk=article.pk).values_list("pk", flat=True)
    elsewhere |= consistency.all_source_keys(article_document(pk) for pk in guides)
    standing = Source.objects.exclude(state=SourceState.SUPERSEDED)
    keys = set(standing.values_list("key", flat=True)) - (elsewhere - cited)
    synonyms = {name: tuple(terms) for name, terms in thesaurus.groups().items()}
    return Packs(sources=source_records(keys), article=guide, topics=topics, thesaurus=synonyms or None)
