"""Search over the published index: claims first, fairly by stance; beside them topics, sources and people.

Time is bounded however common the words: each stance's index gives at most a certain number of candidates, and only
these are ranked, counted and paged; the answer says where that cut something off. See `docs/adr/0007-search.md`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from debatekb.postgres.replicas import reading_connection
from perspectives.models import PublishedClaim, PublishedWord
from perspectives.models.publication.published import STEMMED
from perspectives.queries.search import question_reading, topic_search
from perspectives.queries.search import search_sql as sql
from perspectives.queries.search.topic_search import Ranking
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search import conditions
from perspectives.rules.search import search_entries as rules
from perspectives.rules.search.conditions import Tier
from perspectives.rules.search.terms import Understood
from perspectives.rules.search.years import Span
from perspectives.rules.topics.people import person_slug
from perspectives.vocab import Stance

MAX_CHARACTERS = 300
MAX_HITS = 1000
"""How deep pages lead."""
CANDIDATES = 1500
"""How many matches are ranked at most, divided among the stances that are asked for."""
LOOSE_CANDIDATES = 600
"""How many that have only some of the words: ranking these costs more."""
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
    "not_covered": "No topic here covers this question; the list of topics says what is covered.",
}


class NothingAskedError(Exception):
    """A question has nothing that could be found; the message says why."""


@dataclass(frozen=True)
class Found:
    """One page of hits, how many there are in all, and the facets over all of them."""

    hits: list[list[Any]] = field(default_factory=list)
    total: int = 0
    covers: str = conditions.ALL
    cut_stances: list[str] = field(default_factory=list)
    """The stances of which more claims match than were looked at."""
    facets: list[tuple[str, str, int]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    stand_ins: list[Record] = field(default_factory=list)
    """Claims of the winning topic whose stance has no match."""


def claims_matching(claims: QuerySet[PublishedClaim], text: str) -> QuerySet[PublishedClaim]:
    """Keep the claims that have all that is asked for, by the condition that `search` finds them by; unranked."""
    asked = question_reading.understand(text)
    if note(asked):
        return claims.none()
    has_all = RawSQL(
        "perspectives_publishedclaim.search @@ %s::tsquery", [conditions.tiers(asked)[0].query], BooleanField()
    )
    condition = Q()
    for stance in Stance:  # the indexes are by stance
        condition |= Q(has_all, stance=stance)
    return claims.filter(condition)


def note(asked: Understood) -> str | None:
    """Say why nothing can be found, or none."""
    if asked.has_only_exclusions:
        return NOTES["exclusions"]
    return NOTES["no_words"] if asked.is_empty else None


def search(text: str, *, filters: Mapping[str, Sequence[Any]], limit: int, offset: int = 0) -> dict[str, Any]:
    """Answer a question in three queries at most.

    `filters` may hold lists, of which a claim has to have one member: `stance`, `kind`, `topic`, `article`, `category`,
    and `year` with spans of years. Claims that have all words are found; where there are none, those that have most,
    then those that have some: `relaxed` says so. Hits take turns by stance: the best of each, then the second best of
    each; within a turn the better rank goes first. So a first page of three or more shows every stance that has a
    match; for one that has none, claims of the winning topic stand in (`stand_in`), on the first page and beyond its
    limit. The answer has `results`, `missing_stances`, `total`, `facets`, `topics`, `sources`, `people`, `covered`,
    `relaxed`, `not_found`, and where they apply `note` and `did_you_mean`; `has_more` tells of another page.
    """
    asked = question_reading.understand(text)
    if why := note(asked):
        return {**_answer(Found(), asked, Ranking(), filters), "note": why}
    tiers = conditions.tiers(asked)
    ranking = topic_search.rank(asked, tiers)
    usable = tiers if ranking.covering else tiers[:1]
    found = _find(asked, usable, ranking, filters, limit, offset)
    reach = min(found.total, MAX_HITS)
    answer = {**_answer(found, asked, ranking, filters), "has_more": offset + limit < reach}
    return answer if found.total or ranking.covering else {**answer, "note": NOTES["not_covered"]}


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


def _find(
    asked: Understood, tiers: Sequence[Tier], ranking: Ranking, filters: Mapping[str, Any], limit: int, offset: int
) -> Found:
    chosen = filters.get("stance") or Stance.values
    stances = [stance for stance in Stance if stance.value in chosen]
    narrowing = _narrowing(filters)
    best = ranking.covering[:1]
    has_stand_ins = bool(best) and not filters.get("stance") and not offset
    values = {
        **narrowing,
        **_conditions(asked, tiers, len(stances)),
        "best_topic": best[0].pk if best else None,
        "topics": [topic.pk for topic in ranking.covering],
        "shares": [topic.score / best[0].score for topic in ranking.covering],
        "config": STEMMED,
        "marks": _MARKS,
        "limit": max(0, min(limit, MAX_HITS - offset)),
        "offset": offset,
    }
    statement = sql.find(
        [stance.value for stance in stances],
        list(narrowing),
        list(PARTS),
        tiers=len(tiers),
        has_stand_ins=has_stand_ins,
    )
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, values)
        hits, total, tier, cut, facets, people, stand_ins = cursor.fetchone()
    covers = tiers[tier or 0].covers
    return Found(hits or [], total, covers, cut or [], facets or [], people or [], stand_ins or [])


def _narrowing(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Give the parameters of the filters besides the stance."""
    narrowing: dict[str, Any] = {name: list(value) for name, value in filters.items() if name in sql.FILTERS}
    spans: Sequence[Span] = filters.get("year", ())
    if spans and all(span.is_single for span in spans):
        narrowing["years"] = [span.first for span in spans]
    elif spans:
        narrowing["spans"] = f"{{{','.join(f'[{span.first},{span.last}]' for span in spans)}}}"
    return narrowing


