"""Every example of docs/api.md, as it is written there, against the running system."""

import json
import re
import runpy
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from standardwebhooks import WebhookVerificationError

from tests.run.system import PATIENCE_SECONDS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
ERROR = "$API/claims/?colour=red"
"""What the example of an error asks for."""
HOOKED = "https://tool.school.example"
"""Where the example of webhooks has them sent."""
WITH_KEY = [block for block in BLOCKS if "$KEY" in block and HOOKED not in block]
CHECKING = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
STRICT = """set -euo pipefail
curl() {
  case "$*" in *http_code*) asked=(); ;; *) asked=(-w '%{stderr}%{http_code} %{url_effective}\\n'); ;; esac
  command curl --noproxy '*' --retry-delay 1 --retry-all-errors --max-time 60 "${asked[@]}" "$@"
}
"""
"""Tells the status of each answer beside it, unless the example asks for that itself."""


def run(block, service, folder, **more):
    done = subprocess.run(
        ["bash", "-c", STRICT + block],
        env={"API": f"{service}/api/v1", "PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8", **more},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    statuses = [int(line.split()[0]) for line in done.stderr.splitlines() if re.match(r"\d{3} http", line)]
    return done, statuses


def documents(text):
    """Read the JSON documents that stand one after the other; text of other formats ends them."""
    while text.startswith("{"):
        found, end = json.JSONDecoder().raw_decode(text)
        yield found
        text = text[end:].lstrip()


def test_there_are_ten_worked_examples():
    section = DOCUMENT.split("## Ten worked examples", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^\*\*(\d+)\.", section, re.MULTILINE) == [str(number) for number in range(1, 11)]
    assert len(BLOCKS) >= 15
    assert len(WITH_KEY) == 3
    assert sum(HOOKED in block for block in BLOCKS) == len(CHECKING) == 1
    assert set(re.findall(r"^```(\w+)$", DOCUMENT, re.MULTILINE)) == {"sh", "json", "python"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("block", [block for block in BLOCKS if "$KEY" not in block and ERROR not in block])
def test_an_example_does_what_it_says(service, tmp_path, block):
    done, statuses = run(block, service, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert len(statuses) >= block.count("curl") - block.count("http_code")
    assert set(statuses) <= {200, 302, 304, 503}, done.stderr
    assert '"results":[]' not in done.stdout or "since=" in block or "group_by=" in block
    assert '"groups":[]' not in done.stdout
    assert all(documents(done.stdout))


def test_the_error_is_the_one_that_is_shown(service, tmp_path):
    [block] = [block for block in BLOCKS if ERROR in block]
    shown = re.findall(r"```json\n(.*?)```", DOCUMENT.partition(ERROR)[2], re.DOTALL)[0]
    done, statuses = run(block, service, tmp_path)
    assert statuses == [400]
    answered = json.loads(done.stdout)
    assert {name: answered[name] for name in json.loads(shown)} == json.loads(shown)


@pytest.mark.parametrize("block", WITH_KEY)
def test_an_example_with_a_key_changes_what_it_says(service, draft, tmp_path, block):
    slug, key = draft
    at_the_desk = block.replace("minsk-ii", slug) if "/desk/" in block else block
    done, statuses = run(at_the_desk, service, tmp_path, KEY=key)
    assert done.returncode == 0, done.stderr
    assert len(statuses) == block.count("curl")
    assert set(statuses) <= {200, 201}, done.stdout
    assert statuses.count(201) == 1
    told = list(documents(done.stdout))
    assert told[-1].get("status") == "open" or told[-1]["results"][0]["id"] == told[0]["id"], told


def test_a_webhook_is_added_told_and_checked_as_the_examples_do(service, receiver, draft, tmp_path):
    [adding] = [block for block in BLOCKS if HOOKED in block]
    done, _ = run(adding.replace(HOOKED, receiver.origin), service, tmp_path, KEY=draft[1])
    assert done.returncode == 0, done.stderr
    [first] = json.loads(done.stdout)["results"]
    assert first["type"] == "webhook.test"
    added = json.loads((tmp_path / "webhook.json").read_text(encoding="utf-8"))
    place, key = f"{service}/api/v1/webhooks/{added['id']}/", {"Authorization": f"Bearer {draft[1]}"}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while httpx.get(place, headers=key).json()["state"] == "unconfirmed":
        assert time.monotonic() < deadline, "no test was answered"
        time.sleep(0.5)
    assert httpx.get(place, headers=key).json()["state"] == "active"
    [arrived] = receiver.received
    assert arrived.path == "/debatekb"
    assert arrived.headers["webhook-id"] == first["message_id"]
    assert checked(tmp_path, added["secret"], arrived)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        checked(tmp_path, added["secret"], arrived._replace(body=arrived.body + b" "))


def checked(folder, secret, arrived):
    """Run the lines that check a message, on one that arrived; give the message."""
    names = {"secret": secret, "body": arrived.body, "headers": dict(arrived.headers)}
    (folder / "check.py").write_text(CHECKING[0], encoding="utf-8")
    return runpy.run_path(folder / "check.py", names)["message"]
