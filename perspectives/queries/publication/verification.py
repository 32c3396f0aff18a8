"""Whether editions still are what was published."""

from collections.abc import Callable, Iterator

from pydantic import ValidationError

from perspectives.models import Edition
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain


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
