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

_ARM = """(SELECT id, kind, stance, published_topic_id, categories, years,
    CASE WHEN search @@ %(words)s::tsquery THEN ts_rank(search, %(words)s::tsquery) END AS rank
FROM perspectives_publishedclaim
WHERE {conditions}
LIMIT %(looked_at)s)"""

_MARKED = """CASE WHEN ts_filter(search, ARRAY['{weight}'::"char"]) @@ %(any_word)s::tsquery
    THEN ts_headline(%(config)s::regconfig, {part}, asked, %(marks)s) ELSE '' END"""
"""A text with its matches marked, or nothing if it has no word that was asked for."""

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
    UNION ALL SELECT 'category', category, count(*) FROM (SELECT unnest(categories) AS category FROM found) AS each
        GROUP BY category
    UNION ALL SELECT 'year', year::text, count(*) FROM (SELECT unnest(years) AS year FROM found) AS each GROUP BY year
),
people AS (
    SELECT DISTINCT name FROM (SELECT id FROM found ORDER BY rank DESC, id LIMIT {hits_for_people}) AS best
    JOIN perspectives_publishedclaim USING (id), unnest((string_to_array(perspective_text, E'\\n'))[2:]) AS name
    WHERE ts_filter(search, ARRAY['b'::"char"]) @@ %(any_word)s::tsquery
        AND to_tsvector(%(config)s::regconfig, name) @@ %(any_word)s::tsquery
    ORDER BY name LIMIT {people}
)
SELECT
    (SELECT json_agg(json_build_array(record, rank, {marked}) ORDER BY turn, page.rank DESC, id)
        FROM page JOIN perspectives_publishedclaim USING (id),
        websearch_to_tsquery(%(config)s::regconfig, %(text)s) AS asked),
    (SELECT count(*) FROM found),
    (SELECT json_agg(stance) FROM (
        SELECT stance FROM near GROUP BY stance HAVING count(*) >= %(looked_at)s
    ) AS cut),
    (SELECT json_agg(json_build_array(name, value, number) ORDER BY name, number DESC, value) FROM facets),
    (SELECT json_agg(name ORDER BY name) FROM people)
"""

_BEST = """(
    SELECT * FROM (
        SELECT *, ts_rank(search, (SELECT words FROM question)) AS rank FROM {table}
        WHERE search @@ (SELECT words FROM question) LIMIT {ranked}
    ) AS matching ORDER BY rank DESC, {key} LIMIT {most}
) AS best"""
_TOPICS = _BEST.format(table="perspectives_publishedtopic", key="slug", ranked=RANKED_BESIDE, most=BESIDE_AT_MOST)
_SOURCES = _BEST.format(table="perspectives_publishedsource", key="key", ranked=RANKED_BESIDE, most=BESIDE_AT_MOST)

_READ = """
WITH question AS MATERIALIZED (SELECT websearch_to_tsquery(%(config)s::regconfig, %(text)s) AS words),
unknown AS MATERIALIZED (
    SELECT asked FROM unnest(%(asked)s::text[]) AS asked
    WHERE numnode(plainto_tsquery(%(config)s::regconfig, asked)) > 0 AND NOT EXISTS (
        SELECT FROM perspectives_publishedword WHERE stems @@ plainto_tsquery(%(config)s::regconfig, asked)
    )
)
SELECT
    words::text,
    regexp_replace(querytree(words), '<(-|[0-9]+)>', '&', 'g'),
    (SELECT json_agg(json_build_object('topic', slug, 'title', title) ORDER BY rank DESC, slug) FROM {topics}),
    (SELECT json_agg(json_build_object('key', key, 'title', record -> 'title') ORDER BY rank DESC, key)
        FROM {sources}),
    (SELECT json_agg(json_build_array(asked, word, claims)) FROM unknown, LATERAL (
        SELECT word, claims FROM perspectives_publishedword
        ORDER BY word <-> asked LIMIT {words}
    ) AS near)
FROM question, set_config('synchronize_seqscans', 'off', false) AS _steady
"""
READ = _READ.format(topics=_TOPICS, sources=_SOURCES, words=_WORDS_NEAR)
"""Reads a question: its whole condition, what of it an index can answer; topics and sources, and words near to those
that no claim uses. From then on this connection's scans of a table begin where they always do, so that the pages of a
search that was cut off join."""


def find(stances: Sequence[str], filters: Sequence[str], parts: Sequence[str]) -> str:
    """Write the statement that finds claims: hits of the page, total, stances cut off, facets, people.

    A hit is the claim's record, its rank, and the texts named by `parts`, in the order of their weights, with matches
    marked.
    """
    further = [FILTERS[name] for name in filters if name in FILTERS]
    arms = [_arm(stance, further) for stance in stances]
    return _FIND.format(
        arms="\nUNION ALL\n".join(arms),
        topics=_TOPICS_A_FACET,
        hits_for_people=_HITS_FOR_PEOPLE,
        people=BESIDE_AT_MOST,
        marked=", ".join(_MARKED.format(part=part, weight=weight) for part, weight in zip(parts, "abcd", strict=True)),
    )


def _arm(stance: str, further: Sequence[str]) -> str:
    """Write the search through one stance's index; the stance, a code of the vocabulary, is written out to match it."""
    conditions = [f"stance = '{stance}'", "search @@ %(indexable)s::tsquery", *further]
    return _ARM.format(conditions=" AND ".join(conditions))
