"""Loading packs into the drafts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import transaction

from perspectives.actions import row_sets
from perspectives.actions.documents import citing, draft_writing
from perspectives.actions.event_log import record, record_all
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.search import thesaurus
from perspectives.errors import BrokenRulesError
from perspectives.models import Article, Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import packs as rules
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.pack_references import mentions
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.vocab import EventCode

Show = Callable[[str], object]
"""Takes one line of progress for people."""

AT_ONCE = 20
"""Topics that are written, or published, in one transaction: it bounds the memory, and how long others wait."""


def load(*, files: Mapping[str, bytes], by: Actor | None, show: Show) -> rules.Packs:
    """Validate all `files` (names as in `rules.documents.packs`), then load topics, `AT_ONCE` in each transaction.

    Loading what is there already changes nothing. Raises NotPermittedError, or BrokenRulesError with every problem,
    before anything is written.
    """
    actor = require(by, Permission.PACK_LOAD)
    reading = rules.Reading(files)
    packs, problems = reading.checked(draft_documents.known(mentions(reading.folder)))
    if problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was loaded.", tuple(problems))
    if packs.sources:
        with _turn():
            citing.load_sources(packs.sources)
        show(f"sources: {len(packs.sources)} records")
    if packs.thesaurus is not None:
        with _turn():
            thesaurus.load(packs.thesaurus)
        show(f"thesaurus: {len(packs.thesaurus)} groups")
    if packs.article:
        with _turn():
            draft_writing.write_article_head(packs.article)
    _arrange(packs.topics)
    ordered = sorted(packs.topics, key=lambda topic: topic.order)
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        changed = _load_topics(some, by=actor)
        for number, topic in enumerate(some, start=first + 1):
            note = "" if topic.topic in changed else " (unchanged)"
            show(f"topic {number} of {len(ordered)}: {topic.topic}{note}")
    if packs.article:
        is_changed = _load_article(packs.article, by=actor)
        show(f"article: {packs.article.article}{'' if is_changed else ' (unchanged)'}")
    return packs


@contextmanager
def _turn() -> Iterator[None]:
    """Do what is within in a transaction of its own; one load writes at a time."""
    with transaction.atomic():
        wait_for_turn(Turn.LOADING)
        yield


@_turn()
def _arrange(wanted: Sequence[TopicDocument]) -> None:
    """Give topics that are there already their places at once: one by one, they would stand in each other's way."""
    orders = {topic.topic: topic.order for topic in wanted}
    standing = Topic.objects.filter(slug__in=orders).select_for_update(no_key=True).order_by("pk")
    moved = [{"id": topic.pk, "order": orders[topic.slug]} for topic in standing if topic.order != orders[topic.slug]]
    row_sets.update(Topic, moved)


@_turn()
def _load_topics(documents: Sequence[TopicDocument], *, by: Actor) -> Collection[str]:
    """Write topics, and give the slugs of those that are other than before."""
    written = draft_writing.write_topics(documents)
    topics = Topic.objects.in_bulk([written.ids[slug] for slug in written.changed])
    record_all(EventCode.PACK_LOADED, by=by, subjects={topics[pk]: {} for pk in sorted(topics)})
    return written.changed


@_turn()
def _load_article(document: ArticleDocument, *, by: Actor) -> bool:
    written = draft_writing.write_article(document)
    if written.changed:
        record(EventCode.PACK_LOADED, by=by, subject=Article.objects.get(pk=written.ids[document.article]))
    return bool(written.changed)
