"""What formats of arguments must carry out and bring back."""

from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.formats.argument.argument import Argument, ArgumentClaim, in_order


def argument_of(document: TopicDocument) -> Argument:
    """Take the argument out of a topic (a draft or an edition)."""
    claims = tuple(
        ArgumentClaim(id=claim.id, text=claim.text, kind=claim.kind, perspective=side.id, stance=side.stance)
        for side in document.perspectives
        for claim in side.claims
    )
    return Argument(topic=document.topic, claims=claims, responses=in_order(claims, document.responses))
