"""How fast the public API is against what people usually write: `python -m bench.api [--topics 1000]`.

It starts engines, a database of synthetic topics and a web server of its own, with production's options, and ends them.
Ours, Django REST framework and Django Ninja answer from the same tables, in the same process, through the same
middleware, in rounds that take turns. A view that returns as many constant bytes as the median topic is the limit of
the server, once through all middlewares and once through those of stateless requests alone, as our API answers. Every
figure is the median over the rounds. Before anything is timed, the rivals' answers are compared with ours, and
PostgreSQL counts the statements of a request.
"""

import argparse
import signal
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.rig.counting import Cost, costs
from bench.rig.lines import CONSTANT, NOT_MODIFIED, OURS, REST, Plan, Planner, name_of
from bench.rig.loading import Line, Loaders, Turn
from bench.rig.serving import Site, site
from debatekb.running.errors import StartError

VAR = Path(__file__).resolve().parents[1] / "var" / "bench"
WARM_SECONDS = 0.5
_US = 1e6
_MS = 1e3

TARGETS = (
    (name_of("topic", OURS), name_of("topic", REST), 15.0),
    (name_of("topic", OURS), CONSTANT, 0.7),
    (NOT_MODIFIED, CONSTANT, 0.8),
    (name_of("topic list", OURS), name_of("topic list", REST), 5.0),
    (name_of("claims of a topic", OURS), name_of("claims of a topic", REST), 5.0),
    (name_of("claims of a stance", OURS), name_of("claims of a stance", REST), 5.0),
)
"""A line, the line that it is measured by, and how many times as fast it is to be."""

LEGEND = """
queries: statements that PostgreSQL logs for a request; pings of them only ask whether the connection lives.
server us: processor time a request of the web server and PostgreSQL; client us: of the loaders, which share the
machine's processors with them. Other work on the machine slows requests, but changes processor time little.
"""


@dataclass(frozen=True)
class Figures:
    """A line's medians over the rounds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    kib: float
    server_us: float
    client_us: float


def measure(
    running: Site, loaders: Loaders, lines: Sequence[Line], *, rounds: int, seconds: float
) -> dict[str, Figures]:
    """Let the lines take turns; a first, short round only warms up."""
    for number in range(len(lines)):
        loaders.run(number, min(seconds, WARM_SECONDS))
    turns: dict[str, list[Figures]] = {line.name: [] for line in lines}
    for done in range(rounds):
        for number, line in enumerate(lines):
            used = running.cpu_seconds()
            turn = loaders.run(number, seconds)
            turns[line.name].append(figures(turn, running.cpu_seconds() - used))
        print(f"round {done + 1} of {rounds}", file=sys.stderr, flush=True)
    return {name: middle(found) for name, found in turns.items()}


def figures(turns: Sequence[Turn], server_cpu: float) -> Figures:
    """Sum up what all loaders did in one turn, in which the server used so many seconds of processor time."""
    taken = sorted(seconds for turn in turns for seconds in turn.seconds)
    return Figures(
        per_second=sum(len(turn.seconds) / (turn.ended - turn.began) for turn in turns),
        p50_ms=statistics.median(taken) * _MS,
        p99_ms=taken[min(len(taken) - 1, len(taken) * 99 // 100)] * _MS,
        kib=sum(turn.received for turn in turns) / len(taken) / 1024,
        server_us=server_cpu / len(taken) * _US,
        client_us=sum(turn.own_cpu for turn in turns) / len(taken) * _US,
    )


def middle(found: Sequence[Figures]) -> Figures:
    """Take the median of each figure."""
    return Figures(*(statistics.median(column) for column in zip(*(vars(row).values() for row in found), strict=True)))


def print_table(plan: Plan, measured: dict[str, Figures], counted: Sequence[Cost]) -> None:
    """Print a line for each thing measured."""
    base = measured[CONSTANT].per_second
    head = f"{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'KiB':>8}{'queries':>9}{'pings':>7}"
    print(f"{'':<26}{head}{'of constant':>13}{'x DRF':>8}{'server us':>11}{'client us':>11}")
    for line, cost in zip(plan.lines, counted, strict=True):
        row = measured[line.name]
        rival = measured.get(name_of(line.name.split(",")[0].removesuffix(" 304"), REST))
        times = f"{row.per_second / rival.per_second:>8.2f}" if rival else f"{'':>8}"
        print(
            f"{line.name:<26}{row.per_second:>9.0f}{row.p50_ms:>9.2f}{row.p99_ms:>9.2f}{row.kib:>8.1f}"
            f"{cost.statements:>9.0f}{cost.pings:>7.0f}{row.per_second / base:>13.3f}{times}{row.server_us:>11.0f}"
            f"{row.client_us:>11.0f}"
        )
    for words in plan.absent:
        print(words)


def print_targets(measured: dict[str, Figures]) -> None:
    """Print each target, what was measured, and whether it is met."""
    for line, by, target in TARGETS:
        ours, other = measured[line], measured[by]
        ratio = ours.per_second / other.per_second
        verdict = "met" if ratio >= target else "missed"
        by_cpu = f"by server's processor time {other.server_us / max(ours.server_us, 1.0):.2f}"
        print(f"{line} >= {target:g} x {by} -> {ratio:.2f} ({by_cpu}) -> {verdict}")


def run(running: Site, options: argparse.Namespace) -> None:
    """Check, count, measure and print."""
    shape = ", ".join(f"{name} {value:g}" for name, value in running.shape.items())
    print(f"{options.topics} topics; the median one has: {shape}.")
    plan = Planner(running.port).plan()
    print("The rivals' answers hold the same as ours: topics, lists, claims with citations.", flush=True)
    counted = costs(running, plan.lines)
    loaders = Loaders(running.port, plan.lines, options.connections)
    try:
        measured = measure(running, loaders, plan.lines, rounds=options.rounds, seconds=options.seconds)
    finally:
        loaders.end()
    how = f"{options.rounds} rounds of {options.seconds:g} s a line"
    print(f"{how}, {options.connections} connections, {options.workers} web process(es).\n")
    print_table(plan, measured, counted)
    print(LEGEND)
    print_targets(measured)


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--topics", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each line in each round")
    parser.add_argument("--connections", type=int, default=4, help="at once, each from a process of its own")
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    parser.add_argument("--fresh", action="store_true", help="fill the database anew")
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the bench's own engines")
    return parser.parse_args()


def main() -> None:
    """Measure once; nothing that was started is left running."""
    options = parsed()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    var = options.var.absolute()
    try:
        with site(var, topics=options.topics, workers=options.workers, is_fresh=options.fresh) as running:
            run(running, options)
    except StartError as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
