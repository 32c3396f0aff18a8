"""What a search engine reads of a topic's page, in schema.org's words; `jsonld` has all that the page says."""

import json

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.dataset_readme import LICENCE


def page_data(document: TopicEdition, address: str, published: str) -> str:
    """Write the page at `address`, published at an ISO time, as JSON-LD that is safe inside a script element."""
    told = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": document.title,
        "headline": document.question,
        "url": address,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENCE["url"],
        "version": document.edition,
        "datePublished": published,
        "isBasedOn": {
            "@type": "Article",
            "name": document.article_head.title,
            "author": {"@type": "Person", "name": document.article_head.author},
        },
    }
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
