"""Tests that use one system run on one worker: shown by xdist itself, whose groups newer releases of pytest ignore."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE = """
import os
from pathlib import Path
import pytest

@pytest.fixture(scope="module")
def system():
    with Path(os.environ["STARTS"]).open("a") as starts:
        starts.write("x")

@pytest.mark.parametrize("number", range(8))
def test_it(system, number):
    pass
"""


def test_what_is_dear_is_started_by_one_worker_and_other_tests_are_shared(tmp_path):
    starts = {}
    for folder in ("run", "web"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / f"test_{folder}.py").write_text(MODULE)
        starts[folder] = tmp_path / folder
        command = [sys.executable, "-m", "pytest", "-q", "-n", "4", "-p", "tests.sharing", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, "--rootdir", str(tmp_path), str(tmp_path / "tests" / folder)],
            env={"PATH": "", "PYTHONPATH": str(ROOT), "STARTS": str(starts[folder])},
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "8 passed" in done.stdout, done.stdout + done.stderr
    assert starts["run"].read_text() == "x"
    assert len(starts["web"].read_text()) > 1
