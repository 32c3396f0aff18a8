"""Loading packs into the drafts."""

from collections.abc import Callable, Mapping, Sequence

from django.db import connection, transaction

from perspectives.actions.documents import citing, guide_drafting, topic_drafting
from perspectives.actions.event_log import record
from perspectives.errors import BrokenRulesError
from perspectives.models import Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import packs as rules
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.vocab import EventCode

Show = Callable[[str], object]
"""Takes one line of progress for people."""

_LOADING_LOCK = 7_305_001
"""Key of the advisory lock that lets one load run at a time."""


def load(*, files: Mapping[str, bytes], by: Actor | None, show: Show) -> rules.Packs:
    """Validate all `files` (names as in `rules.documents.packs`), then load each pack in its own transaction.

    Loading what is there already changes nothing. Raises NotPermittedError, or BrokenRulesError with every problem,
    before anything is written.
    """
    actor = require(by, Permission.PACK_LOAD)
    packs, problems = rules.parse(files, draft_documents.known())
    if problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was loaded.", tuple(problems))
    if packs.sources:
        _load_sources(packs)
        show(f"sources: {len(packs.sources)} records")
    if packs.article:
        _load_head(packs.article)
    _arrange(packs.topics)
    for number, topic in enumerate(sorted(packs.topics, key=lambda topic: topic.order), start=1):
        changed = _load_topic(topic, by=actor)
        show(f"topic {number} of {len(packs.topics)}: {topic.topic}{'' if changed else ' (unchanged)'}")
    if packs.article:
        changed = _load_article(packs.article, by=actor)
        show(f"article: {packs.article.article}{'' if changed else ' (unchanged)'}")
    return packs


def _wait_for_turn() -> None:
    """Hold the loading lock until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADING_LOCK])


@transaction.atomic
def _load_sources(packs: rules.Packs) -> None:
    _wait_for_turn()
    citing.load_sources(packs.sources)


@transaction.atomic
def _load_head(document: ArticleDocument) -> None:
    _wait_for_turn()
    guide_drafting.load_article_head(document)


@transaction.atomic
def _arrange(wanted: Sequence[TopicDocument]) -> None:
    """Give topics that are there already their places at once: one by one, they would stand in each other's way."""
    _wait_for_turn()
    orders = {topic.topic: topic.order for topic in wanted}
    standing = list(Topic.objects.filter(slug__in=orders).select_for_update())
    for topic in standing:
        topic.order = orders[topic.slug]
    Topic.objects.bulk_update(standing, ["order"])


@transaction.atomic
def _load_topic(document: TopicDocument, *, by: Actor) -> bool:
    _wait_for_turn()
    standing = Topic.objects.filter(slug=document.topic).select_for_update().first()
    if standing is not None and draft_documents.topic_document(standing.pk) == document:
        return False
    topic = topic_drafting.load_topic(document)
    record(EventCode.PACK_LOADED, by=by, subject=topic)
    return True


@transaction.atomic
def _load_article(document: ArticleDocument, *, by: Actor) -> bool:
    _wait_for_turn()
    article = guide_drafting.load_article_head(document)
    if draft_documents.article_document(article.pk) == document:
        return False
    record(EventCode.PACK_LOADED, by=by, subject=guide_drafting.load_article(document))
    return True
