"""What is asked of whom: the lines of the table, made by asking the running site for its topics and pages."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.rig import fairness
from bench.rig.documents import common_words
from bench.rig.loading import Asker, BadAnswerError, Line, request
from perspectives.vocab import Stance

OURS, REST, NINJA = "ours", "DRF", "Ninja"
CONSTANT = "constant view"
STATELESS_CONSTANT = "constant, stateless"
NOT_MODIFIED = "topic 304, ours"
PAGE = 50
_PAGES = 20
"""Most pages of one list that are asked for."""
_ALIKE = 3
"""Topics on which all three must agree."""
_SAMPLES = 8
_ROOTS = {OURS: "/api/v1", REST: "/rivals/rest", NINJA: "/rivals/ninja"}
_RESULTS = {OURS: "results", REST: "results", NINJA: "items"}
_ETAG = re.compile(rb"\r\netag: *([^\r]*)", re.IGNORECASE)
_OK, _SAME = 200, 304
_SEARCH = "search/"


@dataclass(frozen=True)
class Plan:
    """The lines, and what is not there to be measured."""

    lines: list[Line]
    absent: list[str]


def name_of(what: str, who: str) -> str:
    """Name a line of the table."""
    return f"{what}, {who}"


class Planner:
    """Makes the lines over one connection. Raises BadAnswerError, and UnfairError where rivals answer otherwise."""

    def __init__(self, port: int) -> None:
        self.asker = Asker(port)
        self.slugs = [record["topic"] for page in self.pages("topics/") for record in self.json(page)["results"]]

    def plan(self) -> Plan:
        """Check that the comparison is fair and make all lines."""
        self.check()
        lines = [
            self.line(CONSTANT, ["/rivals/constant/"]),
            self.line(STATELESS_CONSTANT, ["/api/rivals/constant/"]),
        ]
        for who in _ROOTS:
            lines.append(self.line(name_of("topic", who), self.topics(who)))
            if who == OURS:
                lines.append(self.held())
        stances = [{"stance": stance} for stance in Stance.values]
        for what, resource, queries in (
            ("topic list", "topics/", [{}]),
            ("claims of a topic", "claims/", [{"topic": slug} for slug in self.slugs]),
            ("claims of a stance", "claims/", stances),
        ):
            walks = what != "claims of a topic"
            lines += [
                self.line(name_of(what, who), self.addresses(who, resource, queries, walks=walks)) for who in _ROOTS
            ]
        query = "/api/v1/search/?" + urlencode({"q": " ".join(common_words(2))})
        if self.asker.ask(request(query))[0] != _OK:
            return Plan(lines, [f"search, ours: there is no {_ROOTS[OURS]}/{_SEARCH}"])
        return Plan([*lines, self.line("search, ours", [query])], [])

    def line(self, name: str, paths: Sequence[str]) -> Line:
        """Make a line; half of the shortest of some answers is the least that will be taken for one."""
        requests = [request(path) for path in paths]
        step = max(1, len(requests) // _SAMPLES)
        shortest = min(len(self.ok(asked)) for asked in requests[::step])
        return Line(name, requests, _OK, shortest // 2)

    def held(self) -> Line:
        """Make the line of readers who hold the topic already."""
        requests = []
        for path in self.topics(OURS):
            _, head, _ = self.asker.ask(request(path))
            found = _ETAG.search(head)
            if found is None:
                raise BadAnswerError(f"{path} has no ETag.")
            requests.append(request(path, {"If-None-Match": found[1].decode()}))
        return Line(NOT_MODIFIED, requests, _SAME, 0)

    def topics(self, who: str) -> list[str]:
        """Give the addresses of all topics."""
        return [f"{_ROOTS[who]}/topics/{slug}/" for slug in self.slugs]

    def addresses(self, who: str, resource: str, queries: Iterable[dict[str, str]], *, walks: bool) -> list[str]:
        """Give the addresses of pages: all of each query, up to a number, or the first only."""
        found = []
        for query in queries:
            pages = self.pages(resource, query) if walks else [self.first_page(resource, query)]
            if who == OURS:
                found += pages
            else:
                found += [
                    f"{_ROOTS[who]}/{resource}?" + urlencode({**query, "page": number})
                    for number in range(1, len(pages) + 1)
                ]
        return found

    def first_page(self, resource: str, query: dict[str, str]) -> str:
        """Give the address of our first page."""
        return f"{_ROOTS[OURS]}/{resource}?" + urlencode({**query, "limit": PAGE})

    def pages(self, resource: str, query: dict[str, str] | None = None) -> list[str]:
        """Walk our pages by their links; of topics all, of others some."""
        found: list[str] = []
        path: str | None = self.first_page(resource, query or {})
        while path and (len(found) < _PAGES or not query):
            found.append(path)
            onwards = self.json(path)["next"]
            path = onwards and "?".join(urlsplit(onwards)[2:4])
        return found

    def ok(self, asked: bytes) -> memoryview:
        """Ask and return the body. Raises BadAnswerError unless the answer is 200."""
        status, head, body = self.asker.ask(asked)
        if status != _OK:
            raise BadAnswerError(f"{asked[:200]!r} was answered by {head[:200]!r} {bytes(body[:500])!r}")
        return body

    def json(self, path: str) -> Any:
        """Ask for an address and read the answer."""
        return json.loads(bytes(self.ok(request(path))))

    def check(self) -> None:
        """Require that rivals' topics, lists and claims hold what ours hold."""
        for rival in (REST, NINJA):
            for slug in self.slugs[:: max(1, len(self.slugs) // _ALIKE)]:
                self.alike(rival, f"topics/{slug}/", fairness.topic_of_ours, fairness.topic_of_rival)
                self.alike(
                    rival,
                    f"claims/?topic={slug}",
                    _results(OURS, fairness.claims_of_ours),
                    _results(rival, fairness.claims_of_rival),
                )
            self.alike(
                rival, "topics/", _results(OURS, fairness.lines_of_ours), _results(rival, fairness.lines_of_rival)
            )

    def alike(self, rival: str, path: str, ours: Callable[[Any], Any], theirs: Callable[[Any], Any]) -> None:
        """Compare one address. Raises UnfairError."""
        mine, other = (self.json(f"{_ROOTS[who]}/{path}") for who in (OURS, rival))
        fairness.require_equal(f"{rival}, {path}", ours(mine), theirs(other))


def _results(who: str, common: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda answer: common(answer[_RESULTS[who]])
