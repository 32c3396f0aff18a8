"""The SQL of the search, put together from fixed pieces; every value is a parameter."""

from collections.abc import Sequence

FACETS = ("stance", "kind", "topic", "category", "year")
BESIDE_AT_MOST = 5
"""How many topics, sources and people each an answer names."""
RANKED_BESIDE = 200
"""How many matching topics and sources are ranked for that."""
_TOPICS_A_FACET = 20
_HITS_FOR_PEOPLE = 30
_WORDS_NEAR = 20

FILTERS = {
    "kind": "kind = %(kind)s",
    "topic": "published_topic_id = (SELECT topic_id FROM perspectives_publishedtopic WHERE slug = %(topic)s)",
    "category": "categories @> ARRAY[%(category)s]::varchar[]",
    "year": "years @> ARRAY[%(year)s]::integer[]",
}
"""Conditions besides the stance, each with the name of its parameter."""

READ = """
SELECT words::text, regexp_replace(querytree(words), '<(-|[0-9]+)>', '&', 'g')
FROM websearch_to_tsquery(%(config)s::regconfig, %(text)s) AS words,
    set_config('synchronize_seqscans', 'off', true) AS _steady
"""
"""Reads a question. For the rest of the transaction scans of the table begin where they always do, so that the pages of
a search that was cut off join."""

_ARM = """(SELECT id, kind, stance, published_topic_id, categories, years,
    CASE WHEN search @@ %(words)s::tsquery THEN ts_rank(search, %(words)s::tsquery) END AS rank
FROM perspectives_publishedclaim
WHERE {conditions}
LIMIT %(looked_at)s)"""

_FIND = """
WITH near AS MATERIALIZED (
{arms}
),
found AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY stance ORDER BY rank DESC, id) AS turn FROM near WHERE rank IS NOT NULL
),
page AS (SELECT id, rank, turn FROM found ORDER BY turn, rank DESC, id OFFSET %(offset)s LIMIT %(limit)s),
facets AS (
    SELECT 'stance' AS name, stance::text AS value, count(*) AS number FROM found GROUP BY stance
    UNION ALL SELECT 'kind', kind, count(*) FROM found GROUP BY kind
    UNION ALL (
        SELECT 'topic', slug, number FROM (
            SELECT published_topic_id, count(*) AS number FROM found
            GROUP BY published_topic_id ORDER BY number DESC, published_topic_id LIMIT {topics}
        ) AS most JOIN perspectives_publishedtopic ON topic_id = published_topic_id
    )
    UNION ALL SELECT 'category', category, count(*) FROM found, unnest(categories) AS category GROUP BY category
    UNION ALL SELECT 'year', year::text, count(*) FROM found, unnest(years) AS year GROUP BY year
),
people AS (
    SELECT DISTINCT name FROM (SELECT id FROM found ORDER BY rank DESC, id LIMIT {hits_for_people}) AS best
    JOIN perspectives_publishedclaim USING (id), unnest((string_to_array(perspective_text, E'\\n'))[2:]) AS name
    WHERE to_tsvector(%(config)s::regconfig, name) @@ %(any_word)s::tsquery
    ORDER BY name LIMIT {people}
)
SELECT
    (SELECT json_agg(json_build_array(id, rank) ORDER BY turn, rank DESC, id) FROM page),
    (SELECT count(*) FROM found),
    (SELECT json_agg(stance) FROM (
        SELECT stance FROM near GROUP BY stance HAVING count(*) >= %(looked_at)s
    ) AS cut),
    (SELECT json_agg(json_build_array(name, value, number) ORDER BY name, number DESC, value) FROM facets),
    (SELECT json_agg(name ORDER BY name) FROM people)
"""

_BEST = """(
    SELECT * FROM (
        SELECT *, ts_rank(search, %(words)s::tsquery) AS rank FROM {table}
        WHERE search @@ %(words)s::tsquery LIMIT {ranked}
    ) AS matching ORDER BY rank DESC, {key} LIMIT {most}
) AS best"""
_TOPICS = _BEST.format(table="perspectives_publishedtopic", key="slug", ranked=RANKED_BESIDE, most=BESIDE_AT_MOST)
_SOURCES = _BEST.format(table="perspectives_publishedsource", key="key", ranked=RANKED_BESIDE, most=BESIDE_AT_MOST)

_BESIDE = """
WITH unknown AS MATERIALIZED (
    SELECT asked FROM unnest(%(asked)s::text[]) AS asked
    WHERE numnode(plainto_tsquery(%(config)s::regconfig, asked)) > 0 AND NOT EXISTS (
        SELECT FROM perspectives_publishedword WHERE stems @@ plainto_tsquery(%(config)s::regconfig, asked)
    )
)
SELECT
    (SELECT json_agg(json_build_object('topic', slug, 'title', title) ORDER BY rank DESC, slug) FROM {topics}),
    (SELECT json_agg(json_build_object('key', key, 'title', record -> 'title') ORDER BY rank DESC, key)
        FROM {sources}),
    (SELECT json_agg(json_build_array(asked, word, claims)) FROM unknown, LATERAL (
        SELECT word, claims FROM perspectives_publishedword
        ORDER BY word <-> asked LIMIT {words}
    ) AS near)
"""
BESIDE = _BESIDE.format(topics=_TOPICS, sources=_SOURCES, words=_WORDS_NEAR)
"""Topics, sources, and words near to those asked for that no claim uses."""


def find(stances: Sequence[str], filters: Sequence[str]) -> str:
    """Write the statement that finds claims: hits of the page, total, stances cut off, facets, people."""
    further = [FILTERS[name] for name in filters if name in FILTERS]
    arms = [_arm(stance, further) for stance in stances]
    return _FIND.format(
        arms="\nUNION ALL\n".join(arms),
        topics=_TOPICS_A_FACET,
        hits_for_people=_HITS_FOR_PEOPLE,
        people=BESIDE_AT_MOST,
    )


def _arm(stance: str, further: Sequence[str]) -> str:
    """Write the search through one stance's index; the stance, a code of the vocabulary, is written out to match it."""
    conditions = [f"stance = '{stance}'", "search @@ %(indexable)s::tsquery", *further]
    return _ARM.format(conditions=" AND ".join(conditions))
