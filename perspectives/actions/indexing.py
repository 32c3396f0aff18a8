"""Keeping the published index equal to the current editions; called by the deed that publishes, in its transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from perspectives.actions import words
from perspectives.actions.syncing import Surplus, sync
from perspectives.models import (
    Article,
    Edition,
    PublishedArticle,
    PublishedClaim,
    PublishedPassage,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    Topic,
)
from perspectives.rules import index, search
from perspectives.rules.article_document import ArticleEdition
from perspectives.rules.document import TopicEdition
from perspectives.rules.source_record import SourceRecord


def index_topic(edition: Edition, document: TopicEdition) -> None:
    """Make `edition` the current one of its topic and rebuild what the index holds of the topic."""
    topic = Topic.objects.select_related("article").get(slug=document.topic)
    surplus = Surplus()
    published, _ = PublishedTopic.objects.update_or_create(
        topic=topic,
        defaults={
            "article": topic.article,
            "edition": edition,
            "slug": topic.slug,
            "order": document.order,
            "title": document.title,
            "tags": list(document.tags),
            "summary": index.topic_summary(document),
            "question": document.question,
            "positions_text": "\n".join(side.label for side in document.perspectives),
        },
    )
    words_before = words.begin(published)
    claims = [
        PublishedClaim(
            published_topic=published,
            public_id=record["id"],
            order=order,
            stance=record["stance"],
            kind=record["kind"],
            sources=sorted({cite["source"] for cite in record["cites"]}),
            record=record,
            **columns,
        )
        for order, (record, columns) in enumerate(search.claim_columns(document))
    ]
    sync(PublishedClaim.objects.filter(published_topic=published), claims, ("public_id",), surplus)
    _index_sources(edition, document.sources, index.topic_uses(document))
    surplus.clear()
    words.recount(published, words_before)


def index_article(edition: Edition, document: ArticleEdition) -> None:
    """Make `edition` the current one of its article guide and rebuild what the index holds of the guide."""
    article = Article.objects.get(slug=document.article)
    surplus = Surplus()
    published, _ = PublishedArticle.objects.update_or_create(
        article=article,
        defaults={"edition": edition, "slug": article.slug, "summary": index.article_summary(document)},
    )
    passages = [
        PublishedPassage(
            published_article=published,
            public_id=record["id"],
            order=order,
            topics=record.get("topics", []),
            record=record,
        )
        for order, record in enumerate(index.passage_records(document))
    ]
    sync(PublishedPassage.objects.filter(published_article=published), passages, ("public_id",), surplus)
    _index_sources(edition, document.sources, index.article_uses(document))
    surplus.clear()


def _index_sources(
    edition: Edition,
    records: Mapping[str, SourceRecord],
    uses: Iterable[tuple[str, dict[str, Any]]],
) -> None:
    """Write the sources' records and the uses in this edition; forget the uses in the editions that it replaces."""
    rows = [
        PublishedSource(
            key=key,
            category=record.category,
            year=search.year_of(record),
            language=record.language,
            line=search.source_line(record),
            record=index.plain(record),
        )
        for key, record in records.items()
    ]
    sync(PublishedSource.objects.filter(key__in=records), rows, ("key",), Surplus())
    by_key = {row.key: row for row in rows}
    replaced = PublishedUse.objects.filter(edition__topic=edition.topic, edition__article=edition.article)
    used_before = set(replaced.values_list("source", flat=True))
    replaced.delete()
    PublishedUse.objects.bulk_create(
        PublishedUse(source=by_key[key], edition=edition, order=order, record=record)
        for order, (key, record) in enumerate(uses)
    )
    if gone := used_before - {row.pk for row in rows}:
        PublishedSource.objects.filter(
            ~Exists(PublishedUse.objects.filter(source=OuterRef("pk"))), pk__in=gone
        ).delete()
