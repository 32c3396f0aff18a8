"""Evidence that is cut, undated, unplaced or weak, as far as the packs themselves show it."""

import re
from collections import defaultdict

from perspectives.rules.audit.walking import Findings, citations, claims, sides
from perspectives.rules.documents.packs import Packs
from perspectives.vocab import Relation, SourceCategory, Stance

_DOTS = re.compile(r"(?<!\[)(?:\.\.\.|…)(?!\])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TURNS = re.compile(r"^[\s,;:—–-]*(?:although|but|however|though|unless|under|except|if|not|yet)\b", re.IGNORECASE)
PAGED = frozenset({"book", "chapter", "article-journal", "thesis", "report"})
"""Kinds of works whose pages or sections can be named."""
WEAK = frozenset({SourceCategory.JOURNALISM, SourceCategory.OPINION})


def unmarked_cuts(content: Packs) -> Findings:
    """Find quotations with an omission that is not marked by […]."""
    for where, cite in citations(content):
        if cite.quote and _DOTS.search(cite.quote):
            yield where, f"quotes {cite.source} with an omission; mark it as […]"


def turned_cuts(content: Packs) -> Findings:
    """Find quotations that stop where a longer one of the same source goes on with "but", "although", "unless"."""
    longer = defaultdict(set)
    for _, cite in citations(content):
        longer[cite.source].add(cite.quote or "")
    for where, cite in citations(content):
        quote = (cite.quote or "").rstrip(" .,;")
        for other in longer[cite.source] if quote else ():
            if quote in other and other != quote and _TURNS.match(other.partition(quote)[2]):
                yield where, f"quotes {cite.source} up to where the sentence turns: “{other}”"


def anachronisms(content: Packs) -> Findings:
    """Find claims, agreements and events that name a year after the newest of their sources."""
    texts = [(where, claim.text, claim.cites) for _, claim, where in claims(content)]
    for topic in content.topics:
        for number, event in enumerate(topic.events):
            texts.append((f"{topic.topic}/events/{number}", event.date[:4], event.cites))
    for where, text, cites in texts:
        issued = [content.sources[cite.source].issued for cite in cites if cite.source in content.sources]
        if not issued or None in issued:
            continue
        newest = max(date[:4] for date in issued if date)
        later = [year for year in _YEAR.findall(text) if year > newest]
        if later:
            yield where, f"speaks of {later[0]}, and its newest source is of {newest}"


def missing_locators(content: Packs) -> Findings:
    """Find quotations, and statements of books and articles, without a page or section."""
    for where, cite in citations(content):
        source = content.sources.get(cite.source)
        is_wanted = cite.quote or cite.relation is Relation.STATES
        if source and is_wanted and not cite.locator and source.type.value in PAGED:
            yield where, f"cites {cite.source} without a locator"


def missing_ways(content: Packs) -> Findings:
    """Find sources that have neither DOI, ISBN, address nor archive."""
    for key, source in content.sources.items():
        if not any((source.DOI, source.ISBN, source.URL, source.archive)):
            yield key, "has no DOI, no ISBN, no address and no archive"


def weak_claims(content: Packs) -> Findings:
    """Find answering claims that rest on journalism and opinion alone."""
    for side, claim, where in claims(content):
        kinds = {content.sources[cite.source].category for cite in claim.cites if cite.source in content.sources}
        if side.stance is not Stance.AUTHOR and kinds and kinds <= WEAK:
            yield where, "rests on journalism and opinion alone"


def weak_perspectives(content: Packs) -> Findings:
    """Find answering perspectives of which no scholarly or primary source states a claim."""
    for _, side, where in sides(content):
        stated = [cite.source for claim in side.claims for cite in claim.cites if cite.relation is Relation.STATES]
        is_strong = any(content.sources[key].category.is_scholarly_or_primary for key in stated)
        if side.stance is not Stance.AUTHOR and not is_strong:
            yield where, "has no claim that a scholarly or primary source states"


def beyond_the_article(content: Packs) -> Findings:
    """Find claims on the author's side that neither cite the article as stating them nor name who does."""
    for side, claim, where in claims(content):
        if side.stance is Stance.AUTHOR and all(cite.relation is not Relation.STATES for cite in claim.cites):
            yield where, "stands on the author's side, and no citation says that anybody states it"
