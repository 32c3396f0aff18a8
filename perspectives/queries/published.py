"""The one door for readers: editions and the index of the current ones, never a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from perspectives.errors import NotFoundError
from perspectives.models import (
    Edition,
    FormattedBibliography,
    PublishedArticle,
    PublishedClaim,
    PublishedPassage,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
)
from perspectives.rules.article_document import ArticleEdition
from perspectives.rules.document import TopicEdition


@dataclass(frozen=True)
class Stored:
    """An edition as stored: the bytes, or none where the reader has them already."""

    number: int
    sha256: str
    published_at: datetime
    origin: str
    body: bytes | None


def topic_bytes(slug: str, *, number: int | None = None, known: Sequence[str] = ()) -> Stored:
    """Fetch a topic's current edition, or edition `number`, in one query.

    `known` lists hashes that the reader holds: if the edition's is among them, its body is not read.
    Raises NotFoundError.
    """
    mine = Q(current_for_topic__slug=slug) if number is None else Q(topic__slug=slug, number=number)
    return _stored(mine, known, f"There is no published topic '{slug}'" + _edition_words(number))


def article_bytes(slug: str, *, number: int | None = None, known: Sequence[str] = ()) -> Stored:
    """Fetch an article guide like `topic_bytes`. Raises NotFoundError."""
    mine = Q(current_for_article__slug=slug) if number is None else Q(article__slug=slug, number=number)
    return _stored(mine, known, f"There is no published article '{slug}'" + _edition_words(number))


def _edition_words(number: int | None) -> str:
    return "." if number is None else f" with an edition {number}."


def _stored(mine: Q, known: Sequence[str], otherwise: str) -> Stored:
    body = Case(When(sha256__in=list(known), then=Value(None)), default="body")
    row = Edition.objects.filter(mine).values_list("number", "sha256", "published_at", "origin", body).first()
    if row is None:
        raise NotFoundError(otherwise)
    number, sha256, published_at, origin, content = row
    return Stored(number, sha256, published_at, origin, None if content is None else bytes(content))


def topic_document(slug: str, *, number: int | None = None) -> tuple[TopicEdition, Stored]:
    """Fetch and read a topic's edition in one query. Raises NotFoundError."""
    stored = topic_bytes(slug, number=number)
    return TopicEdition.model_validate_json(stored.body or b""), stored


def article_document(slug: str, *, number: int | None = None) -> tuple[ArticleEdition, Stored]:
    """Fetch and read an article guide's edition in one query. Raises NotFoundError."""
    stored = article_bytes(slug, number=number)
    return ArticleEdition.model_validate_json(stored.body or b""), stored


def topics() -> QuerySet[PublishedTopic]:
    """List the published topics in the order that editors chose, with their editions' hash and time but no body."""
    return PublishedTopic.objects.select_related("edition").defer("edition__body")


def articles() -> QuerySet[PublishedArticle]:
    """List the published article guides, with their editions' hash and time but no body."""
    return PublishedArticle.objects.select_related("edition").defer("edition__body")


def claims() -> QuerySet[PublishedClaim]:
    """List the claims of all current editions by public id."""
    return PublishedClaim.objects.all()


def passages() -> QuerySet[PublishedPassage]:
    """List the passages of all current article guides in their order."""
    return PublishedPassage.objects.all()


def sources() -> QuerySet[PublishedSource]:
    """List the sources that current editions cite, by citekey."""
    return PublishedSource.objects.all()


def source(key: str) -> PublishedSource:
    """Fetch a source with all its uses in two queries. Raises NotFoundError."""
    uses = Prefetch("uses", PublishedUse.objects.order_by("edition__topic__order", "order"))
    found = sources().filter(key=key).prefetch_related(uses).first()
    if found is None:
        raise NotFoundError(f"No published edition cites a source '{key}'.")
    return found


def editions() -> QuerySet[Edition]:
    """List all editions of topics and article guides, newest first, without their bodies."""
    return Edition.objects.select_related("topic", "article").defer("body")


def topic_editions(slug: str) -> QuerySet[Edition]:
    """List the editions of a topic, newest first, without their bodies."""
    return editions().filter(topic__slug=slug).order_by("-number")


def article_editions(slug: str) -> QuerySet[Edition]:
    """List the editions of an article guide, newest first, without their bodies."""
    return editions().filter(article__slug=slug).order_by("-number")


def bibliographies(sha256: str) -> QuerySet[FormattedBibliography]:
    """List the formatted references of the edition with this hash, one row a style; empty until the job has run."""
    return FormattedBibliography.objects.filter(sha256=sha256)


def editions_without_bibliography() -> QuerySet[Edition]:
    """List the editions whose references were not formatted yet."""
    made = FormattedBibliography.objects.filter(sha256=OuterRef("sha256"))
    return editions().filter(~Exists(made))
