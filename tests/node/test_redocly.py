"""Redocly's recommended rules (redocly.yaml) find nothing in the OpenAPI documents."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.node.install import HERE, ensure, program

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def judged(document: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    redocly = ensure() / "node_modules/@redocly/cli/bin/cli.js"
    command = [program("node"), redocly, "lint", "--config", HERE / "redocly.yaml", document]
    environment = {**os.environ, **QUIET}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("name", ["openapi.json", "desk/openapi.json"])
def test_redocly_finds_no_fault(name, tmp_path):
    done = judged(ROOT / "tests/api" / name, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Your API description is valid." in done.stderr
    assert "warning" not in done.stderr


def test_redocly_would_find_one(tmp_path):
    text = (ROOT / "tests/api/openapi.json").read_text(encoding="utf-8")
    (tmp_path / "worse.json").write_text(text.replace('"operationId": "ClaimList"', '"operationId": "Claim"', 1))
    done = judged(tmp_path / "worse.json", tmp_path)
    assert done.returncode == 1
    assert "operation-operationId-unique" in done.stdout
