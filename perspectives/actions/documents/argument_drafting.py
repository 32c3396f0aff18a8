"""Taking over the claims and responses of a topic from a file that somebody edited elsewhere."""

from django.db import transaction

from perspectives.actions.documents import draft_writing
from perspectives.actions.event_log import record
from perspectives.actions.publication.subjects import require_open
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents
from perspectives.rules.formats.argument.argument import Argument
from perspectives.rules.topics.argument_merging import Merge, merged
from perspectives.vocab import EventCode


@transaction.atomic
def import_argument(*, topic_id: int, argument: Argument, may_remove: bool = False, by: Actor | None) -> Merge:
    """Replace the claims and responses of a draft; nothing is published by that.

    Claims keep their citations, matched by id; new ones have none, so that the balance gate refuses the draft until
    they are cited. An argument that changes nothing leaves no trace. Raises NotFoundError, NotPermittedError,
    BrokenRulesError with every problem, and NotPossibleError where a guide names a claim that would go.
    """
    found = Topic.objects.select_for_update(of=("self",), no_key=True).select_related("article__source")
    topic = require_found(found.filter(pk=topic_id).first(), f"There is no topic with the id {topic_id}.")
    actor = require(by, Permission.ARGUMENT_IMPORT)
    require_open(topic)
    draft = draft_documents.topic_document(topic.pk)
    merge = merged(draft, argument, article_source=topic.article.source.key, may_remove=may_remove)
    _require_claims_of_guides(topic, merge)
    if merge.document != draft:
        draft_writing.write_topics([merge.document])
        record(
            EventCode.ARGUMENT_IMPORTED,
            by=actor,
            subject=topic,
            added=merge.added,
            changed=merge.changed,
            removed=merge.removed,
        )
    return merge


def _require_claims_of_guides(topic: Topic, merge: Merge) -> None:
    named = draft_documents.passages_naming([topic.slug])
    for claim in merge.removed:
        if passage := named.get(f"{topic.slug}/{claim}"):
            raise NotPossibleError(f"The passage '{passage}' names the claim '{claim}'; change the guide first.")
