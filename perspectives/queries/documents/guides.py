"""What the desk reads of articles and their guides while these are made."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from perspectives.errors import require_found
from perspectives.models import Article, Claim, Proposal, Topic
from perspectives.queries.archive import archive
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.vocab import ProposalStatus, Stance


class NamedClaim(NamedTuple):
    """A claim as a choice: its topic's title, its public id and its words."""

    topic: str
    public_id: str
    text: str


def guides() -> QuerySet[Any, Any]:
    """List all articles, the oldest first, with the last edition, any open proposal, `archived_at` and counts."""
    proposals = Proposal.objects.filter(article=OuterRef("pk"), status=ProposalStatus.OPEN)
    return (
        Article.objects.select_related("source")
        .annotate(
            edition=Max("editions__number"),
            is_proposed=Exists(proposals),
            archived_at=archive.of_article("at"),
            topic_count=Count("topics", distinct=True),
            passage_count=Count("passages", distinct=True),
        )
        .order_by("pk")
    )


def guide(slug: str) -> Article:
    """Find an article by its slug, as `guides` lists it. Raises NotFoundError."""
    found: Article | None = guides().filter(slug=slug).first()
    return require_found(found, f"There is no article '{slug}'.")


def topics_of(article: Article) -> list[Topic]:
    """List the topics of an article in their order, each with the number of the last edition and `archived_at`."""
    return list(
        article.topics.annotate(edition=Max("editions__number"), archived_at=archive.of_topic("at")).order_by("order")
    )


def topics(document: ArticleDocument) -> list[tuple[str, str]]:
    """List the topics of an article, and others that its guide names, by slug and title."""
    named = {slug for passage in document.passages for slug in passage.topics}
    found = Topic.objects.filter(Q(article__slug=document.article) | Q(slug__in=named))
    return list(found.order_by("article", "order").values_list("slug", "title"))


def claims(slugs: Collection[str], named: Iterable[str]) -> list[NamedClaim]:
    """List the author's claims of topics, and others there that a guide names (as `topic/claim`), in their order."""
    identifiers = {ref.partition("/")[2] for ref in named}
    authors = Q(perspective__stance=Stance.AUTHOR) | Q(identifier__in=identifiers)
    found = Claim.objects.filter(authors, topic__slug__in=slugs).order_by(
        "topic__article", "topic__order", "perspective__order", "order"
    )
    rows = found.values_list("topic__title", "topic__slug", "identifier", "text")
    return [NamedClaim(title, f"{slug}/{claim}", text) for title, slug, claim, text in rows]
