"""The metrics in the format of Prometheus: their names, what they mean, and how they are written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from debatekb.watching.checks import CHECKS
from debatekb.watching.counters import BUCKETS
from debatekb.watching.probes import Outcome, Probes, Sample
from debatekb.watching.readings import READINGS

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
HISTOGRAM: Final = "debatekb_request_seconds"


class Described(NamedTuple):
    """What a metric means, and the names of its labels."""

    help: str
    labels: tuple[str, ...] = ()


COUNTERS: Final = {
    "debatekb_requests_total": Described("Requests that were answered.", ("route", "method", "status")),
    "debatekb_answers_total": Described("Requests that were answered, by the class of the status.", ("class",)),
    "debatekb_tasks_total": Described("Runs of background tasks by how they ended.", ("task", "state")),
    "debatekb_task_seconds_total": Described("Seconds that background tasks ran.", ("task",)),
    "debatekb_cache_uses_total": Described("Uses of the caches of what is published.", ("kind", "result")),
}
GAUGES: Final = {
    "debatekb_check_ok": Described("Whether a check of /health/ready is well; missing: not known.", ("check",)),
    "debatekb_check_seconds": Described("How long a check took.", ("check",)),
    "debatekb_database_size_bytes": Described("Size of the database."),
    "debatekb_database_connections": Described("Connections to the database."),
    "debatekb_migrations_missing": Described("Migrations that are not applied."),
    "debatekb_broker_memory_bytes": Described("Memory that Valkey uses."),
    "debatekb_heartbeat_age_seconds": Described("Since when no process of a role was heard.", ("role",)),
    "debatekb_processes_alive": Described("Processes of a role that were heard lately.", ("role",)),
    "debatekb_queue_length": Described("Messages that wait for a worker."),
    "debatekb_queue_taken": Described("Messages that a worker has taken and not finished."),
    "debatekb_queue_oldest_seconds": Described("Age of the oldest message that waits."),
    "debatekb_due": Described("Work that rows say is to be done.", ("job",)),
    "debatekb_due_oldest_seconds": Described("Since when the oldest of that work waits.", ("job",)),
    "debatekb_publication_version": Described("Newest ids of what is published.", ("part",)),
    "debatekb_backup_age_seconds": Described("Age of the newest nightly backup, or of a database without one."),
    "debatekb_disk_free_bytes": Described("Room left on the disk.", ("place",)),
    "debatekb_breaker_open": Described("Whether the answering process leaves an engine alone.", ("engine",)),
}
NAMES: Final = frozenset({*COUNTERS, *GAUGES, *(f"{HISTOGRAM}_{part}" for part in ("bucket", "count", "sum"))})
"""All that a dashboard or an alert may ask for."""


def text(probes: Probes) -> bytes:
    """Write the metrics of the whole system; what cannot be told at the moment is missing."""
    outcomes = probes.outcomes([*CHECKS, *READINGS])
    registry = CollectorRegistry()
    registry.register(_Samples([*_of_checks(outcomes), *(one for found in outcomes.values() for one in found.samples)]))
    return generate_latest(registry)


def _of_checks(outcomes: dict[str, Outcome]) -> Iterator[Sample]:
    for name in CHECKS:
        found = outcomes[name]
        yield Sample("debatekb_check_seconds", (name,), found.seconds)
        if found.is_ok is not None:
            yield Sample("debatekb_check_ok", (name,), found.is_ok)


class _Samples(Collector):
    """Samples as metric families."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._by_metric: defaultdict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
        for metric, labels, value in samples:
            self._by_metric[metric][labels] = value

    def collect(self) -> Iterator[Metric]:
        """Give the families in which there is anything."""
        for kinds, family in ((COUNTERS, CounterMetricFamily), (GAUGES, GaugeMetricFamily)):
            for name, described in kinds.items():
                made = family(name, described.help, labels=described.labels)
                for labels, value in sorted(self._by_metric[name].items()):
                    made.add_metric(labels, value)
                yield made
        yield self._histogram()

    def _histogram(self) -> HistogramMetricFamily:
        family = HistogramMetricFamily(HISTOGRAM, "Seconds until requests were answered.", labels=("route", "method"))
        buckets = self._by_metric[f"{HISTOGRAM}_bucket"]
        for series, seconds in sorted(self._by_metric[f"{HISTOGRAM}_sum"].items()):
            cumulative, below = [], 0.0
            for bucket in BUCKETS:
                below += buckets.get((*series, bucket), 0)
                cumulative.append((bucket, below))
            family.add_metric(series, buckets=cumulative, sum_value=seconds)
        return family
