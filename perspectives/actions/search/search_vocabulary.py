"""Keeping the table of words equal to what current editions use; part of the action that publishes."""

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from perspectives.actions import row_sets
from perspectives.models import PublishedWord

_LOCK = "LOCK TABLE perspectives_publishedword IN SHARE ROW EXCLUSIVE MODE"
_COUNT = """
SELECT word, count(*) FROM (
    SELECT concat_ws(E'\\n', claim_text, perspective_text, sources_text, notes_text) AS text
    FROM perspectives_publishedclaim WHERE published_topic_id = ANY(%(topics)s)
    UNION ALL
    SELECT concat_ws(E'\\n', title, question, asked_text, positions_text, summaries_text, details_text)
    FROM perspectives_publishedtopic WHERE topic_id = ANY(%(topics)s)
) AS texts, unnest(tsvector_to_array(to_tsvector('perspectives_exact', text))) AS word
WHERE word ~ '^([[:alpha:]]{3,40}|[0-9]{4})$'
GROUP BY word
"""


def begin(topic_ids: Sequence[int]) -> Counter[str]:
    """Lock the table until the transaction ends, and count the words that the topics and their claims use by now.

    Publications so take turns here, before they lock anything that they share; readers never wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    return _used_in(topic_ids)


def recount(topic_ids: Sequence[int], before: Counter[str]) -> None:
    """Count up and down by what the topics and their claims use now and used `before`; forget what nothing uses."""
    after = _used_in(topic_ids)
    changes = {word: change for word in before | after if (change := after[word] - before[word])}
    standing = _standing(list(changes))
    counts = {word: standing.get(word, 0) + change for word, change in changes.items()}
    used = [{"word": word, "claims": count} for word, count in counts.items() if count > 0]
    row_sets.delete(PublishedWord, [word for word, count in counts.items() if count <= 0])
    row_sets.update(PublishedWord, [row for row in used if row["word"] in standing])
    row_sets.insert(PublishedWord, [row for row in used if row["word"] not in standing])


def _standing(words: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:  # the ORM would write thousands of words as a parameter each
        cursor.execute("SELECT word, claims FROM perspectives_publishedword WHERE word = ANY(%s)", [words])
        return dict(cursor.fetchall())


def _used_in(topic_ids: Sequence[int]) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"topics": list(topic_ids)})
        return Counter(dict(cursor.fetchall()))
