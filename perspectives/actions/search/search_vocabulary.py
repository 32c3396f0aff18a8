"""Keeping the table of words equal to what the claims of current editions use; part of the action that publishes."""

from collections import Counter

from django.db import connection

from perspectives.models import PublishedTopic, PublishedWord

_LOCK = "LOCK TABLE perspectives_publishedword IN SHARE ROW EXCLUSIVE MODE"
_COUNT = """
SELECT word, count(*) FROM perspectives_publishedclaim, unnest(tsvector_to_array(to_tsvector(
    'perspectives_exact', concat_ws(E'\\n', claim_text, perspective_text, sources_text, notes_text)
))) AS word
WHERE published_topic_id = %s AND word ~ '^[[:alpha:]]{3,40}$'
GROUP BY word
"""


def begin(published: PublishedTopic) -> Counter[str]:
    """Lock the table until the transaction ends, and count the words that the topic's claims use by now.

    Publications so take turns here, before they lock anything that they share; readers never wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    return _used_in(published)


def recount(published: PublishedTopic, before: Counter[str]) -> None:
    """Count up and down by what the topic's claims use now and used `before`; forget words that nothing uses."""
    after = _used_in(published)
    changes = {word: change for word in before | after if (change := after[word] - before[word])}
    standing = PublishedWord.objects.in_bulk(list(changes))
    gone = {word for word, row in standing.items() if row.claims + changes[word] <= 0}
    for word, row in standing.items():
        row.claims += changes[word]
    PublishedWord.objects.bulk_update([row for word, row in standing.items() if word not in gone], ["claims"])
    PublishedWord.objects.bulk_create(
        PublishedWord(word=word, claims=change) for word, change in changes.items() if word not in standing
    )
    PublishedWord.objects.filter(pk__in=gone).delete()


def _used_in(published: PublishedTopic) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [published.pk])
        return Counter(dict(cursor.fetchall()))
