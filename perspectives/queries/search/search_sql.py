"""The SQL of the search for claims, put together from fixed pieces; every value is a parameter."""

from collections.abc import Sequence

FACETS = ("stance", "kind", "topic", "category", "year")
PEOPLE = 5
"""How many people an answer names."""
STAND_INS = 2
"""How many claims of the winning topic stand in for a stance that has no match."""
_TOPICS_A_FACET = 20
_HITS_FOR_PEOPLE = 30

FILTERS = {
    "kind": "kind = ANY(%(kind)s::varchar[])",
    "topic": "published_topic_id = ANY(ARRAY("
    "SELECT topic_id FROM perspectives_publishedtopic WHERE slug = ANY(%(topic)s::varchar[])))",
    "article": "published_topic_id IN (SELECT topic_id FROM perspectives_publishedtopic JOIN perspectives_article "
    "ON perspectives_article.id = article_id WHERE perspectives_article.slug = ANY(%(article)s::varchar[]))",
    "category": "categories && %(category)s::varchar[]",
    "years": "years && %(years)s::integer[]",
    "spans": "EXISTS (SELECT FROM unnest(years) AS one WHERE one <@ %(spans)s::int4multirange)",
}
"""Conditions besides the stance, each with the name of its parameter, a list; of single years an index knows."""

_ARM = """(SELECT id, kind, stance, published_topic_id, categories, years, {tier} AS tier,
    CASE WHEN search @@ %(query_{tier})s::tsquery THEN {rank} END AS rank
FROM perspectives_publishedclaim
WHERE {conditions}
LIMIT %(looked_at_{tier})s)"""

_STRICT_RANK = "ts_rank(search, %(query_0)s::tsquery)"
_LOOSE_RANK = """ts_rank(search, %(any_word)s::tsquery) + (
    SELECT sum(weight) FROM unnest(%(terms)s::tsquery[], %(weights)s::float[]) AS asked (term, weight)
    WHERE search @@ term
)"""
"""First of all by how much of the question a claim has: the weights of all its words together are 1."""

_MARKED = """CASE WHEN ts_filter(search, ARRAY['{weight}'::"char"]) @@ %(any_word)s::tsquery
    THEN ts_headline(%(config)s::regconfig, {part}, asked, %(marks)s) ELSE '' END"""
"""A text with its matches marked, or nothing if it has no word that was asked for."""

_STAND_IN = """(SELECT record FROM perspectives_publishedclaim
WHERE {conditions} AND published_topic_id = %(best_topic)s AND (search @@ %(avoided)s::tsquery) IS NOT true
    AND NOT EXISTS (SELECT FROM found WHERE found.stance = '{stance}')
ORDER BY ts_rank(search, %(any_word)s::tsquery) DESC, "order" LIMIT {most})"""

_STANDING_IN = "(SELECT json_agg(record) FROM ({arms}) AS standing_in)"

_FIND = """
WITH {nears},
near AS ({all_nears}),
favoured AS (SELECT * FROM unnest(%(topics)s::int[], %(shares)s::float[]) AS ranked (published_topic_id, share)),
found AS MATERIALIZED (
    SELECT near.id, kind, stance, categories, years, near.published_topic_id, tier, rank,
        rank * (1 + coalesce(share, 0)) AS place,
        row_number() OVER (PARTITION BY stance ORDER BY rank * (1 + coalesce(share, 0)) DESC, near.id) AS turn
    FROM near LEFT JOIN favoured USING (published_topic_id) WHERE rank IS NOT NULL
),
page AS (SELECT id, place, turn FROM found ORDER BY turn, place DESC, id OFFSET %(offset)s LIMIT %(limit)s),
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
    (SELECT json_agg(json_build_array(record, page.place, {marked}) ORDER BY turn, page.place DESC, id)
        FROM page JOIN perspectives_publishedclaim USING (id),
        (SELECT CASE coalesce((SELECT max(tier) FROM found), 0) {highlights} END AS asked) AS question),
    (SELECT count(*) FROM found),
    (SELECT max(tier) FROM found),
    (SELECT json_agg(stance) FROM (
        SELECT stance FROM near GROUP BY stance, tier HAVING count(*) >= {looked_at}
    ) AS cut),
    (SELECT json_agg(json_build_array(name, value, number) ORDER BY name, number DESC, value) FROM facets),
    (SELECT json_agg(name ORDER BY name) FROM people),
    {stand_ins}
"""


def find(
    stances: Sequence[str], filters: Sequence[str], parts: Sequence[str], *, tiers: int, has_stand_ins: bool
) -> str:
    """Write the statement that finds claims: hits of the page, total, tier, stances cut off, facets, people, stand-ins.

    A hit is the claim's record, its rank, and the texts named by `parts`, in the order of their weights, with matches
    marked. Each of `tiers` conditions is only looked at where those before found nothing.
    """
    further = [FILTERS[name] for name in filters if name in FILTERS]
    nears = ",\n".join(_near(tier, stances, further) for tier in range(tiers))
    each = range(tiers)
    return _FIND.format(
        nears=nears,
        all_nears=" UNION ALL ".join(f"TABLE near_{tier}" for tier in each),
        looked_at=f"CASE tier {' '.join(f'WHEN {tier} THEN %(looked_at_{tier})s' for tier in each)} END",
        highlights=" ".join(f"WHEN {tier} THEN %(marked_{tier})s::tsquery" for tier in each),
        topics=_TOPICS_A_FACET,
        hits_for_people=_HITS_FOR_PEOPLE,
        people=PEOPLE,
        marked=", ".join(_MARKED.format(part=part, weight=weight) for part, weight in zip(parts, "abcd", strict=True)),
        stand_ins=_stand_ins(stances, further) if has_stand_ins else "NULL",
    )


def _near(tier: int, stances: Sequence[str], further: Sequence[str]) -> str:
    """Write one tier of the search through each stance's index, which those before have to have left empty."""
    before = [f"NOT EXISTS (SELECT FROM near_{other} WHERE rank IS NOT NULL)" for other in range(tier)]
    rank = _LOOSE_RANK if tier else _STRICT_RANK
    arms = [
        _ARM.format(
            tier=tier,
            rank=rank,
            conditions=" AND ".join([*_of(stance), f"search @@ %(indexable_{tier})s::tsquery", *further, *before]),
        )
        for stance in stances
    ]
    return f"near_{tier} AS MATERIALIZED (\n" + "\nUNION ALL\n".join(arms) + "\n)"


def _of(stance: str) -> list[str]:
    """Name the stance, a code of the vocabulary, as its index does."""
    return [f"stance = '{stance}'"]


def _stand_ins(stances: Sequence[str], further: Sequence[str]) -> str:
    arms = [
        _STAND_IN.format(conditions=" AND ".join([*_of(stance), *further]), stance=stance, most=STAND_INS)
        for stance in stances
    ]
    return _STANDING_IN.format(arms="\nUNION ALL\n".join(arms))
