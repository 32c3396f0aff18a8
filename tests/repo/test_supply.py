"""What we take from others: known faults, the bill of materials, images by digest, secrets that must not be here."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import audit

ROOT = Path(__file__).resolve().parents[2]
DIGEST = f"sha256:{'0123456789abcdef' * 4}"


def package(name, **more):
    return {"name": name, "version": "1.0", "vulns": [], **more}


FAULT = {"id": "PYSEC-1", "fix_versions": ["1.1"]}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1.0)"}


@pytest.mark.parametrize(
    ("report", "status", "line"),
    [
        ({"dependencies": [package("a"), package("b")]}, audit.FINE, "None of 2 packages has a known fault."),
        ({"dependencies": [package("a", vulns=[FAULT])]}, audit.FAULTY, "a 1.0: PYSEC-1, mended in 1.1"),
        ({"dependencies": [package("a"), SKIPPED]}, audit.UNKNOWN, "Not known, so not audited: 1 of 2 packages (b …)."),
        ({"dependencies": []}, audit.UNKNOWN, "That says nothing about them"),
        (None, audit.UNKNOWN, "No answer about lock: the database of faults cannot be reached."),
    ],
)
def test_nobody_asked_is_not_nothing_found(report, status, line):
    found, lines = audit.judge({"lock": report})
    assert found == status
    assert line in "\n".join(lines)


def test_a_fault_is_told_beside_what_is_not_known():
    status, lines = audit.judge({"lock": {"dependencies": [package("a", vulns=[FAULT]), SKIPPED]}, "other": None})
    assert (status, len(lines)) == (audit.FAULTY, 3)


def test_the_bill_of_materials_names_every_locked_package(tmp_path):
    words = ["requirements", "requirements/base.txt", "--output-reproducible", "--of", "JSON", "-o", f"{tmp_path}/sbom"]
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "sbom").read_text())
    locked = re.findall(
        r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", (ROOT / "requirements/base.txt").read_text(), re.MULTILINE
    )
    assert found["bomFormat"] == "CycloneDX"
    assert {(one["name"], one["version"]) for one in found["components"]} == set(locked)
    assert all(one["externalReferences"][0]["hashes"] for one in found["components"])


@pytest.fixture
def copies(tmp_path):
    for name in ("deploy/images.py", "docker-compose.yml", "Dockerfile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def pin(copies: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run it where `docker` is a script, since no registry can be reached from tests."""
    (copies / "docker").write_text(f"#!/bin/sh\n{script}\n")
    (copies / "docker").chmod(0o755)
    environment = {**os.environ, "PATH": f"{copies}{os.pathsep}/usr/bin:/bin"}
    command = [sys.executable, str(copies / "deploy/images.py")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_digests_are_written_behind_tags_again_and_again(copies):
    for _ in range(2):
        done = pin(copies, f"echo {DIGEST}")
        assert done.returncode == 0, done.stderr
    compose, image = (copies / "docker-compose.yml").read_text(), (copies / "Dockerfile").read_text()
    assert len(re.findall(rf"^    image: \S+:\S+@{DIGEST}$", compose, re.MULTILINE)) == 3
    assert len(re.findall(rf"^FROM \S+:\S+@{DIGEST}( AS \w+)?$", image, re.MULTILINE)) == 2
    assert compose.replace(f"@{DIGEST}", "") == (ROOT / "docker-compose.yml").read_text()
    assert re.search(r"image: debatekb:[\d.]+$", compose, re.MULTILINE)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo 'no such host' >&2; exit 1", "The registry did not tell the digest of caddy:"),
        ("echo latest", "no digest came"),
    ],
)
def test_without_an_answer_of_the_registry_nothing_is_written(script, sentence, copies):
    done = pin(copies, script)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert (copies / "docker-compose.yml").read_text() == (ROOT / "docker-compose.yml").read_text()


def test_a_secret_is_found_and_an_example_is_not(tmp_path):
    hook = re.search(
        r"entry: (\.venv/bin/detect-secrets-hook .*?), language", (ROOT / ".pre-commit-config.yaml").read_text()
    )
    assert hook
    words = hook[1].split()[1:]
    assert " ".join(words) in (ROOT / "Makefile").read_text().replace("'", "")
    key = tmp_path / "key.txt"
    for text, status in ((f"-----BEGIN RSA {'PRIVATE'} KEY-----\n", 1), ("postgres://user@host:5432/name\n", 0)):
        key.write_text(text)
        command = [sys.executable, "-m", "detect_secrets.pre_commit_hook", *words, str(key)]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == status
