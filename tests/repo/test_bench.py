"""The measurement of the API runs, prints every line, and compares like with like."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.rig import fairness
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    "constant view",
    "constant, stateless",
    "topic, ours",
    "topic 304, ours",
    "topic, DRF",
    "topic, Ninja",
    *(
        f"{what}, {who}"
        for what in ("topic list", "claims of a topic", "claims of a stance")
        for who in ("ours", "DRF", "Ninja")
    ),
]
WITHOUT_A_BODY = {"topic 304, ours"}
MAY_BE_WITHOUT_A_QUERY = {"constant view", "constant, stateless", "topic, ours", "topic 304, ours"}
RIVALS = ["rest", "ninja"]


def figures(printed: str, line: str) -> list[float]:
    found = re.search(rf"^{re.escape(line)} +([\d. ]+)$", printed, re.MULTILINE)
    assert found, f"no line '{line}' in:\n{printed}"
    return [float(number) for number in found[1].split()]


def test_bench_measures_every_line():
    var = Path(os.environ["DEBATEKB_VAR"]) / "bench"
    command = [sys.executable, "-m", "bench.api", "--topics", "5", "--rounds", "1", "--seconds", "0.2"]
    done = subprocess.run([*command, "--var", var], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    for line in LINES:
        per_second, p50, p99, kib, queries, *others = figures(done.stdout, line)
        assert min(per_second, p50, p99, *others[1:]) > 0, line
        assert (kib > 0) == (line not in WITHOUT_A_BODY), line
        assert queries > 0 or line in MAY_BE_WITHOUT_A_QUERY, line
    assert re.search(r"^search, ours", done.stdout, re.MULTILINE)
    assert len(re.findall(r" -> [\d.]+ \(.*\) -> (?:met|missed)$", done.stdout, re.MULTILINE)) == 6
    assert not (var / "processes.json").exists()


def test_bench_of_the_throttle_measures_every_line():
    command = [sys.executable, "-m", "bench.throttling", "--rounds", "1", "--times", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    for line in ("round trip (PING)", "a request counted"):
        assert min(figures(done.stdout, line)) > 0, line


def test_bench_of_the_search_measures_every_question():
    var = Path(os.environ["DEBATEKB_VAR"]) / "bench-search"
    command = [sys.executable, "-m", "bench.search", "--claims", "900", "--rounds", "2", "--var", var]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    for kind in ("very common word", "two common words", "three common words", "rare word", "phrase", "misspelling"):
        _matches, *times = figures(done.stdout, kind)
        assert len(times) == 6, kind
        assert min(times) > 0, kind
    assert not (var / "search.sqlite").exists()


def ours(client):
    document = client.get(f"/api/v1/topics/{factories.TOPIC}/").json()
    return {
        (side["id"], claim["id"], claim["text"]): [(cite["source"], cite.get("quote", "")) for cite in claim["cites"]]
        for side in document["perspectives"]
        for claim in side["claims"]
    }


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("rival", RIVALS)
def test_rival_gives_the_same_claims_and_citations(client, settings, rival):
    settings.ROOT_URLCONF = "bench.rivals.urls"
    answer = client.get(f"/rivals/{rival}/topics/{factories.TOPIC}/").json()
    theirs = {
        (side["identifier"], claim["identifier"], claim["text"]): [
            (citation["source"], citation["quote"]) for citation in claim["citations"]
        ]
        for side in answer["perspectives"]
        for claim in side["claims"]
    }
    assert theirs
    assert theirs == ours(client)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("rival", RIVALS)
def test_bench_refuses_a_rival_that_leaves_something_out(client, settings, rival):
    settings.ROOT_URLCONF = "bench.rivals.urls"
    document = fairness.topic_of_ours(client.get(f"/api/v1/topics/{factories.TOPIC}/").json())
    answer = client.get(f"/rivals/{rival}/topics/{factories.TOPIC}/").json()
    fairness.require_equal(rival, document, fairness.topic_of_rival(answer))
    answer["perspectives"][0]["claims"][0]["citations"].pop()
    with pytest.raises(fairness.UnfairError, match=r"differ at \.perspectives\[0\]\.claims\[0\]\.cites"):
        fairness.require_equal(rival, document, fairness.topic_of_rival(answer))
