"""Keeping the published index equal to the current editions; part of the action that publishes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from perspectives.actions.documents.syncing import Surplus, sync
from perspectives.actions.search import search_vocabulary
from perspectives.models import (
    Article,
    Edition,
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedPosition,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    Topic,
)
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import index_records
from perspectives.rules.search import search_entries
from perspectives.rules.sources.source_record import SourceRecord


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
            "summary": {**index_records.topic_summary(document), **_stamp(edition)},
            "question": document.question,
            "positions_text": "\n".join(side.label for side in document.perspectives),
            "form": index_records.FORM,
        },
    )
    words_before = search_vocabulary.begin(published)
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
        for order, (record, columns) in enumerate(search_entries.claim_columns(document))
    ]
    sync(PublishedClaim.objects.filter(published_topic=published), claims, ("public_id",), surplus)
    _index_responses(published, document)
    _index_events(published, document)
    _index_people(published, document)
    _index_sources(edition, document.sources, index_records.topic_uses(document))
    surplus.clear()
    search_vocabulary.recount(published, words_before)


def index_article(edition: Edition, document: ArticleEdition) -> None:
    """Make `edition` the current one of its article guide and rebuild what the index holds of the guide."""
    article = Article.objects.get(slug=document.article)
    surplus = Surplus()
    published, _ = PublishedArticle.objects.update_or_create(
        article=article,
        defaults={
            "edition": edition,
            "slug": article.slug,
            "summary": {**index_records.article_summary(document), **_stamp(edition)},
            "form": index_records.FORM,
        },
    )
    passages = [
        PublishedPassage(
            published_article=published,
            public_id=record["id"],
            order=order,
            topics=record.get("topics", []),
            record=record,
        )
        for order, record in enumerate(index_records.passage_records(document))
    ]
    sync(PublishedPassage.objects.filter(published_article=published), passages, ("public_id",), surplus)
    _index_sources(edition, document.sources, index_records.article_uses(document))
    surplus.clear()


def renew(*, form: int) -> int:
    """Cut the rows of every current edition anew that have an older form than `form`; tell how many editions that was.

    Each edition in a transaction of its own; may be run again at any time.
    """
    topics = PublishedTopic.objects.filter(form__lt=form).select_related("edition")
    articles = PublishedArticle.objects.filter(form__lt=form).select_related("edition")
    renewed = [row.edition for row in topics] + [row.edition for row in articles]
    for edition in renewed:
        with transaction.atomic():
            if edition.topic_id:
                index_topic(edition, TopicEdition.model_validate_json(bytes(edition.body)))
            else:
                index_article(edition, ArticleEdition.model_validate_json(bytes(edition.body)))
    return len(renewed)


def _stamp(edition: Edition) -> dict[str, str]:
    """Tell of an edition what its document cannot: its hash and when it was published."""
    return {"sha256": edition.sha256, "published_at": edition.published_at.isoformat()}


def _index_responses(published: PublishedTopic, document: TopicEdition) -> None:
    rows = [
        PublishedResponse(
            published_topic=published,
            order=order,
            type=record["type"],
            from_claim=record["from"],
            to_claim=record["to"],
            from_stance=record["from_stance"],
            to_stance=record["to_stance"],
            record=record,
        )
        for order, record in enumerate(index_records.response_records(document))
    ]
    published.responses.all().delete()
    PublishedResponse.objects.bulk_create(rows)


def _index_events(published: PublishedTopic, document: TopicEdition) -> None:
    rows = [
        PublishedEvent(
            published_topic=published,
            order=order,
            slug=document.topic,
            date=record["date"],
            title=record["title"],
            record=record,
        )
        for order, record in enumerate(index_records.event_records(document))
    ]
    published.events.all().delete()
    PublishedEvent.objects.bulk_create(rows)


def _index_people(published: PublishedTopic, document: TopicEdition) -> None:
    """Write who holds which perspective, and join anew what is said of each person concerned."""
    rows = [
        PublishedPosition(
            published_topic=published,
            order=order,
            person=record["person"],
            name=record["name"],
            record=record,
        )
        for order, record in enumerate(index_records.position_records(document))
    ]
    concerned = {row.person for row in rows} | set(published.positions.values_list("person", flat=True))
    published.positions.all().delete()
    PublishedPosition.objects.bulk_create(rows)
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    standing = PublishedPosition.objects.filter(person__in=concerned)
    for record in standing.order_by("published_topic__order", "order").values_list("record", flat=True):
        held[record["person"]].append(record)
    people = [index_records.person_record(records) for records in held.values()]
    surplus = Surplus()
    wanted = [
        PublishedPerson(slug=one["person"], name=one["name"], claims=one["counts"]["claims"], record=one)
        for one in people
    ]
    sync(PublishedPerson.objects.filter(slug__in=concerned), wanted, ("slug",), surplus)
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
            year=search_entries.year_of(record),
            language=record.language,
            line=search_entries.source_line(record),
            record=index_records.plain(record),
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
