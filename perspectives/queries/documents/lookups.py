"""What the desk looks up by name: drafts, proposals, editions. Never for readers."""

from typing import Any

from perspectives.errors import require_found
from perspectives.models import Article, Proposal, Topic
from perspectives.queries.documents import draft_documents, guides
from perspectives.queries.publication import review
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import ProposalStatus

MOST_PROPOSALS = 200


def topic_id(slug: str) -> int:
    """Find a draft by its slug. Raises NotFoundError."""
    found = Topic.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return require_found(found, f"There is no draft of a topic '{slug}'.")


def article_id(slug: str) -> int:
    """Find an article's draft by its slug. Raises NotFoundError."""
    found = Article.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return require_found(found, f"There is no draft of an article '{slug}'.")


def draft(slug: str) -> dict[str, Any]:
    """Read a draft as plain data, as `rules.documents.parts` takes it. Raises NotFoundError."""
    return plain(draft_documents.topic_document(topic_id(slug)))


def drafts() -> list[dict[str, Any]]:
    """List all drafts in the order of their articles."""
    rows = Topic.objects.order_by("article", "order").values("slug", "article__slug", "order", "title")
    return [
        {"topic": row["slug"], "article": row["article__slug"], "order": row["order"], "title": row["title"]}
        for row in rows
    ]


def articles() -> list[dict[str, Any]]:
    """List all articles in the order in which they were begun, each with how much it holds, and its last edition."""
    rows = guides.guides().values("slug", "author", "title", "passage_count", "topic_count", "edition")
    return [
        {
            "article": row["slug"],
            "author": row["author"],
            "title": row["title"],
            "passages": row["passage_count"],
            "topics": row["topic_count"],
            **({"edition": row["edition"]} if row["edition"] else {}),
        }
        for row in rows
    ]


def proposals(status: ProposalStatus) -> list[Proposal]:
    """List the newest proposals of a status, at most `MOST_PROPOSALS`."""
    return list(review.proposals().filter(status=status)[:MOST_PROPOSALS])