def _conditions(asked: Understood, tiers: Sequence[Tier], stances: int) -> dict[str, Any]:
    """Give the parameters of each tier, and the words by which loose ones are ranked."""
    terms = asked.known or list(asked.phrases)
    whole = sum(term.weight for term in terms)
    values: dict[str, Any] = {
        "any_word": " | ".join(term.any for term in terms) or tiers[-1].query,
        "avoided": " | ".join(term.any for term in asked.excluded) or None,
        "terms": [term.any for term in terms],
        "weights": [term.weight / whole for term in terms],
    }
    for place, tier in enumerate(tiers):
        strict = LOOKED_AT_FOR_PHRASES if asked.phrases else CANDIDATES
        values[f"query_{place}"] = values[f"marked_{place}"] = tier.query
        values[f"indexable_{place}"] = tier.indexable
        values[f"looked_at_{place}"] = (LOOSE_CANDIDATES if place else strict) // stances
    return values


def _results(found: Found) -> list[Record]:
    """Give the hits, after the first turn those that stand in."""
    hits = [_result(*hit) for hit in found.hits]
    standing_in = [{**_result(record, 0.0, *("" for _ in PARTS)), "stand_in": True} for record in found.stand_ins]
    turn = len({hit["stance"] for hit in hits})
    return [*hits[:turn], *standing_in, *hits[turn:]]


def _result(record: Record, rank: float, *marked: str) -> Record:
    highlights = [
        {"part": part, "runs": runs}
        for part, lines in zip(PARTS.values(), marked, strict=True)
        for runs in rules.matched_lines(lines, at_most=LINES_A_PART)
    ]
    why = list(dict.fromkeys(highlight["part"] for highlight in highlights))
    return {**record, "rank": round(rank, 6), "stand_in": False, "why": why, "highlights": highlights}


def _answer(found: Found, asked: Understood, ranking: Ranking, filters: Mapping[str, Any]) -> dict[str, Any]:
    facets: dict[str, list[Record]] = {name: [] for name in sql.FACETS}
    for name, value, number in found.facets:
        is_cut = value in found.cut_stances if name == "stance" else bool(found.cut_stances)
        facets[name].append({"value": value, "claims": {"value": number, "is_at_least": is_cut}})
    present = {each["value"] for each in facets["stance"]} | {record["stance"] for record in found.stand_ins}
    wanted = [stance for stance in Stance.values if stance in (filters.get("stance") or Stance.values)]
    return {
        "results": _results(found),
        "missing_stances": [stance for stance in wanted if stance not in present],
        "total": {"value": found.total, "is_at_least": bool(found.cut_stances)},
        "facets": facets,
        "covered": bool(ranking.covering),
        "relaxed": None if found.covers == conditions.ALL else found.covers,
        "not_found": asked.unknown,
        "topics": [
            {"topic": topic.slug, "title": topic.title, "question": topic.question} for topic in ranking.covering
        ],
        "sources": list(ranking.sources),
        "people": [{"person": person_slug(name), "name": name} for name in found.people],
        "has_more": False,
        **({"did_you_mean": rules.respelt(asked.question.text, asked.corrections)} if asked.corrections else {}),
    }
