"""Making a draft anew from an old edition."""

from django.db import transaction

from perspectives.actions.documents import citing, draft_writing
from perspectives.actions.event_log import record
from perspectives.actions.publication.subjects import Subject, locked_edition, read, require_open
from perspectives.errors import ConflictError, NotPossibleError
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.edition_changes import content_changes
from perspectives.rules.documents.parts import version as version_of
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode


@transaction.atomic
def restore(*, edition_id: int, version: str, by: Actor | None, reason: str = "") -> Subject:
    """Make the draft, which still has this version, anew from an old edition; nothing is published by that.

    Source records are shared by all topics and stay as they are today; only missing ones come from the edition, and in
    the place of one that was merged since stands the other.
    Raises NotFoundError, NotPermittedError, ConflictError where somebody changed the draft since, and NotPossibleError
    where the draft is like the edition already or a guide would name a claim that is not there.
    """
    edition, subject = locked_edition(edition_id)
    person = require_person(by, Permission.EDITION_RESTORE)
    require_open(subject)
    draft = plain(draft_documents.draft(subject))
    if version_of(draft) != version:
        raise ConflictError("The draft was changed by somebody else in the meantime.", now=draft)
    document = citing.with_survivors(read(subject, bytes(edition.body)))
    changes = content_changes(draft, plain(document))
    if not changes:
        raise NotPossibleError(f"The draft of '{subject}' is like edition {edition.number} already.")
    _load(document)
    record(
        EventCode.EDITION_RESTORED,
        by=person,
        subject=subject,
        note=reason,
        changes=changes,
        edition=edition.number,
    )
    return subject


def _load(document: TopicEdition | ArticleEdition) -> None:
    present = draft_documents.source_records(document.sources)
    citing.load_sources({key: value for key, value in document.sources.items() if key not in present})
    if isinstance(document, TopicEdition):
        _require_claims_of_guides(document)
        draft_writing.write_topics([document])
    else:
        citing.hold_claims(ref for passage in document.passages for ref in passage.claims)
        _require_named_claims(document)
        draft_writing.write_article(document)


def _require_claims_of_guides(document: TopicEdition) -> None:
    kept = {f"{document.topic}/{claim.id}" for side in document.perspectives for claim in side.claims}
    for ref, passage in draft_documents.passages_naming([document.topic]).items():
        if ref not in kept:
            raise NotPossibleError(
                f"The passage '{passage}' names the claim '{ref}', which this edition lacks; change the guide first.",
            )


def _require_named_claims(document: ArticleEdition) -> None:
    present = draft_documents.claims_of({ref.split("/")[0] for one in document.passages for ref in one.claims})
    for passage in document.passages:
        for ref in passage.claims:
            if ref not in present:
                raise NotPossibleError(
                    f"The passage '{passage.id}' of this edition names the claim '{ref}', which is gone; "
                    "restore its topic first.",
                )
