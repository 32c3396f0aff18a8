"""The kinds of findings of the audit: one table."""

from collections.abc import Callable
from dataclasses import dataclass

from perspectives.rules.audit import evidence, people, wording
from perspectives.rules.audit.walking import Findings
from perspectives.rules.documents.packs import Packs


@dataclass(frozen=True)
class Kind:
    """A kind: `is_decided` where a machine can decide it; the others are a list for an editor to read."""

    code: str
    sentence: str
    find: Callable[[Packs], Findings]
    is_decided: bool = False


@dataclass(frozen=True, order=True)
class Finding:
    """One place of one kind."""

    code: str
    where: str
    message: str


KINDS = (
    Kind("unmarked-cut", "A quotation leaves words out without […].", evidence.unmarked_cuts, is_decided=True),
    Kind("turned-cut", "A quotation stops before the sentence turns.", evidence.turned_cuts, is_decided=True),
    Kind("anachronism", "A source is older than what it is cited for.", evidence.anachronisms),
    Kind("locator", "A quotation or statement names no page or section.", evidence.missing_locators),
    Kind("way", "Nothing leads to a source: no DOI, ISBN, address or archive.", evidence.missing_ways),
    Kind("weak-claim", "An answering claim rests on journalism and opinion alone.", evidence.weak_claims),
    Kind(
        "weak-perspective",
        "No scholarly or primary source states a claim of an answering perspective.",
        evidence.weak_perspectives,
        is_decided=True,
    ),
    Kind("beyond-article", "Nobody is cited as stating a claim of the author's side.", evidence.beyond_the_article),
    Kind(
        "role", "An office, or another side elsewhere, is not told of a person.", people.without_a_role, is_decided=True
    ),
    Kind(
        "too-early", "Somebody is credited with a view on what came later.", people.before_the_events, is_decided=True
    ),
    Kind("no-work", "Somebody holds a perspective, and no work of theirs is cited.", people.without_a_work),
    Kind(
        "unanswered",
        "A side neither answers an author claim nor has a gap.",
        people.unanswered_by_a_side,
        is_decided=True,
    ),
    Kind("loose-claim", "A claim answers nothing and is answered by nothing.", people.unanswered, is_decided=True),
    Kind("long-claim", "A claim has a sentence of more than 30 words.", wording.long_claims, is_decided=True),
    Kind("long-summary", "A summary has more than 22 words a sentence.", wording.long_summaries, is_decided=True),
    Kind("idle-term", "A term is explained that stands nowhere.", wording.idle_terms, is_decided=True),
    Kind("plain-marks", "Marks are not those of print.", wording.plain_marks, is_decided=True),
)
"""Editing this table edits the audit."""


def audit(content: Packs) -> list[Finding]:
    """Give every finding, by kind in the order of the table and then by place."""
    return [Finding(kind.code, *found) for kind in KINDS for found in sorted(set(kind.find(content)))]
