"""The one door for readers: editions and the index of the current ones, never a draft."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Greatest

from perspectives.errors import NotFoundError
from perspectives.models import (
    Archiving,
    Edition,
    FormattedBibliography,
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    Retraction,
    Source,
)
from perspectives.queries.archive import archive
from perspectives.queries.publication import edition_cache
from perspectives.queries.publication.edition_cache import Place, Stored
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form


def topic_bytes(slug: str, *, number: int | None = None) -> Stored:
    """Fetch a topic's current edition, or edition `number`, from the cache or in one query. Raises NotFoundError."""
    return edition_cache.fetch(Place("topic", slug, number))


def article_bytes(slug: str, *, number: int | None = None) -> Stored:
    """Fetch an article guide like `topic_bytes`. Raises NotFoundError."""
    return edition_cache.fetch(Place("article", slug, number))


def topic_document(slug: str, *, number: int | None = None) -> tuple[TopicEdition, Stored]:
    """Fetch and read a topic's edition like `topic_bytes`. Raises NotFoundError."""
    stored = topic_bytes(slug, number=number)
    return edition_cache.read_topic(stored), stored


def article_document(slug: str, *, number: int | None = None) -> tuple[ArticleEdition, Stored]:
    """Fetch and read an article guide's edition like `topic_bytes`. Raises NotFoundError."""
    stored = article_bytes(slug, number=number)
    return edition_form.article(stored.body), stored


def topics() -> QuerySet[PublishedTopic]:
    """List the published topics in the order that editors chose, with their editions' hash and time but no body."""
    return PublishedTopic.objects.select_related("edition").defer("edition__body")


def titles(slugs: Collection[str]) -> dict[str, str]:
    """Map the slugs of some topics to their titles, in the editors' order."""
    return dict(PublishedTopic.objects.filter(slug__in=slugs).values_list("slug", "title"))


def articles() -> QuerySet[PublishedArticle]:
    """List the published article guides, with their editions' hash and time but no body."""
    return PublishedArticle.objects.select_related("edition").defer("edition__body")


def claims() -> QuerySet[PublishedClaim]:
    """List the claims of all current editions by public id."""
    return PublishedClaim.objects.all()


def responses() -> QuerySet[PublishedResponse]:
    """List the responses between claims of all current editions."""
    return PublishedResponse.objects.all()


def events() -> QuerySet[PublishedEvent]:
    """List the events of all current editions by date."""
    return PublishedEvent.objects.all()


def people() -> QuerySet[PublishedPerson]:
    """List the people and organisations who hold a perspective or state a claim of a current edition."""
    return PublishedPerson.objects.all()


def passages() -> QuerySet[PublishedPassage]:
    """List the passages of all current article guides in their order."""
    return PublishedPassage.objects.all()


def sources() -> QuerySet[PublishedSource]:
    """List the sources that current editions cite, by citekey."""
    return PublishedSource.objects.all()


def sources_by_year() -> QuerySet[PublishedSource]:
    """List the sources with `known_year`, which is 0 where the year is unknown."""
    return sources().annotate(known_year=Coalesce("year", 0))


def citations() -> QuerySet[PublishedUse]:
    """List the citations of claims of all current editions: the uses of sources that stand in a claim."""
    return PublishedUse.objects.filter(record__has_key="claim", edition__current_for_topic__isnull=False)


