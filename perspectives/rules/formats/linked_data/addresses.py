"""Absolute addresses (IRIs) of what is published; `base` is the site's, `https://kb.example`, without a last slash."""

from hashlib import sha256

from perspectives.rules.sources import identifiers

CONTENT_LANGUAGE = "en"
"""The language in which claims, notes and translations are written."""


def topic(base: str, slug: str) -> str:
    """Address a topic's page."""
    return f"{base}/topics/{slug}/"


def topic_edition(base: str, slug: str, number: int) -> str:
    """Address the page of one edition of a topic."""
    return f"{topic(base, slug)}editions/{number}/"


def claim_page(base: str, public_id: str) -> str:
    """Address a claim on its topic's page by its public id."""
    slug, _, name = public_id.partition("/")
    return f"{topic(base, slug)}#{name}"


def person(base: str, slug: str) -> str:
    """Address a person's page."""
    return f"{base}/people/{slug}/"


def article(base: str, slug: str) -> str:
    """Address the page of an article guide."""
    return f"{base}/articles/{slug}/"


def claim(base: str, public_id: str) -> str:
    """Address a claim by its public id, such as `minsk-ii/s2`."""
    return f"{base}/api/v1/claims/{public_id}/"


def passage(base: str, public_id: str) -> str:
    """Address a passage by its public id: article, slash, passage."""
    return f"{base}/api/v1/passages/{public_id}/"


def source(base: str, key: str) -> str:
    """Address a source's page."""
    return f"{base}/sources/{key}/"


def vocabulary(base: str) -> str:
    """Address our own vocabulary; a term's name follows."""
    return f"{base}/api/v1/vocabulary/#"


def doi(identifier: str) -> str:
    """Address a DOI at its resolver."""
    return identifiers.doi_address(identifier)


def graph(base: str) -> str:
    """Address the graph of everything that is published."""
    return f"{base}/api/v1/graph/"


def shapes(base: str) -> str:
    """Address the shapes of the graph."""
    return f"{base}/api/v1/shapes.ttl"


def named_by_words(owner: str, kind: str, words: str) -> str:
    """Address a part of `owner` that has no id, such as an agreement, by its words, which stay when others come."""
    return f"{owner}#{kind}-{sha256(words.encode()).hexdigest()[:12]}"


def citation(owner: str, source_key: str, place: int) -> str:
    """Address a citation by what is cited; `place` counts from 1 the citations of this source by `owner`.

    Dots part, since neither citekeys nor the ids of parts have any.
    """
    beginning = f"{owner}." if "#" in owner else f"{owner}#"
    return f"{beginning}cites-{source_key}{f'.{place}' if place > 1 else ''}"
