"""A question read against the words that are published and the thesaurus, in one query."""

import json

from debatekb.postgres.replicas import reading_connection
from perspectives.models.publication.published import STEMMED
from perspectives.rules.search import questions, terms
from perspectives.rules.search.terms import Understood

_WORDS_NEAR = 20
_SHORTEST_MISSPELT = 3

_LOOK = """
SELECT json_agg(json_build_object(
    'text', gram.text, 'query', read.query::text, 'claims', known.claims, 'alike', alike.conditions, 'near', near.words
))
FROM json_to_recordset(%(grams)s::json) AS gram (text text, is_word boolean, prefixes text[])
CROSS JOIN LATERAL (SELECT phraseto_tsquery(%(config)s::regconfig, gram.text) AS query) AS read
LEFT JOIN LATERAL (
    SELECT sum(claims)::int AS claims FROM perspectives_publishedword WHERE gram.is_word AND stems @@ read.query
) AS known ON true
LEFT JOIN LATERAL (
    SELECT json_agg(conditions) AS conditions FROM perspectives_synonymgroup
    WHERE conditions && array_append(gram.prefixes, read.query::text)
) AS alike ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(word, claims, of_word.query::text, (
        SELECT json_agg(conditions) FROM perspectives_synonymgroup WHERE conditions && ARRAY[of_word.query::text]
    ))) AS words
    FROM (
        SELECT word, claims FROM perspectives_publishedword ORDER BY word <-> gram.text LIMIT {nearest}
    ) AS nearest, LATERAL (SELECT phraseto_tsquery(%(config)s::regconfig, word) AS query) AS of_word
    WHERE gram.is_word AND known.claims IS NULL AND alike.conditions IS NULL AND numnode(read.query) > 0
        AND length(gram.text) >= {shortest} AND word !~ '[0-9]'
) AS near ON true
CROSS JOIN set_config('synchronize_seqscans', 'off', false) AS _steady
"""
LOOK = _LOOK.format(nearest=_WORDS_NEAR, shortest=_SHORTEST_MISSPELT)
"""Tells of each word, phrase and name in a question its condition, how many claims and topics use it, what the
thesaurus has beside it, and of words that nothing has the nearest. From then on this connection's scans of a table
begin where they always do, so that the pages of a search that was cut off join."""


def understand(text: str) -> Understood:
    """Read a question: what is asked for, by what each word is found, and what nothing published has."""
    question = questions.read(text)
    grams = question.grams()
    if not grams:
        return Understood(question)
    with reading_connection().cursor() as cursor:
        cursor.execute(LOOK, {"grams": json.dumps(grams), "config": STEMMED})
        looked = cursor.fetchone()[0]
    return terms.understand(question, {one["text"]: one for one in looked or []})