def source_records(keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Fetch the records of some sources by citekey."""
    return dict(sources().filter(key__in=keys).values_list("key", "record"))


def claim_records(refs: Collection[str]) -> dict[str, dict[str, Any]]:
    """Fetch the records of some claims by public id."""
    return dict(claims().filter(public_id__in=refs).values_list("public_id", "record"))


def uses_by_source(keys: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Fetch all uses of some sources by citekey, topic by topic in the editors' order."""
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    uses = PublishedUse.objects.filter(source__key__in=keys).order_by("edition__topic__order", "order")
    for key, record in uses.values_list("source__key", "record"):
        found[key].append(record)
    return found


def tags() -> dict[str, list[str]]:
    """Map each tag to the slugs of its topics, tags by name, topics in the editors' order."""
    found: dict[str, list[str]] = {}
    for slug, names in topics().values_list("slug", "tags"):
        for name in names:
            found.setdefault(name, []).append(slug)
    return dict(sorted(found.items()))


def source(key: str) -> PublishedSource:
    """Fetch a source with all its uses in two queries. Raises NotFoundError, which names the one it was merged into."""
    uses = Prefetch("uses", PublishedUse.objects.order_by("edition__topic__order", "order"))
    found = sources().filter(key=key).prefetch_related(uses).first()
    if found is None:
        successor = survivor(key)
        onward = f" It was merged into '{successor}'." if successor else ""
        raise NotFoundError(f"No published edition cites a source '{key}'.{onward}")
    return found


def survivor(key: str) -> str | None:
    """Tell the published source into which another was merged that no current edition cites any more."""
    merged = Source.objects.filter(key=key, superseded_by__key__in=sources().values("key"))
    return merged.values_list("superseded_by__key", flat=True).first()


def editions() -> QuerySet[Edition]:
    """List all editions of topics and article guides, newest first, with their retractions, without their bodies."""
    return Edition.objects.select_related("topic", "article", "retraction").defer("body")


def archivings() -> QuerySet[Archiving]:
    """List the steps of topics and article guides into the archive and out of it."""
    return Archiving.objects.all()


def retractions() -> QuerySet[Retraction]:
    """List all retractions of editions of topics and article guides."""
    return Retraction.objects.all()


def newest_editions() -> QuerySet[Edition]:
    """List all editions but of what is archived, newest first, with the `title` that the current one has."""
    is_listed = Q(topic__published__isnull=False) | Q(article__published__isnull=False)
    return (
        editions()
        .filter(is_listed)
        .annotate(
            title=Coalesce("topic__published__title", KeyTextTransform("title", "article__published__summary")),
        )
    )


def last_publication() -> QuerySet[Edition, datetime]:
    """Find the moment of the last publication, retraction or archiving: nothing that readers see changed since."""
    retracted = Subquery(Retraction.objects.order_by("-at").values("at")[:1])
    archived = Subquery(Archiving.objects.order_by("-at").values("at")[:1])
    moment = Greatest("published_at", retracted, archived)
    return Edition.objects.order_by("-published_at").values_list(moment, flat=True)[:1]


def topic_editions(slug: str) -> QuerySet[Edition]:
    """List the editions of a topic, newest first, without their bodies, with `archived_at` and `archive_note`."""
    return _with_archive(editions()).filter(topic__slug=slug).order_by("-number")


def article_editions(slug: str) -> QuerySet[Edition]:
    """List the editions of an article guide like `topic_editions`."""
    return _with_archive(editions()).filter(article__slug=slug).order_by("-number")


def topic_edition_at(slug: str, moment: datetime) -> int:
    """Find the number of the edition that was current at `moment`, or the first. Raises NotFoundError."""
    return _number_at(topic_editions(slug), moment, slug)


def article_edition_at(slug: str, moment: datetime) -> int:
    """Find the number of an article guide's edition like `topic_edition_at`. Raises NotFoundError."""
    return _number_at(article_editions(slug), moment, slug)


def _with_archive(found: QuerySet[Edition]) -> QuerySet[Edition]:
    return found.annotate(archived_at=archive.of_edition("at"), archive_note=archive.of_edition("note"))


def _number_at(found: QuerySet[Edition], moment: datetime, slug: str) -> int:
    # HTTP dates have no fractions of a second: what was published within the second counts.
    rows = list(found.values_list("number", "published_at"))
    if not rows:
        raise NotFoundError(f"There are no editions of '{slug}' here.")
    return next((number for number, at in rows if at.replace(microsecond=0) <= moment), rows[-1][0])


def bibliographies(*hashes: str) -> QuerySet[FormattedBibliography]:
    """List the formatted references of editions with these hashes, one row a style; empty until the job has run."""
    return FormattedBibliography.objects.filter(sha256__in=hashes)


def editions_without_bibliography() -> QuerySet[Edition]:
    """List the editions whose references were not formatted yet."""
    made = FormattedBibliography.objects.filter(sha256=OuterRef("sha256"))
    return editions().filter(~Exists(made))
