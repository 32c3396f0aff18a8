"""Wording that is hard to read, and marks that print does not use."""

import re

from perspectives.rules.audit.walking import Findings, claims, sides
from perspectives.rules.documents.fields import word_count
from perspectives.rules.documents.packs import Packs

MOST_WORDS = 30
MEAN_WORDS = 22
_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][”’)\]]))\s+(?=[“‘(\[]?[A-Z0-9])")
_STRAIGHT = re.compile(r"[\"']")
_HYPHENS = re.compile(r"(?:\s-{1,2}\s|--)")


def long_claims(content: Packs) -> Findings:
    """Find claims with a sentence of more than thirty words."""
    for _, claim, where in claims(content):
        longest = max(word_count(sentence) for sentence in sentences(claim.text))
        if longest > MOST_WORDS:
            yield where, f"has a sentence of {longest} words; {MOST_WORDS} at most"


def long_summaries(content: Packs) -> Findings:
    """Find perspectives whose summary has more than 22 words a sentence on average."""
    for _, side, where in sides(content):
        mean = word_count(side.summary) / len(sentences(side.summary))
        if mean > MEAN_WORDS:
            yield where, f"its summary has {mean:.0f} words a sentence; {MEAN_WORDS} at most"


def plain_marks(content: Packs) -> Findings:
    """Find straight quotation marks and hyphens used as dashes in what readers read."""
    texts = [(where, f"{side.label} {side.summary}") for _, side, where in sides(content)]
    texts += [(where, claim.text) for _, claim, where in claims(content)]
    for topic in content.topics:
        texts += [(f"{topic.topic}/background", topic.background), (f"{topic.topic}/question", topic.question)]
        texts += [(f"{topic.topic}/events/{n}", f"{one.title} {one.description}") for n, one in enumerate(topic.events)]
    for where, text in texts:
        if _STRAIGHT.search(text) or _HYPHENS.search(text):
            yield where, "has straight quotation marks or hyphens as dashes"


def sentences(text: str) -> list[str]:
    """Split prose into sentences, well enough to count their words."""
    return [part for part in _END.split(text) if part.strip()] or [text]
