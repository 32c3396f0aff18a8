"""Schemathesis over both OpenAPI documents, all phases, against the running system; `make deep` asks far more."""

import json
import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests import depth

ROOT = Path(__file__).parents[2]
EXAMPLES = "650" if depth.is_deep() else "8"
"""Generated cases of each operation in each phase."""


@pytest.mark.timeout(3600)
def test_no_generated_request_breaks_the_api(service, tmp_path):
    run("schemathesis.toml", "openapi.json", service, tmp_path)


@pytest.mark.timeout(3600)
def test_no_generated_request_of_a_moderator_breaks_the_desk(service, desk_key, tmp_path):
    # Without a key that works every answer would be 401, and nothing would be tested.
    headers = {"authorization": f"Bearer {desk_key}"}
    assert httpx.get(f"{service}/api/v1/desk/topics/", headers=headers).status_code == HTTPStatus.OK
    bearer = ("--header", f"Authorization: Bearer {desk_key}")
    # With two workers, two runs of four ended in an error of schemathesis itself that it does not explain.
    run("schemathesis_desk.toml", "desk/openapi.json", service, tmp_path, *bearer, workers="1")


def run(config, document, service, tmp_path, *more, workers="2"):
    report = tmp_path / "report.json"
    program = Path(sys.executable).with_name("schemathesis")
    command = [program, "--config-file", Path(__file__).with_name(config), "run"]
    command += [ROOT / "tests/api" / document, "--url", service, *more]
    options = ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES, "--workers", workers]
    options += ["--continue-on-failure", "--no-color", "--warnings", "off", "--report-json-path", str(report)]
    done = subprocess.run(
        [*command, *options],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.outside.hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    sys.stdout.write(done.stdout[-1500:])  # shown by make fuzz
    assert done.returncode == 0, done.stdout
    assert "generated" in done.stdout
    assert json.loads(report.read_text())
