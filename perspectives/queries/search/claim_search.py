"""Search over the published index: claims first, fairly by stance; beside them topics, sources and people.

Time is bounded however common the words: each stance's index gives at most a certain number of candidates, and only
these are ranked, counted and paged; the answer says where that cut something off. See `docs/adr/0007-search.md`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, QuerySet

from perspectives.models import PublishedClaim, PublishedWord
from perspectives.models.publication.published import STEMMED
from perspectives.queries.search import search_sql as sql
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search import search_entries as rules
from perspectives.rules.topics.people import person_slug
from perspectives.vocab import Stance

MAX_CHARACTERS = 200
MAX_HITS = 1000
"""How deep pages lead."""
CANDIDATES = 1500
"""How many matches are ranked at most, divided among the stances that are asked for."""
LOOKED_AT_FOR_PHRASES = 6000
"""How many claims that have all words are looked at for the phrase; no index knows which words are neighbours."""
LINES_A_PART = 3
"""How many highlighted lines of each part a hit shows."""

PARTS = {"claim_text": "claim", "perspective_text": "perspective", "sources_text": "sources", "notes_text": "notes"}
"""The texts of a claim, in the order of their weights, and what they are called in answers."""
_MARKS = f"StartSel={rules.MARK_START}, StopSel={rules.MARK_END}, HighlightAll=true"
NOTES = {
    "no_words": "There is no word here that is searched for: very common ones are left out; add another.",
    "exclusions": "This only says what not to find; add a word that is to be found.",
}


@dataclass(frozen=True)
class Asked:
    """A question as PostgreSQL reads it: the whole condition, and what of it an index can answer."""

    words: str
    indexable: str
    beside: Record
    """What the answer has beside claims: topics, sources, perhaps another spelling."""

    @property
    def any_word(self) -> str:
        """A question for any of its words."""
        return self.indexable.replace(" & ", " | ")

    @property
    def note(self) -> str | None:
        """Why nothing can be found, or none."""
        if not self.words:
            return NOTES["no_words"]
        return NOTES["exclusions"] if self.indexable in ("", "T") else None


@dataclass(frozen=True)
class Found:
    """One page of hits, how many there are in all, and the facets over all of them."""

    hits: list[list[Any]] = field(default_factory=list)
    total: int = 0
    cut_stances: list[str] = field(default_factory=list)
    """The stances of which more claims match than were looked at."""
    facets: list[tuple[str, str, int]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def claims_matching(claims: QuerySet[PublishedClaim], text: str) -> QuerySet[PublishedClaim]:
    """Keep the claims that match, by the condition that `search` finds by; unranked."""
    query = SearchQuery(rules.tamed(text), config=STEMMED, search_type="websearch")
    condition = Q()
    for stance in Stance:  # the indexes are by stance
        condition |= Q(stance=stance, search=query)
    return claims.filter(condition)


def search(text: str, *, filters: Mapping[str, Any], limit: int, offset: int = 0) -> dict[str, Any]:
    """Answer a question in websearch syntax, in two queries at most.

    `filters` may hold `stance`, `kind`, `topic`, `category` and `year`. Hits take turns by stance: the best of each,
    then the second best of each; within a turn the better rank goes first. So a first page of three or more shows
    every stance that has a match. The answer has `results`, `total`, `facets`, `topics`, `sources`, `people`, and
    where they apply `note` and `did_you_mean`; `has_more` says whether another page follows.
    """
    text = rules.tamed(text)
    asked = _read(text)
    if asked.note:
        return {**_answer(Found()), "note": asked.note}
    found = _find(asked, text, filters, limit, offset)
    reach = min(found.total, MAX_HITS)
    return {**_answer(found), **asked.beside, "has_more": offset + limit < reach}


def examples(tags: Collection[str], *, at_most: int) -> list[str]:
    """Choose words of tags that claims use, so that a search for them finds something.

    One a stem, and from the less used half: what nearly every claim says is no example of a search.
    """
    asked = SearchQuery(" or ".join(sorted(tags)), config=STEMMED, search_type="websearch")
    words = PublishedWord.objects.filter(stems=asked).order_by("-claims", "word").values_list("stems", "word")
    found: dict[str, str] = {}
    for stem, word in words:
        found.setdefault(stem, word)
    return list(found.values())[len(found) // 2 :][:at_most]


def _read(text: str) -> Asked:
    """Have the question read; find topics and sources, and known words near to those that no claim uses."""
    values: dict[str, Any] = {"text": text, "asked": rules.words_asked(text), "config": STEMMED}
    with connection.cursor() as cursor:
        cursor.execute(sql.READ, values)
        words, indexable, topics, sources, near = cursor.fetchone()
    known: dict[str, list[tuple[str, int]]] = {}
    for word, candidate, claims in near or []:
        known.setdefault(word, []).append((candidate, claims))
    corrections = {word: best for word, words in known.items() if (best := rules.best_spelling(word, words))}
    suggestion = {"did_you_mean": rules.respelt(text, corrections)} if corrections else {}
    return Asked(words, indexable, {"topics": topics or [], "sources": sources or [], **suggestion})


def _find(asked: Asked, text: str, filters: Mapping[str, Any], limit: int, offset: int) -> Found:
    stances = [Stance.of(filters["stance"])] if filters.get("stance") else list(Stance)
    has_phrase = "<" in asked.words
    looked_at = (LOOKED_AT_FOR_PHRASES if has_phrase else CANDIDATES) // len(stances)
    values = {
        **{name: value for name, value in filters.items() if name in sql.FILTERS},
        "text": text,
        "words": asked.words,
        "indexable": asked.indexable if has_phrase else asked.words,
        "any_word": asked.any_word,
        "looked_at": looked_at,
        "config": STEMMED,
        "marks": _MARKS,
        "limit": max(0, min(limit, MAX_HITS - offset)),
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.find([stance.value for stance in stances], list(filters), list(PARTS)), values)
        hits, total, cut, facets, people = cursor.fetchone()
    return Found(hits or [], total, cut or [], facets or [], people or [])


def _result(record: Record, rank: float, *marked: str) -> Record:
    highlights = [
        {"part": part, "runs": runs}
        for part, lines in zip(PARTS.values(), marked, strict=True)
        for runs in rules.matched_lines(lines, at_most=LINES_A_PART)
    ]
    why = list(dict.fromkeys(highlight["part"] for highlight in highlights))
    return {**record, "rank": round(rank, 6), "why": why, "highlights": highlights}


def _answer(found: Found) -> dict[str, Any]:
    facets: dict[str, list[Record]] = {name: [] for name in sql.FACETS}
    for name, value, number in found.facets:
        is_cut = value in found.cut_stances if name == "stance" else bool(found.cut_stances)
        facets[name].append({"value": value, "claims": {"value": number, "is_at_least": is_cut}})
    return {
        "results": [_result(*hit) for hit in found.hits],
        "total": {"value": found.total, "is_at_least": bool(found.cut_stances)},
        "facets": facets,
        "topics": [],
        "sources": [],
        "people": [{"person": person_slug(name), "name": name} for name in found.people],
        "has_more": False,
    }
