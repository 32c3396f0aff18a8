"""References are formatted in the background: real worker, real broker, real pandoc."""

import time
from threading import Thread

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.db import connection, transaction

from debatekb.celery import app
from perspectives import jobs, tasks
from perspectives.actions.documents import packs
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication import bibliographies, publishing
from perspectives.clients import pandoc
from perspectives.clients.citation_styles import UnknownStyleError
from perspectives.errors import NotFoundError
from perspectives.models import Edition, FormattedBibliography, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.publication import published as published_queries
from perspectives.rules.sources.csl import csl_item, csl_items
from perspectives.vocab import BibliographyStyle
from tests import factories


def written(entry):
    return "".join(run["text"] for run in entry)


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the job did not finish in time"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_publishing_has_the_references_formatted_by_a_worker():
    app.control.purge()
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    topic = Topic.objects.first()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=60):
        (edition,) = publishing.publish_first(subjects=[topic], by=OPERATOR)
        wait_for(lambda: FormattedBibliography.objects.count() == len(BibliographyStyle))
    for made in FormattedBibliography.objects.all():
        assert made.sha256 == edition.sha256
        assert set(made.entries) == {item["id"] for item in csl_items(bytes(edition.body))}


@pytest.mark.django_db(transaction=True)
def test_what_was_lost_is_sent_again():
    app.control.purge()
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    for topic in Topic.objects.all():
        publishing.publish_first(subjects=[topic], by=OPERATOR)
    assert app.control.purge() == 3 * Topic.objects.count(), "references, dataset and webhooks of each"
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=60):
        jobs.enqueue(jobs.Job.ENQUEUE_MISSING_BIBLIOGRAPHIES)
        wait_for(lambda: not published_queries.editions_without_bibliography().exists())
    assert FormattedBibliography.objects.count() == Edition.objects.count() * len(BibliographyStyle)


def test_running_twice_makes_nothing_twice(published):
    edition = published[0]
    tasks.format_bibliography(edition_id=edition.pk)
    made = list(FormattedBibliography.objects.values_list("pk", "made_at"))
    assert len(made) == len(BibliographyStyle)
    tasks.format_bibliography(edition_id=edition.pk)
    assert list(FormattedBibliography.objects.values_list("pk", "made_at")) == made


@pytest.mark.django_db(transaction=True)
def test_references_appear_in_the_order_of_their_ids(published):
    """Caches are told by the newest id that there is something new: a lower id may not become visible later."""

    def format_first():
        bibliographies.format_edition(edition_id=published[0].pk)
        connection.close()

    worker = Thread(target=format_first)
    with transaction.atomic():
        wait_for_turn(Turn.PUBLISHING)
        worker.start()
        with connection.cursor() as cursor:
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            wait_for(lambda: cursor.execute(waiting).fetchone()[0] == 1)
    worker.join()
    assert FormattedBibliography.objects.count() == len(BibliographyStyle)


def test_an_edition_that_is_not_there(db):
    with pytest.raises(NotFoundError):
        bibliographies.format_edition(edition_id=0)


@pytest.mark.django_db(transaction=True)
def test_a_job_waits_for_commit_and_is_not_sent_after_a_rollback():
    app.control.purge()
    with transaction.atomic():
        jobs.enqueue(jobs.Job.FORMAT_BIBLIOGRAPHY, edition_id=1)
        transaction.set_rollback(True)
    assert app.control.purge() == 0
    with transaction.atomic():
        jobs.enqueue(jobs.Job.FORMAT_BIBLIOGRAPHY, edition_id=1)
        assert app.control.purge() == 0
    assert app.control.purge() == 1


def test_every_job_is_a_task_and_every_scheduled_task_a_job():
    app.loader.import_default_modules()
    assert {job.value for job in jobs.Job} == {name for name in app.tasks if name.startswith("perspectives.")}
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= {job.value for job in jobs.Job}


ARTICLE = {
    "type": "article-journal",
    "title": "Timber bridges and their repair",
    "author": [{"family": "Pratt", "given": "Ana"}],
    "container-title": "Journal of Invented Bridges",
    "volume": "7",
    "issue": "2",
    "page": "101-119",
    "issued": "2018-05",
    "DOI": "10.1000/xyz123",
    "language": "en",
    "category": "peer-reviewed",
    "checked": {"metadata": "verified"},
}
EXPECTED = {
    BibliographyStyle.APA: (
        "Pratt, A. (2018). Timber bridges and their repair. Journal of Invented Bridges, 7(2), 101–119. "
        "https://doi.org/10.1000/xyz123"
    ),
    BibliographyStyle.MLA: (
        "Pratt, Ana. “Timber Bridges and Their Repair.” Journal of Invented Bridges, vol. 7, no. 2, May 2018, "
        "pp. 101–19, https://doi.org/10.1000/xyz123."
    ),
    BibliographyStyle.CHICAGO: (
        "Pratt, Ana. 2018. “Timber Bridges and Their Repair.” Journal of Invented Bridges 7 (2): 101–19. "
        "https://doi.org/10.1000/xyz123."
    ),
    BibliographyStyle.HARVARD: (
        "Pratt, A. (2018) ‘Timber bridges and their repair’, Journal of Invented Bridges, 7(2), pp. 101–119. "
        "Available at: https://doi.org/10.1000/xyz123."
    ),
    BibliographyStyle.IEEE: (
        "[1] A. Pratt, “Timber bridges and their repair,” Journal of Invented Bridges, vol. 7, no. 2, "
        "pp. 101–119, May 2018, doi: 10.1000/xyz123."
    ),
}


@pytest.mark.parametrize("style", BibliographyStyle)
def test_references_follow_their_style(style):
    entries = pandoc.references(
        [csl_item("pratt2018timber", ARTICLE)], style=style.value, language=bibliographies._language(style)
    )
    assert written(entries["pratt2018timber"]) == EXPECTED[style]


def test_emphasis_and_links_are_runs():
    runs = pandoc.references([csl_item("pratt2018timber", ARTICLE)], style="apa")["pratt2018timber"]
    assert {"text": "Journal of Invented Bridges", "emphasis": True, "href": ""} in runs
    assert [run["text"] for run in runs if run["href"]] == ["https://doi.org/10.1000/xyz123"]


def test_markup_in_a_title_stays_text():
    record = {**ARTICLE, "title": "<script>alert(1)</script> & *stars* [x](javascript:alert(1))"}
    runs = pandoc.references([csl_item("x", record)], style="apa")["x"]
    assert not [run for run in runs if run["href"].startswith("javascript:")]


def test_an_unknown_style_is_an_error():
    with pytest.raises(UnknownStyleError, match="no-such-style"):
        pandoc.references([csl_item("x", ARTICLE)], style="no-such-style")


def test_no_items_give_no_references():
    assert pandoc.references([], style="apa") == {}


def test_a_program_that_cannot_be_run_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("PYPANDOC_PANDOC", str(tmp_path))
    monkeypatch.setattr(pandoc.pypandoc, "get_pandoc_path", lambda: str(tmp_path / "missing"))
    with pytest.raises(pandoc.PandocError, match="could not be run"):
        pandoc.references([csl_item("x", ARTICLE)], style="apa")
