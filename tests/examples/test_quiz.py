"""The quiz sheet, as a process of its own against a server."""

import json
import re
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import Client

from tests import factories

PROGRAM = Path(__file__).resolve().parents[2] / "examples" / "quiz.py"
QUESTION = re.compile(r"^(\d+)\. (.+)\n\n((?:   - [a-d]\) .+\n)+)", re.MULTILINE)
ANSWER = re.compile(r"^(\d+)\. ([a-d])\) (.+) <(.+)>$", re.MULTILINE)


def quiz(base, *words):
    command = [sys.executable, "-I", str(PROGRAM), "--base", base, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def site(transactional_db, published, live_server):
    return live_server.url


def test_every_answer_of_the_key_is_true(site):
    made = quiz(site, "--topic", factories.TOPIC, "--questions", "20", "--seed", "1")
    assert (made.returncode, made.stderr) == (0, "")
    sheet, _, key = made.stdout.partition("## Key")
    claims = {
        claim["text"]: claim for claim in Client().get(f"/api/v1/claims/?topic={factories.TOPIC}").json()["results"]
    }
    questions, answers = QUESTION.findall(sheet), ANSWER.findall(key)
    assert {words for _, words, _ in questions} == set(claims)
    assert [number for number, *_ in answers] == [number for number, *_ in questions]
    for (_, words, options), (_, letter, cited, link) in zip(questions, answers, strict=True):
        claim = claims[words]
        offered = dict(option.strip("- ").split(") ", 1) for option in options.strip().splitlines())
        assert len(set(offered.values())) == 3
        assert offered[letter].startswith(claim["perspective_label"])
        topic, name = claim["id"].split("/")
        assert link == f"{site}/topics/{topic}/editions/{claim['edition']}/#{name}"
        sources = factories.source_records()
        assert all(sources[cite["source"]]["title"] in cited for cite in claim["cites"])
        assert all(cite["locator"] in cited for cite in claim["cites"] if "locator" in cite)


def test_the_same_seed_makes_the_same_sheet(site):
    words = ("--topic", factories.TOPIC, "--questions", "3", "--seed")
    assert quiz(site, *words, "4").stdout == quiz(site, *words, "4").stdout != quiz(site, *words, "5").stdout


def test_a_topic_that_is_not_there(site):
    assert quiz(site, "--topic", "un heard&of").stderr.startswith(f"{site}/api/v1/claims/?topic=un%20heard%26of&")


def test_no_server_is_told_in_a_sentence():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        made = quiz(f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert made.returncode == 1
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\S+ cannot be read: .*refused.*\.\n", made.stderr)


@pytest.fixture
def busy():
    """A server that gives two pages, and refuses each request in `refusals` before: status, seconds to wait."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Busy)
    server.refusals, server.seen = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class _Busy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.path, self.headers["User-Agent"]))
        status, wait = self.server.refusals.pop(0) if self.server.refusals else (200, "")
        body = b"" if status != 200 else json.dumps(self.page()).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(body)

    def page(self):
        is_second = self.path == "/second"
        name = "second" if is_second else "first"
        claim = {
            "id": f"t/{name}", "edition": 1, "text": f"The {name}.", "perspective": name, "perspective_label": name,
            "held_by": [], "cites": [], "sources": {},
        }  # fmt: skip
        following = None if is_second else f"http://127.0.0.1:{self.server.server_port}/second"
        return {"next": following, "results": [claim]}

    def log_message(self, *_args):
        pass


def test_pages_are_followed_and_too_many_requests_are_waited_for(busy):
    busy.refusals = [(429, "1")]
    made = quiz(f"http://127.0.0.1:{busy.server_port}")
    assert (made.returncode, made.stderr) == (0, "")
    assert "The first." in made.stdout
    assert "The second." in made.stdout
    assert [path for path, _ in busy.seen][-1] == "/second"
    assert len(busy.seen) == 3
    assert "fields=" in busy.seen[0][0]
    assert {agent for _, agent in busy.seen} == {"debatekb-quiz/1.0"}


@pytest.mark.parametrize("refusal", [(429, "3600"), (429, ""), (429, "Fri, 01 Jan 2038 00:00:00 GMT"), (503, "1")])
def test_other_refusals_are_told_in_a_sentence(busy, refusal):
    busy.refusals = [refusal]
    made = quiz(f"http://127.0.0.1:{busy.server_port}")
    assert made.returncode == 1
    assert re.fullmatch(rf"http://\S+ answers {refusal[0]} \([\w ]+\)\.\n", made.stderr)
    assert len(busy.seen) == 1
