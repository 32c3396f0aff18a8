"""The pages of the desk and how long they take; imported once the engines run, because settings want to know where."""

import statistics
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Article, LogEntry, Suggestion, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.documents import packs as folders
from perspectives.queries.publication.review import Subject
from perspectives.vocab import Role
from tests import factories, people, suggesting
from tests.repo import desk_routes

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
USER = "bench"
SHOWN = 200
"""The status of a page that is there."""


def fill(number: int, entries: int) -> None:
    """Publish the footbridge and the fixtures, and put suggestions of several people and actions into their tables."""
    call_command("collectstatic", interactive=False, verbosity=0)
    for files in (factories.packs(), folders.files(FIXTURES)):
        packs.load(files=files, by=OPERATOR, show=lambda _: None)
    subjects: list[Subject] = [*Topic.objects.order_by("order"), *Article.objects.all()]
    for subject in subjects:
        publishing.publish_first(subjects=[subject], by=OPERATOR)
    editor = User.objects.create_user(USER, role=Role.CHIEF_EDITOR)
    senders = [User.objects.create_user(f"reader{place}") for place in range(10)]
    topic = Topic.objects.get(slug=factories.TOPIC)
    for sender in senders:
        suggesting.many(sender, topic, number // len(senders), work=f"doi:10.5555/{sender.pk}")
    now = timezone.now()
    actions = (LogEntry(code="topic.changed", at=now, by=editor, topic=topic, note=str(n)) for n in range(entries))
    LogEntry.objects.bulk_create(actions, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def pages() -> dict[str, str]:
    """Name the pages that are measured: every route of the desk that shows something, and the queue cut variously."""
    made = desk_routes.world()
    numbers = list(Suggestion.objects.order_by("pk").values_list("pk", flat=True))
    queue = "/desk/suggestions/"
    return {
        route: reverse(route, kwargs={name: made.get(value, value) for name, value in row.arguments.items()})
        for route, row in desk_routes.DESK_ROUTES.items()
        if row.reads[-1] == SHOWN
    } | {
        "queue, in the middle": f"{queue}?after={numbers[len(numbers) // 2]}",
        "queue, last page": f"{queue}?after={numbers[-20]}",
        "queue of a topic": f"{queue}?topic={factories.TOPIC}&kind=missing-view&days=0",
        "queue, quarantined": f"{queue}?quarantined=yes&status=any",
        "queue, answered": f"{queue}?answered=yes",
        "history of a topic": f"/desk/history/?topic={factories.TOPIC}",
    }


def measure(rounds: int) -> float:
    """Measure the pages by turns, print the table and give the slowest p95."""
    client = Client(headers={"host": "localhost"})
    editor = User.objects.get(username=USER)
    client.force_login(editor)
    people.show_second_factor(client, editor)
    addresses = pages()
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    queries = {}
    for place in range(-1, rounds):  # the first round warms up
        for name, address in addresses.items():
            began = time.perf_counter()
            status = client.get(address).status_code
            if status != SHOWN:
                raise SystemExit(f"{address} answered {status}.")
            if place >= 0:
                taken[name].append((time.perf_counter() - began) * 1000)
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries[name] = len(captured)
    print(f"{'':<28}{'queries':>8}{'p50':>9}{'p95':>9}")
    worst = 0.0
    for name, times in taken.items():
        p95 = statistics.quantiles(times, n=20)[18]
        worst = max(worst, p95)
        print(f"{name:<28}{queries[name]:>8}{statistics.median(times):>9.1f}{p95:>9.1f}")
    return worst
