"""The gate before an edition: the rules of balance for a topic, and what of them is about guides for a guide."""

from collections.abc import Iterable

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import balance, disclosure
from perspectives.rules.publication.balance import Breach
from perspectives.rules.publication.disclosure import Held


def broken(document: TopicEdition | ArticleEdition, everything: Iterable[Held]) -> tuple[Breach, ...]:
    """Find what keeps an edition to come from being published; `everything` is who holds what in all topics."""
    if isinstance(document, ArticleEdition):
        return balance.broken_in_guide(document, document.sources)
    return balance.broken(document, document.sources, disclosure.elsewhere(everything, document.topic))
