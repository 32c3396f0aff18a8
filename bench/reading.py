"""How fast pages are served: `python bench/reading.py [http://127.0.0.1:8000]`, while `make run` runs elsewhere.

Prints requests per second, p50 and p99 in milliseconds over one connection, and the speed as a ratio to that of the
API's answer for the same topic. Rounds take turns, so a machine whose speed drifts treats all alike. Pages that are
cached are asked for after their first reader; "made anew" asks another host, for which no page is cached; "?x=n" adds a
parameter that no page knows, each time another one, which may cost at most 1.2 times the plain page. The address must
be that of the site's `SITE_URL`. The API itself is measured by `bench/api.py`.
"""

import http.client
import json
import statistics
import sys
import time
from collections.abc import Mapping
from itertools import count
from urllib.parse import urlsplit

ROUNDS = 10
PER_ROUND = 40
BASELINE = "topic, API"
MADE_ANEW = "topic, made anew"
PLAIN, VARIED = "topic, page", "topic, page ?x=n"
MOST_FOR_VARIED = 1.2
OTHER_HOST = {"Host": "localhost"}


def ask(
    connection: http.client.HTTPConnection, address: str, headers: Mapping[str, str] | None = None
) -> tuple[float, bytes]:
    """Ask once: seconds and body. Raises RuntimeError when the answer is an error."""
    began = time.perf_counter()
    connection.request("GET", address, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"{address} answered {answer.status}")
    return time.perf_counter() - began, body


def addresses(connection: http.client.HTTPConnection) -> dict[str, str]:
    """Name what is measured and its address, for the largest of the first 100 topics."""
    found = json.loads(ask(connection, "/api/v1/topics/?limit=100")[1])["results"]
    slug = max(found, key=lambda topic: topic["counts"]["responses"])["topic"]
    return {
        BASELINE: f"/api/v1/topics/{slug}/",
        PLAIN: f"/topics/{slug}/",
        VARIED: f"/topics/{slug}/?x=",
        MADE_ANEW: f"/topics/{slug}/",
        "brief, page": f"/topics/{slug}/brief/",
        "map, page": f"/topics/{slug}/map/",
        "home, page": "/",
        "timeline, page": "/timeline/",
        "search, page": "/search/?q=enlargement",
    }


def main() -> None:
    """Measure and print the table."""
    place = urlsplit(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    measured = addresses(connection)
    times: dict[str, list[float]] = {name: [] for name in measured}
    number = count()
    for _ in range(ROUNDS):
        for name, address in measured.items():
            headers = OTHER_HOST if name == MADE_ANEW else {}
            numbers = (str(next(number)) if name == VARIED else "" for _ in range(PER_ROUND))
            times[name] += [ask(connection, address + end, headers)[0] for end in numbers]
    base = statistics.median(times[BASELINE])
    print(f"{'':<18}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    for name, taken in times.items():
        middle, late = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        print(f"{name:<18}{1 / middle:>8.0f}{middle * 1000:>9.2f}{late * 1000:>9.2f}{base / middle:>8.2f}")
    varied = statistics.median(times[VARIED]) / statistics.median(times[PLAIN])
    verdict = "met" if varied <= MOST_FOR_VARIED else "missed"
    print(f"{VARIED} <= {MOST_FOR_VARIED} x {PLAIN} -> {varied:.2f} -> {verdict}")


if __name__ == "__main__":
    main()
