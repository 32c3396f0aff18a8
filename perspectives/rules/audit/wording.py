"""Wording that is hard to read, and marks that print does not use."""

import re

from perspectives.rules.audit.evidence import Findings
from perspectives.rules.audit.walking import Content, claims
from perspectives.rules.documents.fields import word_count
from perspectives.rules.publication.canonical_json import canonical_json
from perspectives.rules.publication.index_records import plain

MOST_WORDS = 30
MEAN_WORDS = 22
_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][”’)\]]))\s+(?=[“‘(\[]?[A-Z0-9])")
_STRAIGHT = re.compile(r"[\"']")
_HYPHENS = re.compile(r"(?:\s-{1,2}\s|--)")


def long_claims(content: Content) -> Findings:
    """Find claims with a sentence of more than thirty words."""
    for topic in content.topics:
        for _, claim, where in claims(topic):
            longest = max(word_count(sentence) for sentence in sentences(claim.text))
            if longest > MOST_WORDS:
                yield where, f"has a sentence of {longest} words; {MOST_WORDS} at most"


def long_summaries(content: Content) -> Findings:
    """Find perspectives whose summary has more than 22 words a sentence on average."""
    for topic in content.topics:
        for side in topic.perspectives:
            found = sentences(side.summary)
            mean = word_count(side.summary) / len(found)
            if mean > MEAN_WORDS:
                yield f"{topic.topic}/{side.id}", f"its summary has {mean:.0f} words a sentence; {MEAN_WORDS} at most"


def plain_marks(content: Content) -> Findings:
    """Find straight quotation marks and hyphens used as dashes in what readers read."""
    for topic in content.topics:
        texts = {f"{topic.topic}/background": topic.background, f"{topic.topic}/question": topic.question}
        texts |= {f"{topic.topic}/{side.id}": f"{side.label} {side.summary}" for side in topic.perspectives}
        texts |= {where: claim.text for _, claim, where in claims(topic)}
        texts |= {f"{topic.topic}/events/{n}": f"{one.title} {one.description}" for n, one in enumerate(topic.events)}
        for where, text in texts.items():
            if _STRAIGHT.search(text) or _HYPHENS.search(text):
                yield where, "has straight quotation marks or hyphens as dashes"


def idle_terms(content: Content) -> Findings:
    """Find terms that are explained and stand nowhere in the topic."""
    for topic in content.topics:
        words = canonical_json(plain(topic.model_copy(update={"terms": ()}))).decode().casefold()
        for one in topic.terms:
            if one.term.casefold() not in words:
                yield f"{topic.topic}/terms", f"explains “{one.term}”, which stands nowhere in the topic"


def sentences(text: str) -> list[str]:
    """Split prose into sentences, well enough to count their words."""
    return [part for part in _END.split(text) if part.strip()] or [text]
