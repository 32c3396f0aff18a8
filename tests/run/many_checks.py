"""`python -m tests.run.many_checks make 1000 PORT` lets so many links of a running system wait to be checked; `sweep`
does what beat does each minute, with the clock of leases put forward, for each line that it reads, and prints a line:
how many checks are in which state, or null while the database is away."""

import json
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import django

HOSTS = 5
"""Loopback addresses that stand for servers: as many as the settings name."""


def make(number: int, port: str) -> None:
    """Let links wait, of a source each."""
    from django.utils import timezone

    from perspectives.models import Check, CheckHost, Source

    record, now = Source.objects.filter(doi=None).first().record, timezone.now()
    sources = Source.objects.bulk_create(Source(key=f"many{one:05}", record=record) for one in range(number))
    hosts = [CheckHost.objects.create(name=f"127.0.0.{one + 1}", free_at=now) for one in range(HOSTS)]
    Check.objects.bulk_create(
        Check(
            kind="link", source=source, host=(host := hosts[place % HOSTS]), asked=f"http://{host.name}:{port}/{place}",
            planned_at=now, due_at=now,
        )
        for place, source in enumerate(sources)
    )  # fmt: skip


def hostile(port: str) -> None:
    """Let the link to each of the pages of `servers.ANSWERS` wait to be checked, and words that it may have."""
    from django.utils import timezone

    from perspectives.models import Check, CheckHost, Source
    from tests.actions.evidence.servers import ANSWERS, WORDS

    record, now = Source.objects.filter(doi=None).first().record, timezone.now()
    record = {name: value for name, value in record.items() if name != "DOI"} | {"URL": "https://review.example/"}
    for place, path in enumerate([*ANSWERS, "no-tls"]):
        source = Source.objects.create(key=f"hostile{place:02}", record=record)
        scheme, number = ("https", 1) if path == "no-tls" else ("http", place % (HOSTS - 1) + 2)
        host, _ = CheckHost.objects.get_or_create(name=f"127.0.0.{number}", defaults={"free_at": now})
        for kind, quote in (("link", ""), ("quotation", WORDS)):
            Check.objects.create(
                kind=kind, source=source, quote=quote, host=host, asked=f"{scheme}://{host.name}:{port}/{path}",
                planned_at=now, due_at=now,
            )  # fmt: skip


def outcomes() -> None:
    """Send jobs as beat does, and print how many of the hostile were not tried yet, and a line for each that was.

    Servers that want to be left alone for long are asked at once for what waits there beside.
    """
    from django.utils import timezone

    from perspectives.actions.evidence import check_planning
    from perspectives.models import Check, CheckHost

    now = timezone.now()
    CheckHost.objects.filter(free_at__gt=now).exclude(checks__state="running").update(free_at=now)
    check_planning.sweep()
    mine = Check.objects.filter(source__key__startswith="hostile").order_by("asked", "kind")
    lines = [
        f"{one.kind:10} {one.asked.partition('//')[2]:32} {one.outcome or one.state:13} {one.sentence}" for one in mine
    ]
    untried = sum(not one.outcome and (one.state == "running" or not one.attempts) for one in mine)
    sys.stdout.write(json.dumps({"untried": untried, "lines": lines}))


def sweep() -> None:
    """Sweep as often as it is asked for."""
    from django.db import Error, connections

    for _ in sys.stdin:
        connections.close_all()  # a server that died has left it broken
        try:
            found = swept()
        except Error:
            found = None
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def swept() -> dict[str, Any]:
    """Take back what was lost, send jobs, and give the states; a lease that has lasted for 15 seconds is over."""
    from django.utils import timezone

    from perspectives.actions.evidence import check_planning, check_running
    from perspectives.models import Check, CheckHost

    now = timezone.now()
    old = now + timedelta(seconds=check_running.MOST_SECONDS + 5)
    Check.objects.filter(state="running", lease_until__lt=old).update(lease_until=now - timedelta(seconds=1))
    CheckHost.objects.filter(free_at__lt=old, free_at__gt=now).update(free_at=now)
    check_planning.sweep()
    mine = Check.objects.filter(source__key__startswith="many")
    finals = Counter(mine.exclude(outcome="").values_list("source", flat=True))
    states = Counter(mine.values_list("state", flat=True))
    outcomes = Counter(mine.values_list("outcome", flat=True))
    return {"states": states, "outcomes": outcomes, "most": max(finals.values(), default=0)}


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "hostile":
        hostile(sys.argv[2])
    else:
        {"outcomes": outcomes, "sweep": sweep}[sys.argv[1]]()
