"""Whether editions, retractions and the event log still are what they were when they were written."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import F, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from pydantic import ValidationError

from perspectives.models import Archiving, Edition, LogEntry, LogLink, Retraction
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode

_Fact = tuple[Any, ...]
"""The slug of the topic or the guide, the number of the edition, and what else log and row must agree on."""

_BROKEN_LINKS = """
SELECT number, entry_id, number <> number_before + 1, entry.id IS NULL FROM (
    SELECT *, coalesce(lag(number) OVER by_number, 0) AS number_before,
        coalesce(lag(sha256) OVER by_number, '') AS before
    FROM perspectives_loglink WINDOW by_number AS (ORDER BY number)
) AS link LEFT JOIN perspectives_logentry AS entry ON entry.id = entry_id
WHERE number <> number_before + 1 OR entry.id IS NULL OR sha256 IS DISTINCT FROM perspectives_log_hash(before, entry)
ORDER BY number
"""


def editions() -> Iterator[tuple[str, str]]:
    """Check every edition, one at a time: its name, and what is wrong with it ('' if nothing is)."""
    for edition in Edition.objects.select_related("topic", "article").order_by("pk").iterator(chunk_size=50):
        read = edition_form.topic if edition.topic else edition_form.article
        yield str(edition), fault(bytes(edition.body), edition.sha256, edition.number, read)


def fault(
    body: bytes,
    expected: str,
    number: int,
    read: Callable[[bytes], TopicEdition | ArticleEdition],
) -> str:
    """Say what is wrong with an edition's bytes, hash, number or form; '' if nothing is."""
    if (found := sha256(body)) != expected:
        return f"its SHA-256 is {found}, not {expected}"
    try:
        document = read(body)
    except ValidationError as error:
        return f"it is no {error.title}: {error.error_count()} errors"
    if document.edition != number:
        return f"it says that it is edition {document.edition}, not {number}"
    if canonical_json(plain(document)) != edition_form.current(body):
        return "it is not in canonical form"
    return ""


def numbering() -> Iterator[str]:
    """Name every topic and guide whose editions do not count from one without a hole."""
    owners = Edition.objects.order_by().values_list("topic__slug", "article__slug")
    for topic, article, numbers in owners.annotate(numbers=ArrayAgg("number")):
        if missing := sorted(set(range(1, max(numbers) + 1)) - set(numbers)):
            yield f"{topic or article}: edition {', '.join(map(str, missing))} is missing, though there are later ones"


def log_chain() -> Iterator[str]:
    """Name every entry of the log that was changed, put in, moved or taken out."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN_LINKS)
        for number, entry, is_gap, is_gone in cursor.fetchall():
            if is_gap:
                yield f"log: the links before link {number} are missing"
            elif is_gone:
                yield f"log: entry {entry} (link {number}) was taken out"
            else:
                yield f"log: entry {entry} (link {number}) is not what was written"
    for entry in LogEntry.objects.filter(link=None).order_by("pk").values_list("pk", flat=True):
        yield f"log: entry {entry} was put in past the chain"


def last_link() -> tuple[int, str]:
    """Give the number and the hash of the newest link: kept elsewhere, they tell whether the end was cut off later."""
    return LogLink.objects.order_by("-number").values_list("number", "sha256").first() or (0, "")


def unlogged() -> Iterator[str]:
    """Compare editions and retractions with what the log says of them, and name what only one of the two has."""
    owner = ("topic__slug", "article__slug")
    published = LogEntry.objects.filter(code=EventCode.EDITION_PUBLISHED).order_by()
    yield from _differences(
        "published",
        published.values_list(*owner, KT("detail__edition"), KT("detail__sha256")),
        Edition.objects.order_by().values_list(*owner, Cast("number", TextField()), "sha256"),
    )
    retracted = LogEntry.objects.filter(code=EventCode.EDITION_RETRACTED).order_by()
    of_edition = (F("edition__topic__slug"), F("edition__article__slug"), Cast("edition__number", TextField()))
    yield from _differences(
        "retracted",
        retracted.values_list(*owner, KT("detail__edition"), "note", "by"),
        Retraction.objects.order_by().values_list(*of_edition, "note", "by"),
    )
    for what, code, is_archived in (
        ("archived", EventCode.DOCUMENT_ARCHIVED, True),
        ("brought back", EventCode.DOCUMENT_REINSTATED, False),
    ):
        said = LogEntry.objects.filter(code=code).order_by()
        steps = Archiving.objects.filter(is_archived=is_archived).order_by()
        yield from _differences(
            what,
            said.values_list(*owner, KT("detail__edition"), "note", "by"),
            steps.values_list(*of_edition, "note", "by"),
        )


def _differences(what: str, logged: Iterable[_Fact], found: Iterable[_Fact]) -> Iterator[str]:
    said, are = set(logged), set(found)
    for topic, article, number, *_ in sorted(said - are, key=str):
        yield f"{topic or article}, edition {number}: the log says that it was {what}, but not so is what is stored"
    for topic, article, number, *_ in sorted(are - said, key=str):
        yield f"{topic or article}, edition {number}: it is stored as {what}, but the log does not say so"
