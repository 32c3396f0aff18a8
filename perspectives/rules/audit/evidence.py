"""Evidence that is cut, undated, unplaced or weak, as far as the packs themselves show it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from perspectives.rules.audit.walking import Content, citations, claims
from perspectives.vocab import Relation, SourceCategory, Stance

Findings = Iterator[tuple[str, str]]
_DOTS = re.compile(r"(?<!\[)(?:\.\.\.|…)(?!\])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TURNS = re.compile(r"^[\s,;:—–-]*(?:although|but|however|though|unless|under|except|if|not|yet)\b", re.IGNORECASE)
PAGED = frozenset({"book", "chapter", "article-journal", "thesis", "report"})
"""Kinds of works whose pages or sections can be named."""
WEAK = frozenset({SourceCategory.JOURNALISM, SourceCategory.OPINION})


def unmarked_cuts(content: Content) -> Findings:
    """Find quotations with an omission that is not marked by […]."""
    for place in citations(content):
        if place.cite.quote and _DOTS.search(place.cite.quote):
            yield place.where, f"quotes {place.cite.source} with an omission; mark it as […]"


def turned_cuts(content: Content) -> Findings:
    """Find quotations that stop where a longer one of the same source goes on with "but", "although", "unless"."""
    longer = defaultdict(set)
    for place in citations(content):
        longer[place.cite.source].add(place.cite.quote or "")
    for place in citations(content):
        quote = (place.cite.quote or "").rstrip(" .,;")
        for other in longer[place.cite.source] if quote else ():
            if quote in other and other != quote and _TURNS.match(other.partition(quote)[2]):
                yield place.where, f"quotes {place.cite.source} up to where the sentence turns: “{other}”"


def anachronisms(content: Content) -> Findings:
    """Find claims, agreements and events that name a year after the newest of their sources."""
    for topic in content.topics:
        texts = [(where, claim.text, claim.cites) for _, claim, where in claims(topic)]
        texts += [
            (f"{topic.topic}/events/{number}", event.date[:4], event.cites) for number, event in enumerate(topic.events)
        ]
        for where, text, cites in texts:
            issued = [content.sources[cite.source].issued for cite in cites if cite.source in content.sources]
            if not issued or None in issued:
                continue
            newest = max(date[:4] for date in issued if date)
            later = [year for year in _YEAR.findall(text) if year > newest]
            if later:
                yield where, f"speaks of {later[0]}, and its newest source is of {newest}"


def missing_locators(content: Content) -> Findings:
    """Find quotations, and statements of books and articles, without a page or section."""
    for place in citations(content):
        source = content.sources.get(place.cite.source)
        is_wanted = place.cite.quote or place.cite.relation is Relation.STATES
        if source and is_wanted and not place.cite.locator and source.type.value in PAGED:
            yield place.where, f"cites {place.cite.source} without a locator"


def missing_ways(content: Content) -> Findings:
    """Find sources that have neither DOI, ISBN, address nor archive."""
    for key, source in content.sources.items():
        if not any((source.DOI, source.ISBN, source.URL, source.archive)):
            yield key, "has no DOI, no ISBN, no address and no archive"


def weak_claims(content: Content) -> Findings:
    """Find answering claims that rest on journalism and opinion alone."""
    for topic in content.topics:
        for side, claim, where in claims(topic):
            kinds = {content.sources[cite.source].category for cite in claim.cites if cite.source in content.sources}
            if side.stance is not Stance.AUTHOR and kinds and kinds <= WEAK:
                yield where, "rests on journalism and opinion alone"


def weak_perspectives(content: Content) -> Findings:
    """Find answering perspectives of which no scholarly or primary source states a claim."""
    for topic in content.topics:
        for side in topic.perspectives:
            strong = [
                cite
                for claim in side.claims
                for cite in claim.cites
                if cite.relation is Relation.STATES and content.sources[cite.source].category.is_scholarly_or_primary
            ]
            if side.stance is not Stance.AUTHOR and not strong:
                yield f"{topic.topic}/{side.id}", "has no claim that a scholarly or primary source states"


def beyond_the_article(content: Content) -> Findings:
    """Find claims on the author's side that neither cite the article as stating them nor name who does."""
    for topic in content.topics:
        article = content.articles.get(topic.article)
        for side, claim, where in claims(topic):
            stated = {cite.source for cite in claim.cites if cite.relation is Relation.STATES}
            if side.stance is Stance.AUTHOR and article not in stated and not stated:
                yield where, "stands on the author's side, and no citation says that anybody states it"
