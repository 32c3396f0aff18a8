"""Reading editions, those in an older form as well: the bytes of an edition stay, and are read as they would be now.

Until version 0.1.0 a quotation was `verified`, seen in print or in a reproduction, or `unverified`. Of the two the
weaker is taken, so that no old edition says more than its editors did.
"""

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.vocab import QuoteStatus

_OLD_STATES = {"verified": QuoteStatus.REPRODUCTION, "unverified": QuoteStatus.NOT_CHECKED}


def current(body: bytes) -> bytes:
    """Write the canonical JSON of an edition in the present form; within a text of it, quotation marks are escaped."""
    for old, state in _OLD_STATES.items():
        body = body.replace(f'"quote_status":"{old}"'.encode(), f'"quote_status":"{state.value}"'.encode())
    return body


def topic(body: bytes) -> TopicEdition:
    """Read a topic's edition. Raises ValidationError."""
    return TopicEdition.model_validate_json(current(body))


def article(body: bytes) -> ArticleEdition:
    """Read an article guide's edition. Raises ValidationError."""
    return ArticleEdition.model_validate_json(current(body))
