"""Topics ranked for a question, with whether any of them covers it; beside them the sources that match."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from debatekb.postgres.replicas import reading_connection
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search.conditions import Tier, within
from perspectives.rules.search.terms import Term, Understood

AT_MOST = 5
"""How many topics and sources each an answer names."""
RANKED = 60
"""How many topics, and sources, of each kind of match are ranked for that."""
COVERAGE = 0.4
"""How much of a question's weight a topic must have to answer it, and `LEAST_SCORE` how well on the average: between
what on-topic and off-topic questions reach, as `bench/answers.py` prints it."""
LEAST_SCORE = 0.35
WHOLE = 0.9
"""From which coverage on it does not matter where in the topic the words stand."""
NEAR_BEST = 0.5
"""What part of the best topic's score another must reach to be named."""
_PAIR = 0.1
"""What two words count that stand beside each other in the question and in the topic."""
_LEVELS = {"a": 1.0, "b": 0.7, "c": 0.4, "d": 0.1}
"""What a match counts by where it stands: see `rules.search.search_entries.topic_columns`."""
_OF_RESPELT = 0.5
"""What part of its weight a word counts that was found under another spelling."""

_LEVEL = " ".join(f"WHEN search @@ in_{weight} THEN {level}" for weight, level in _LEVELS.items())
_RANK = """
WITH condition AS MATERIALIZED (
    SELECT term, condition::tsquery, in_a::tsquery, in_b::tsquery, in_c::tsquery, condition::tsquery AS in_d, weight,
        condition LIKE '%%<%%' AS is_phrase
    FROM unnest(
        %(terms)s::int[], %(conditions)s::text[], %(in_a)s::text[], %(in_b)s::text[], %(in_c)s::text[],
        %(weights)s::float[]
    ) AS asked (term, condition, in_a, in_b, in_c, weight)
),
having_all AS MATERIALIZED (
    SELECT topic_id FROM perspectives_publishedtopic WHERE search @@ %(all)s::tsquery LIMIT {ranked}
),
having_some AS MATERIALIZED (
    (SELECT topic_id FROM perspectives_publishedtopic
        WHERE search @@ %(rarest)s::tsquery AND (SELECT count(*) FROM having_all) < {ranked} LIMIT {ranked})
    UNION ALL (SELECT topic_id FROM perspectives_publishedtopic
        WHERE search @@ %(some)s::tsquery AND (SELECT count(*) FROM having_all) < {ranked} LIMIT {ranked})
),
candidate AS MATERIALIZED (
    -- Put together anew, the vector is no longer out of line: it would be fetched for every condition.
    SELECT topic_id, search || ''::tsvector AS search FROM perspectives_publishedtopic
    WHERE topic_id IN (TABLE having_all UNION TABLE having_some) AND (%(topic)s::text IS NULL OR slug = %(topic)s)
),
matched AS (
    SELECT topic_id, term, max(weight * level) AS level,
        max(weight * CASE WHEN is_phrase THEN level ELSE ts_rank(%(levels)s::real[], search, condition) END)
            AS frequency
    FROM candidate, condition, LATERAL (SELECT CASE {level} ELSE 0 END AS level) AS place
    WHERE search @@ condition GROUP BY topic_id, term
),
scored AS (
    SELECT topic_id, sum((level + frequency) / 2) AS score, array_agg(term) AS terms FROM matched
    GROUP BY topic_id ORDER BY score DESC, topic_id LIMIT {most}
)
SELECT
    (SELECT json_agg(json_build_array(topic_id, slug, title, question, score, terms) ORDER BY score DESC, topic_id)
        FROM scored JOIN perspectives_publishedtopic USING (topic_id)),
    (SELECT json_agg(json_build_object('key', key, 'title', record -> 'title') ORDER BY rank DESC, key) FROM (
        SELECT * FROM (
            SELECT key, record, ts_rank(search, %(all)s::tsquery) AS rank FROM perspectives_publishedsource
            WHERE search @@ %(all)s::tsquery LIMIT {ranked}
        ) AS matching ORDER BY rank DESC, key LIMIT {most}
    ) AS best)
"""
RANK = _RANK.format(level=_LEVEL, ranked=RANKED, most=AT_MOST)
"""Ranks topics by the words that they have and where, and sources by all words."""


@dataclass(frozen=True)
class RankedTopic:
    """A topic that has words of the question."""

    pk: int
    slug: str
    title: str
    question: str
    score: float
    coverage: float
    """How much of the question's weight it has, from 0 to 1."""
    mean: float
    """How well it has that, from 0 to about 1."""

    @property
    def is_covering(self) -> bool:
        """Whether it may be said to answer the question."""
        return self.coverage >= WHOLE or (self.coverage >= COVERAGE and self.mean >= LEAST_SCORE)


@dataclass(frozen=True)
class Ranking:
    """What topics and sources there are for a question, best first."""

    topics: tuple[RankedTopic, ...] = ()
    sources: tuple[Record, ...] = ()

    @property
    def covering(self) -> tuple[RankedTopic, ...]:
        """The topics that answer it: the best, if it does, and those near it."""
        if not self.topics or not self.topics[0].is_covering:
            return ()
        least = self.topics[0].score * NEAR_BEST
        return tuple(topic for topic in self.topics if topic.is_covering and topic.score >= least)


def rank(asked: Understood, tiers: Sequence[Tier], *, topic: str | None = None) -> Ranking:
    """Rank the topics for a question, or judge one, in one query."""
    terms = [*asked.terms, *(() if asked.terms else asked.phrases)]
    known = [term for term in terms if term.is_known]
    if not known:
        return Ranking()
    rows = [(place, one, weight * term.weight) for place, term in enumerate(terms) for one, weight in term.conditions()]
    rows += [(len(terms) + place, pair, _PAIR) for place, pair in enumerate(asked.pairs)]
    values: dict[str, Any] = {
        "terms": [row[0] for row in rows],
        "conditions": [row[1] for row in rows],
        **{f"in_{weight}": [within(row[1], weight) for row in rows] for weight in "abc"},
        "weights": [row[2] for row in rows],
        "levels": list(reversed(_LEVELS.values())),
        "all": tiers[0].query,
        "rarest": min(known, key=lambda term: term.claims).any,
        "some": tiers[-1].query,
        "topic": topic,
    }
    with reading_connection().cursor() as cursor:
        cursor.execute(RANK, values)
        topics, sources = cursor.fetchone()
    return Ranking(tuple(_topic(row, terms) for row in topics or []), tuple(sources or ()))


def _topic(row: Sequence[Any], terms: Sequence[Term]) -> RankedTopic:
    pk, slug, title, question, score, matched = row
    whole = sum(term.weight for term in terms)
    has = sum(
        term.weight * (_OF_RESPELT if term.is_respelt else 1)
        for place, term in enumerate(terms)
        if place in set(matched)
    )
    return RankedTopic(pk, slug, title, question, score, has / whole, score / whole)
