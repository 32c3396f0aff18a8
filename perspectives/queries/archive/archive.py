"""What is archived: topics and article guides that no list shows any more, and whose addresses say so."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from perspectives.models import Archiving, Topic
from perspectives.queries.publication.review import Subject

_IS_LAST = ~Exists(Archiving.objects.filter(edition=OuterRef("edition"), number__gt=OuterRef("number")))


def archived() -> QuerySet[Archiving]:
    """List what is archived now, each by the step that archived it."""
    return Archiving.objects.filter(_IS_LAST, is_archived=True)


def archived_as(subject: Subject) -> Archiving | None:
    """Find the step that archived a topic or a guide, if it is archived now."""
    return archived().filter(_of(subject)).select_related("by", "edition").first()


def closing(subject: Subject) -> Archiving | None:
    """Find the step that closed the draft of a topic or a guide: its own, or that of the topic's article."""
    its = _of(subject) | Q(edition__article=subject.article_id) if isinstance(subject, Topic) else _of(subject)
    return archived().filter(its).select_related("by", "edition__topic", "edition__article").first()


def steps(edition_id: int) -> int:
    """Count how often what an edition is of went into the archive or out of it while this was its current edition."""
    return Archiving.objects.filter(edition=edition_id).count()


def of_edition(column: str) -> Subquery:
    """Tell of an edition's row a column of the step that archived what it is of; nothing where it is not archived."""
    same = Q(edition__topic=OuterRef("topic")) | Q(edition__article=OuterRef("article"))
    return Subquery(archived().filter(same).values(column)[:1])


def of_topic(column: str) -> Subquery:
    """Tell the same of a topic's row."""
    return Subquery(archived().filter(edition__topic=OuterRef("pk")).values(column)[:1])


def of_article(column: str) -> Subquery:
    """Tell the same of an article's row."""
    return Subquery(archived().filter(edition__article=OuterRef("pk")).values(column)[:1])


def _of(subject: Subject) -> Q:
    return Q(**{f"edition__{subject._meta.model_name}": subject})
