"""Programs of other people that keep to standards read what we serve: Memento, Atom, Data Package."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

MEMENTO = """
import datetime, json, sys
from memento_client import MementoClient
gate = MementoClient(timegate_uri="", check_native_timegate=False)  # each topic is its own, which it does not look for
found = gate.get_memento_info(sys.argv[1], datetime.datetime(2030, 1, 1))
print(json.dumps({"closest": found["mementos"]["closest"]["uri"], "gate": found["timegate_uri"]}))
"""
FEED = """
import json, sys, feedparser
first = feedparser.parse(sys.argv[1])
again = feedparser.parse(sys.argv[1], etag=first.get("etag"), modified=first.get("modified"))
told = [(one.title, one.link, one.id) for one in first.entries]
print(json.dumps({"bozo": bool(first.bozo), "statuses": [first.status, again.status], "entries": told}))
"""


def told(program: str, *words: str) -> dict:
    """Run a program in a process of its own, so that its warnings are not ours; give what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_memento_client_finds_the_edition_of_a_moment(service):
    topic = f"{service}/api/v1/topics/minsk-ii/"
    newest = httpx.get(f"{topic}editions/").json()["results"][0]["edition"]
    assert told(MEMENTO, topic) == {"closest": [f"{topic}editions/{newest}/"], "gate": topic}


def test_feedparser_reads_the_feed_and_fetches_nothing_twice(service):
    read = told(FEED, f"{service}/feed.atom")
    assert (read["bozo"], read["statuses"]) == (False, [200, 304])
    topics = httpx.get(f"{service}/api/v1/topics/").json()["results"]
    assert {link for _, link, _ in read["entries"]} >= {
        f"{service}/topics/{topic['topic']}/editions/1/" for topic in topics
    }
    assert len({name for *_, name in read["entries"]}) == len(read["entries"])


@pytest.mark.timeout(300)
def test_frictionless_finds_no_fault_in_the_data_package(service, tmp_path):
    (tmp_path / "dataset.zip").write_bytes(httpx.get(f"{service}/api/v1/dataset.zip").content)
    with zipfile.ZipFile(tmp_path / "dataset.zip") as archive:
        archive.extractall(tmp_path)
    [package] = tmp_path.rglob("datapackage.json")
    command = [Path(sys.executable).with_name("frictionless"), "validate", package.name, "--json"]
    done = subprocess.run(command, cwd=package.parent, capture_output=True, text=True, timeout=200, check=False)
    report = json.loads(done.stdout)
    described = json.loads(package.read_text(encoding="utf-8"))["resources"]
    assert report["valid"], report["errors"] + [task["errors"] for task in report["tasks"] if task["errors"]]
    assert [task["name"] for task in report["tasks"]] == [one["name"] for one in described]
