"""Merging a source that is there twice: drafts cite one of the two from then on, and nothing that was said is lost."""

from collections.abc import Mapping

from django.db import transaction

from perspectives.actions.documents import draft_writing
from perspectives.actions.event_log import record as record_event
from perspectives.actions.notices.notifying import notify
from perspectives.actions.publication.subjects import locked_all
from perspectives.actions.sources import source_records
from perspectives.errors import ConflictError, NotPossibleError
from perspectives.models import Article, Source, Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents
from perspectives.queries.notices import recipients
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from perspectives.rules.publication.transitions import require_transition
from perspectives.rules.sources.source_changes import Record, repointed
from perspectives.vocab import EventCode, NoticeKind, SourceState


@transaction.atomic
def merge(
    *, from_key: str, into_key: str, record: Record, versions: Mapping[str, str], by: Actor | None, note: str = ""
) -> Source:
    """Let `into_key` stand in the place of `from_key` in every draft, with this record, and give it.

    `versions` are those of both records when they were compared, by citekey. The source that was merged keeps its row
    and its record, superseded; editions that cite it stay as they are. Each draft's change is recorded with its topic,
    where it can be undone once the source is reinstated, and whoever proposed or sees to a draft
    that cited it, or one whose record changes, is told. Raises NotFoundError, NotPermittedError, NotPossibleError,
    ConflictError where a record or who cites it changed since, and BrokenRulesError with every problem of the record
    and of each draft as it would be. In all of these cases nothing has changed.
    """
    if from_key == into_key:
        raise NotPossibleError("A source cannot be merged into itself; choose another.")
    drafts = _locked_drafts(from_key)
    merged, survivor = source_records.locked_all([from_key, into_key])
    actor = require(by, Permission.SOURCE_MERGE)
    _require_drafts(drafts, merged)
    for source in (merged, survivor):
        source_records.require_version(source, versions.get(source.key))
    require_transition(SourceState.of(merged.state), SourceState.SUPERSEDED)
    if survivor.state != SourceState.CURRENT:
        raise NotPossibleError(f"'{survivor}' is not to be cited itself; reinstate it, or merge it into '{merged}'.")
    reason = note.strip() or f"It is the same work as '{survivor}'."
    source_records.put_in_state(merged, SourceState.SUPERSEDED, reason=reason, successor=survivor)
    Source.objects.filter(superseded_by=merged).update(superseded_by=survivor)
    changes = source_records.write_record(survivor, record)
    told = recipients.of_source(merged.pk) | (recipients.of_source(survivor.pk) if changes else set())
    names = {"merged": from_key, "into": into_key}
    record_event(EventCode.SOURCE_MERGED, by=actor, subject=merged, note=note, changes=(), **names)
    entry = record_event(EventCode.SOURCE_MERGED, by=actor, subject=survivor, note=note, changes=changes, **names)
    notify(NoticeKind.CORRECTION, entry, to=told)
    for draft in drafts:
        drafted = _repoint(draft, {from_key: into_key})
        record_event(EventCode.SOURCE_MERGED, by=actor, subject=draft, note=note, changes=drafted, **names)
    return survivor


def _locked_drafts(key: str) -> list[Topic | Article]:
    """Lock the drafts that cite a source, topics before guides; give the guides first, as they are to be written."""
    source = source_catalogue.source(key)
    topics = locked_all(Topic, source_catalogue.topics_citing(source.pk).values_list("pk", flat=True))
    return [*locked_all(Article, source_catalogue.articles_citing(source.pk).values_list("pk", flat=True)), *topics]


def _require_drafts(drafts: list[Topic | Article], source: Source) -> None:
    """Raise ConflictError where a draft began to cite the source before it was locked."""
    citing = {*source_catalogue.topics_citing(source.pk), *source_catalogue.articles_citing(source.pk)}
    if new := citing - set(drafts):
        names = ", ".join(sorted(map(str, new)))
        raise ConflictError(f"Somebody began to cite '{source}' in the meantime: {names}.", path=source.key)


def _repoint(draft: Topic | Article, survivors: Mapping[str, str]) -> tuple[Change, ...]:
    """Write a draft anew, and tell what that changes in a topic's parts; a guide has none."""
    if isinstance(draft, Article):
        guide = repointed(plain(draft_documents.article_document(draft.pk)), survivors)
        draft_writing.write_article(draft_documents.checked_article(guide))
        return ()
    before = plain(draft_documents.topic_document(draft.pk))
    after = repointed(before, survivors)
    draft_writing.write_topics([draft_documents.checked_topic(after)])
    return parts.compare(before, after)
