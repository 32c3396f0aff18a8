"""What an empty database gets at the first start: the packs of the fixtures and their first editions."""

from pathlib import Path

from perspectives import jobs
from perspectives.actions.documents import packs
from perspectives.actions.documents.packs import AT_ONCE, Show
from perspectives.actions.publication import indexing, publishing
from perspectives.models import Article, Edition, SynonymGroup, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.documents import packs as folders
from perspectives.rules.documents.packs import THESAURUS_FILE
from perspectives.rules.publication import index_records


def first_start(*, fixtures: Path, show: Show) -> None:
    """Load the packs in `fixtures` into an empty database and publish their first editions.

    A later start changes no draft and publishes none, since that takes two people: packs are loaded only where no
    article is there, or the loading was broken off; a thesaurus only where there is none. Where a new version of the
    code has another form of the index, its rows are cut anew from the editions; the dataset is made anew in the
    background where it is not the present one.
    Raises BrokenRulesError with every problem; may be run again at any time.
    """
    if not _is_loaded():
        packs.load(files=folders.files(fixtures), by=OPERATOR, show=show)
    elif (fixtures / THESAURUS_FILE).is_file() and not SynonymGroup.objects.exists():
        packs.load(files=folders.files(fixtures / THESAURUS_FILE), by=OPERATOR, show=show)
    if not _is_published():
        _publish(show)
    if renewed := indexing.renew(form=index_records.FORM):
        show(f"index: renewed for {renewed} editions")
    jobs.enqueue(jobs.Job.BUILD_DATASET)


def _publish(show: Show) -> None:
    """Publish what has no edition yet, guides last."""
    unpublished: list[Topic | Article] = [
        *Topic.objects.filter(editions=None).order_by("article", "order"),
        *Article.objects.filter(editions=None),
    ]
    for first in range(0, len(unpublished), AT_ONCE):
        some = unpublished[first : first + AT_ONCE]
        publishing.publish_first(subjects=some, by=OPERATOR)
        for number, subject in enumerate(some, start=first + 1):
            show(f"edition {number} of {len(unpublished)}: {subject}")


def _is_published() -> bool:
    """Tell from guides: they are published last, so the edition of one means that the first start came to its end."""
    return Edition.objects.filter(article__isnull=False).exists()


def _is_loaded() -> bool:
    """Tell from passages: the guide is loaded last, so they mean that the loading came to its end."""
    return Article.objects.filter(passages__isnull=False).exists()
