"""Keeping the published index equal to the current editions; part of the action that publishes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from perspectives.actions import row_sets
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
from perspectives.rules.publication import edition_form, index_records
from perspectives.rules.search import search_entries
from perspectives.rules.sources.source_record import SourceRecord

Record = dict[str, Any]
Topics = Sequence[tuple[Edition, TopicEdition]]
Articles = Sequence[tuple[Edition, ArticleEdition]]
Uses = Iterable[tuple[str, Record]]
_AT_ONCE = 20
"""Editions that are indexed anew in one transaction."""


def index_topics(current: Topics) -> None:
    """Make editions the current ones of their topics and rebuild what the index holds of these topics."""
    if current:
        _index_topics([edition.topic_id or 0 for edition, _ in current], current)


def _index_topics(ids: Sequence[int], current: Topics) -> None:
    """Rebuild what the index holds of the topics with these ids; nothing stays of those without an edition here."""
    words_before = search_vocabulary.begin(ids)
    articles = dict(Topic.objects.filter(pk__in=ids).order_by().values_list("pk", "article_id"))
    topics = [_topic(edition, document, articles[edition.topic_id or 0]) for edition, document in current]
    row_sets.sync(PublishedTopic.objects.filter(topic__in=ids), topics, ["topic_id"])
    of_these = Q(published_topic__in=ids)
    people = _people(of_these)
    row_sets.sync(PublishedClaim.objects.filter(of_these), _each(current, _claims), ["public_id"])
    answers = ["from_claim", "to_claim", "type"]
    row_sets.sync(PublishedResponse.objects.filter(of_these), _each(current, _responses), answers)
    place = ["published_topic_id", "order"]
    row_sets.sync(PublishedEvent.objects.filter(of_these), _each(current, _events), place)
    row_sets.sync(PublishedPosition.objects.filter(of_these), _each(current, _positions), place)
    _index_people(people | _people(of_these))
    of_editions = Q(edition__topic__in=ids)
    uses = [(edition, document.sources, index_records.topic_uses(document)) for edition, document in current]
    _index_sources(of_editions, uses)
    search_vocabulary.recount(ids, words_before)


def index_articles(current: Articles) -> None:
    """Make editions the current ones of their article guides and rebuild what the index holds of these guides."""
    if current:
        _index_articles([edition.article_id or 0 for edition, _ in current], current)


def _index_articles(ids: Sequence[int], current: Articles) -> None:
    guides = [
        {
            "article_id": edition.article_id,
            "edition_id": edition.pk,
            "slug": document.article,
            "summary": {**index_records.article_summary(document), **_stamp(edition)},
            "form": index_records.FORM,
        }
        for edition, document in current
    ]
    row_sets.sync(PublishedArticle.objects.filter(article__in=ids), guides, ["article_id"])
    passages = [
        {
            "published_article_id": edition.article_id,
            "public_id": record["id"],
            "order": order,
            "topics": record.get("topics", []),
            "record": record,
        }
        for edition, document in current
        for order, record in enumerate(index_records.passage_records(document))
    ]
    row_sets.sync(PublishedPassage.objects.filter(published_article__in=ids), passages, ["public_id"])
    uses = [(edition, document.sources, index_records.article_uses(document)) for edition, document in current]
    _index_sources(Q(edition__article__in=ids), uses)


def leave_out(subject: Topic | Article) -> None:
    """Forget a topic or an article guide: no list is to show it any more."""
    if isinstance(subject, Topic):
        _index_topics([subject.pk], [])
    else:
        _index_articles([subject.pk], [])


def renew(*, form: int) -> int:
    """Cut the rows of every current edition anew that have an older form than `form`; tell how many editions that was.

    Some editions in each transaction; may be run again at any time.
    """
    topics = list(PublishedTopic.objects.filter(form__lt=form).values_list("edition", flat=True))
    articles = list(PublishedArticle.objects.filter(form__lt=form).values_list("edition", flat=True))
    index_anew([*topics, *articles])
    return len(topics) + len(articles)


def index_anew(editions: Sequence[int]) -> None:
    """Cut the rows of editions anew, some of them in each transaction."""
    for first in range(0, len(editions), _AT_ONCE):
        with transaction.atomic():
            found = list(Edition.objects.filter(pk__in=editions[first : first + _AT_ONCE]).order_by("pk"))
            index_topics([(one, edition_form.topic(bytes(one.body))) for one in found if one.topic_id])
            guides = [one for one in found if one.article_id]
            index_articles([(one, edition_form.article(bytes(one.body))) for one in guides])


def source_row(key: str, record: SourceRecord) -> Record:
    """Cut what the index holds of a source."""
    return {
        "key": key,
        "category": record.category.value,
        "year": search_entries.year_of(record),
        "language": record.language,
        "line": search_entries.source_line(record),
        "record": index_records.plain(record),
    }


def _stamp(edition: Edition) -> dict[str, str]:
    """Tell of an edition what its document cannot: its hash and when it was published."""
    return {"sha256": edition.sha256, "published_at": edition.published_at.isoformat()}


def _topic(edition: Edition, document: TopicEdition, article_id: int) -> Record:
    return {
        "topic_id": edition.topic_id,
        "article_id": article_id,
        "edition_id": edition.pk,
        "slug": document.topic,
        "order": document.order,
        "title": document.title,
        "tags": list(document.tags),
        "summary": {**index_records.topic_summary(document), **_stamp(edition)},
        "question": document.question,
        **search_entries.topic_columns(document),
        "form": index_records.FORM,
    }


def _each(current: Topics, cut: Callable[[TopicEdition], Iterator[Record]]) -> list[Record]:
    """Cut rows from each document, and tell with each whose it is and where it stands."""
    return [
        {"published_topic_id": edition.topic_id, "order": order, **record}
        for edition, document in current
        for order, record in enumerate(cut(document))
    ]


def _claims(document: TopicEdition) -> Iterator[Record]:
    for record, columns in search_entries.claim_columns(document):
        yield {
            "public_id": record["id"],
            "stance": record["stance"],
            "kind": record["kind"],
            "sources": sorted({cite["source"] for cite in record["cites"]}),
            "record": record,
            **columns,
        }


def _responses(document: TopicEdition) -> Iterator[Record]:
    for record in index_records.response_records(document):
        yield {
            "type": record["type"],
            "from_claim": record["from"],
            "to_claim": record["to"],
            "from_stance": record["from_stance"],
            "to_stance": record["to_stance"],
            "record": record,
        }


def _events(document: TopicEdition) -> Iterator[Record]:
    for record in index_records.event_records(document):
        yield {"slug": document.topic, "date": record["date"], "title": record["title"], "record": record}


def _positions(document: TopicEdition) -> Iterator[Record]:
    for record in index_records.position_records(document):
        yield {"person": record["person"], "name": record["name"], "record": record}


def _people(of_these: Q) -> set[str]:
    """Find who holds a perspective or states a claim in some topics, as the index has them now."""
    holding = PublishedPosition.objects.filter(of_these).order_by().values_list("person", flat=True)
    stating = PublishedClaim.objects.filter(of_these).order_by().values_list("stated_by", flat=True)
    return {*holding, *chain.from_iterable(stating)}


def _index_people(concerned: set[str]) -> None:
    """Join anew what each person concerned holds and states."""
    held: dict[str, list[Record]] = defaultdict(list)
    stated: dict[str, list[Record]] = defaultdict(list)
    in_order = ("published_topic__order", "order")
    positions = PublishedPosition.objects.filter(person__in=concerned).order_by(*in_order)
    for record in positions.values_list("record", flat=True):
        held[record["person"]].append(record)
    claims = PublishedClaim.objects.filter(stated_by__overlap=sorted(concerned)).order_by(*in_order)
    for record, slugs in claims.values_list("record", "stated_by"):
        for person in concerned.intersection(slugs):
            stated[person].append(record)
    joined = [index_records.person_record(one, held[one], stated[one]) for one in sorted({*held, *stated})]
    rows = [
        {"slug": one["person"], "name": one["name"], "claims": one["counts"]["claims"], "record": one} for one in joined
    ]
    row_sets.sync(PublishedPerson.objects.filter(slug__in=concerned), rows, ["slug"])


def _index_sources(owners: Q, cited: Sequence[tuple[Edition, Mapping[str, SourceRecord], Uses]]) -> None:
    """Write the sources' records and the uses in these editions; forget all other uses in editions of `owners`.

    A source keeps the record that a later edition has: what comes back from the archive takes no correction back.
    """
    records = {key: (edition.pk, record) for edition, sources, _ in cited for key, record in sources.items()}
    using = PublishedUse.objects.filter(source__key__in=records).order_by().values("source__key")
    last = dict(using.annotate(last=Max("edition")).values_list("source__key", "last"))
    rows = [source_row(key, record) for key, (pk, record) in records.items() if last.get(key, 0) <= pk]
    row_sets.sync(PublishedSource.objects.filter(key__in=[row["key"] for row in rows]), rows, ["key"])
    ids = dict(PublishedSource.objects.filter(key__in=records).order_by().values_list("key", "pk"))
    replaced = PublishedUse.objects.filter(owners).order_by()
    gone = set(replaced.values_list("source", flat=True)) - set(ids.values())
    uses = [
        {"edition_id": edition.pk, "order": order, "source_id": ids[key], "record": record}
        for edition, _, found in cited
        for order, (key, record) in enumerate(found)
    ]
    row_sets.sync(replaced, uses, ["edition_id", "order"])
    if gone:
        PublishedSource.objects.filter(
            ~Exists(PublishedUse.objects.filter(source=OuterRef("pk"))), pk__in=gone
        ).delete()
