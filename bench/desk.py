"""How long the desk takes with full queues: `python -m bench.desk [--suggestions 10000] [--rounds 20]`.

Prints for every page of the desk, as a chief editor sees it, the queries and the server time (p50 and p95 in
milliseconds, with middleware, template and database, without the network) at so many open suggestions and, with
`--entries`, so many entries of the log. They lie, with the footbridge of the tests and all topics of the fixtures, in a
database of their own on engines of their own below `var/bench`, dropped at the end.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.own_engines import OwnEngines

VAR = Path(__file__).resolve().parents[1] / "var" / "bench"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
DATABASE = "bench_desk"
USER = "bench"
SHOWN = 200
"""The status of a page that is there."""
LIMIT = 200
"""Milliseconds within which every page has to be made."""


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Make the database and point Django at it; drop it at the end."""
    os.environ["DEBATEKB_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "debatekb.settings"
    os.environ.pop("DATABASE_URL", None)
    engines = OwnEngines()
    engines.start()
    (folder / "static").mkdir(exist_ok=True)
    import django  # noqa: PLC0415 - settings need to know where the engines are

    from debatekb import embedded  # noqa: PLC0415 - likewise

    os.environ["DATABASE_URL"] = urlsplit(embedded.database_url())._replace(path=f"/{DATABASE}").geturl()
    django.setup()
    from bench import search_loading  # noqa: PLC0415 - needs the settings

    search_loading.drop(DATABASE)
    try:
        search_loading.make(DATABASE)
        yield
    finally:
        search_loading.drop(DATABASE)
        engines.stop()


def fill(number: int, entries: int) -> None:
    """Publish the footbridge and the fixtures, and put suggestions of several people and actions into their tables."""
    from django.core.management import call_command  # noqa: PLC0415 - needs the settings
    from django.db import connection  # noqa: PLC0415 - likewise
    from django.utils import timezone  # noqa: PLC0415 - likewise

    from perspectives.actions.documents import packs  # noqa: PLC0415 - likewise
    from perspectives.actions.publication import publishing  # noqa: PLC0415 - likewise
    from perspectives.models import Article, LogEntry, Topic, User  # noqa: PLC0415 - likewise
    from perspectives.policy import OPERATOR  # noqa: PLC0415 - likewise
    from perspectives.queries.documents import packs as folders  # noqa: PLC0415 - likewise
    from perspectives.queries.publication.review import Subject  # noqa: PLC0415 - likewise
    from perspectives.vocab import Role  # noqa: PLC0415 - likewise
    from tests import factories, suggesting  # noqa: PLC0415 - likewise

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
    from django.urls import reverse  # noqa: PLC0415 - needs the settings

    from perspectives.models import Suggestion  # noqa: PLC0415 - likewise
    from tests import factories  # noqa: PLC0415 - likewise
    from tests.repo import desk_routes  # noqa: PLC0415 - likewise

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
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test import Client  # noqa: PLC0415 - likewise
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - likewise

    from perspectives.models import User  # noqa: PLC0415 - likewise
    from tests import people  # noqa: PLC0415 - likewise

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


def main() -> None:
    """Fill, measure, print, clean up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suggestions", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=10_000, help="of the log")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the bench's own engines")
    options = parser.parse_args()
    with database(options.var.absolute()):
        fill(options.suggestions, options.entries)
        print(
            f"{options.suggestions} open suggestions, {options.entries} log entries, {options.rounds} rounds, in ms;",
            end=" ",
        )
        print(f"load {os.getloadavg()[0]:.1f}")
        worst = measure(options.rounds)
        print(f"slowest p95: {worst:.1f} ms; under {LIMIT} ms -> {'met' if worst < LIMIT else 'missed'}")


if __name__ == "__main__":
    main()
