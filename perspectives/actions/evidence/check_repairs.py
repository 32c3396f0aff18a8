"""Accepting what a check proposes: a change of a source's record or state, or of the drafts that quote its words."""

from django.db import transaction

from perspectives.actions.documents import drafting
from perspectives.actions.sources import source_records
from perspectives.errors import NotPossibleError
from perspectives.models import Check, Source, Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.evidence import failing_checks
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.evidence import repairs
from perspectives.rules.evidence.repairs import Repair
from perspectives.vocab import CheckKind


@transaction.atomic
def accept(*, check_id: int, by: Actor | None) -> Source | tuple[Topic, ...]:
    """Make the change that a failing check proposes, and give the source, or the topics whose drafts changed.

    Readers see it with the next editions. Raises NotFoundError where it was mended already, NotPermittedError,
    NotPossibleError where nothing is proposed or no topic's draft has the words, and what those actions raise.
    """
    actor = require(by, Permission.SOURCE_CHANGE)
    check = failing_checks.failing(check_id)
    proposed = failing_checks.repair(check)
    if proposed is None:
        raise NotPossibleError("This check proposes nothing; look at the source, and change the draft by hand.")
    note = f"Check {check.pk}: {check.sentence}"
    if check.kind == CheckKind.QUOTATION:
        return _quote(check, proposed, actor, note)
    if check.kind == CheckKind.RETRACTION:
        return source_records.deprecate(key=check.source.key, reason=check.sentence, by=actor)
    before = check.source.record
    new = check.detail["theirs"] if check.kind == CheckKind.METADATA else {"URL": proposed.after}
    record = {**before, **new}
    return source_records.change(
        key=check.source.key, record=record, version=parts.version(before), by=actor, note=note
    )


def _quote(check: Check, proposed: Repair, by: Actor, note: str) -> tuple[Topic, ...]:
    def changes(draft: Plain) -> tuple[Change, ...]:
        after = repairs.with_words(draft, check.source.key, proposed.before, proposed.after)
        return parts.compare(draft, after)

    topics = source_catalogue.topics_quoting(check.source_id, proposed.before)
    if not topics:
        raise NotPossibleError("Only an article guide quotes these words; correct it in its draft.")
    for topic in topics:
        drafting.edit(topic_id=topic.pk, edit=changes, by=by, note=note)
    return tuple(topics)
