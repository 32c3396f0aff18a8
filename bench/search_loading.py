"""The database of the search's measurement: made, filled by COPY, indexed, and dropped."""

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from bench.search_corpus import CLAIMS_A_TOPIC, Corpus
from debatekb import embedded
from perspectives.rules.publication.index_records import FORM

TOPIC_COLUMNS = (
    'topic_id, article_id, edition_id, slug, "order", form, title, tags, summary, question, asked_text, '
    "positions_text, summaries_text, details_text"
)
TOPIC_TEXTS = (10, 120, 30, 400, 1500)
"""Words of a topic's question, phrasings, positions, summaries and details, as topics have them."""
CLAIM_COLUMNS = (
    'published_topic_id, public_id, "order", stance, kind, sources, record, holders, stated_by, tags, answered_by, '
    "categories, years, claim_text, perspective_text, sources_text, notes_text"
)
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = 'perspectives_publishedclaim' AND indexdef LIKE '%USING gin%'
"""
WORDS = """
INSERT INTO perspectives_publishedword (word, claims)
SELECT word, ndoc FROM ts_stat('SELECT search FROM perspectives_publishedclaim')
"""


def prepare(name: str, claims: int) -> None:
    """Make the database and load the claims, unless it has as many already."""
    make(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM perspectives_publishedclaim")
        if cursor.fetchone() != (claims,):
            _load(Corpus(claims))


def make(name: str) -> None:
    """Make the database with its tables, unless it is there."""
    with _maintenance() as server:
        if server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    call_command("migrate", verbosity=0)


def drop(name: str) -> None:
    """Drop the database."""
    connection.close()
    with _maintenance() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _maintenance() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded.database_url(), autocommit=True)


def _load(corpus: Corpus) -> None:
    """Fill topics, claims and words; the rows stand alone, so that foreign keys are not looked at. All or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("TRUNCATE perspectives_publishedtopic, perspectives_publishedword CASCADE")
        with cursor.copy(f"COPY perspectives_publishedtopic ({TOPIC_COLUMNS}) FROM STDIN") as copy:
            for place in range(corpus.size // CLAIMS_A_TOPIC + 1):
                texts = [corpus.phrase(length) for length in TOPIC_TEXTS]
                copy.write_row((place, 1, place, f"t{place}", place, FORM, corpus.phrase(6), [], "{}", *texts))
        with cursor.copy(f"COPY perspectives_publishedclaim ({CLAIM_COLUMNS}) FROM STDIN") as copy:
            for claim in corpus.claims():
                owner = (claim.number // CLAIMS_A_TOPIC, claim.public_id, claim.number, claim.stance, claim.kind)
                kept: tuple[object, ...] = (
                    ["invented"],
                    claim.record,
                    corpus.slugs(claim),
                    corpus.slugs(claim)[:1],
                    [],
                    [],
                    claim.categories,
                    claim.years,
                )
                copy.write_row((*owner, *kept, claim.text, claim.perspective, claim.sources, claim.notes))
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute(WORDS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
