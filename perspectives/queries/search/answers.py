"""Answers to questions: the best topic's claims of every stance, with what answers them and what they rest on."""

from typing import Any

from debatekb.postgres.replicas import reading_connection
from perspectives.errors import NotFoundError
from perspectives.queries.evidence.told import GRAVE
from perspectives.queries.search import claim_search, question_reading, topic_search
from perspectives.queries.search.topic_search import RankedTopic
from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.publication.dataset_readme import LICENCE
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search import answer_rows, conditions
from perspectives.rules.search.answer_rows import Material
from perspectives.rules.search.terms import Understood
from perspectives.vocab import BibliographyStyle, Stance

NOTHING_ASKED = "No question was asked, and no topic named."
_ROWS = """
SELECT
    slug, title, question,
    (SELECT json_agg(record ORDER BY rank DESC, "order") FROM (
        SELECT record, "order", coalesce(ts_rank(search, %(any_word)s::tsquery), 0) + (
            SELECT coalesce(sum(weight), 0)
            FROM unnest(%(terms)s::tsquery[], %(weights)s::float[]) AS asked (term, weight) WHERE search @@ term
        ) AS rank
        FROM perspectives_publishedclaim WHERE published_topic_id = topic_id
    ) AS claim),
    (SELECT json_object_agg(key, record) FROM perspectives_publishedsource WHERE key IN (
        SELECT unnest(sources) FROM perspectives_publishedclaim WHERE published_topic_id = topic_id
    )),
    (SELECT entries::json FROM perspectives_formattedbibliography AS made
        JOIN perspectives_edition AS edition USING (sha256)
        WHERE edition.id = edition_id AND style = %(style)s LIMIT 1),
    (SELECT json_agg(json_build_object(
        'source', key, 'quote', quote, 'outcome', outcome, 'on', finished_at::date, 'sentence', sentence
    )) FROM perspectives_check AS made JOIN perspectives_source AS source ON source.id = source_id
        WHERE is_current AND kind IN ('quotation', 'retraction') AND key IN (
            SELECT unnest(sources) FROM perspectives_publishedclaim WHERE published_topic_id = topic_id
        ))
FROM perspectives_publishedtopic WHERE slug = %(slug)s
"""
"""All claims of a topic, those that have most of the question first; the works they cite, what was found of these."""


def answer(
    text: str, *, topic: str | None, budget: int, base: str, style: BibliographyStyle = BibliographyStyle.MLA
) -> Record:
    """Answer a question, or tell of a topic, in at most `budget` tokens and in three queries at most.

    Every stance of the best topic is there. Raises NotFoundError for a topic that is not published, NothingAskedError
    for a question without a word, and TooSmallError (`rules.search.answer_rows`) for a budget that does not hold every
    stance.
    """
    asked = question_reading.understand(text) if text else None
    ranked: tuple[RankedTopic, ...] = ()
    if asked:
        if why := claim_search.note(asked):
            raise claim_search.NothingAskedError(why)
        ranked = topic_search.rank(asked, conditions.tiers(asked), topic=topic).covering
    slug = topic or (ranked[0].slug if ranked else None)
    if slug is None:
        return _not_covered(asked, claim_search.NOTES["not_covered"] if text else NOTHING_ASKED)
    found = _read(slug, asked, style)
    named = [(one.slug, one.title, one.question) for one in ranked if one.slug != slug]
    topics = [found[:3], *named]
    references, found_of = _references(found[4] or {}, found[5] or {}), _checks(found[6] or [])
    material = Material(found[3] or [], references, base, found_of)
    present = {claim["stance"] for claim in material.claims}
    head = {
        "topics": [_topic(base, *one) for one in topics],
        "covered": True,
        "missing_stances": [stance for stance in Stance.values if stance not in present],
        "not_found": asked.unknown if asked else [],
        "licence": LICENCE,
    }
    return answer_rows.within(budget, head, material.rows())


def _read(slug: str, asked: Understood | None, style: BibliographyStyle) -> Any:
    terms = asked.known if asked else []
    whole = sum(term.weight for term in terms)
    values: dict[str, Any] = {
        "slug": slug,
        "style": style.value,
        "any_word": " | ".join(term.any for term in terms),
        "terms": [term.any for term in terms],
        "weights": [term.weight / whole for term in terms],
    }
    with reading_connection().cursor() as cursor:
        cursor.execute(_ROWS, values)
        found = cursor.fetchone()
    if found is None:
        raise NotFoundError(f"There is no published topic '{slug}'.")
    return found


def _not_covered(asked: Understood | None, why: str) -> Record:
    return {
        "topics": [],
        "covered": False,
        "why": why,
        "missing_stances": list(Stance.values),
        "not_found": asked.unknown if asked else [],
        "licence": LICENCE,
        "rows": [],
    }


def _topic(base: str, slug: str, title: str, question: str) -> Record:
    return {"slug": slug, "title": title, "question": question, "url": addresses.topic(base, slug)}


def _references(records: dict[str, Record], formatted: dict[str, Any]) -> dict[str, str]:
    """Write each work as it was formatted, or plainly until that has been done."""
    return {key: _reference(record, formatted.get(key)) for key, record in records.items()}


def _reference(record: Record, runs: list[Record] | None) -> str:
    return "".join(run["text"] for run in runs) if runs else answer_rows.plain_reference(record)


def _checks(rows: list[Record]) -> dict[tuple[str, str], Record]:
    """Map words of works ('' for the work itself) to what a machine found; of works only what readers are warned of."""
    names = ("outcome", "on", "sentence")
    told = [row for row in rows if row["quote"] or row["outcome"] in GRAVE]
    return {(row["source"], row["quote"]): {name: row[name] for name in names} for row in told}
