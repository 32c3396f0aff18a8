"""The Makefile installs what a lock names and nothing else, with old and new pips, also when newer releases exist."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.install import pips, wheels

ROOT = Path(__file__).parents[2]
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text() for name in ("base", "dev")}


@pytest.fixture
def checkout(tmp_path):
    """A folder with our Makefile and small locks of the same kind, beside an index that has newer releases of all.

    `measure` is locked without the extra by which `report` asks for it, as uv writes locks.
    """
    index = tmp_path / "index"
    index.mkdir()
    needs = 'Requires-Dist: table; extra == "tables"'
    base = wheels.write(index, "table", "1.0")
    dev = wheels.write(index, "measure", "1.0", "Provides-Extra: tables", needs)
    dev += wheels.write(index, "report", "1.0", "Requires-Dist: measure[tables]>=1.0", "Requires-Dist: table")
    for name in ("table", "measure", "report", "stranger"):
        wheels.write(index, name, "2.0", "Requires-Dist: stranger")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text(base)
    (tmp_path / "requirements" / "dev.txt").write_text(dev)
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def make(checkout, target, version):
    """Let the Makefile install with one pip from the local index alone."""
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout / "index"), "PIP_CONFIG_FILE": os.devnull}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "COVERAGE_"))}
    pip = f"PIP=.venv/bin/python {pips.program(version)} --disable-pip-version-check"
    command = ["make", "--silent", f"PYTHON={sys.executable}", pip, target]
    return subprocess.run(command, cwd=checkout, env=clean | offline, capture_output=True, text=True, check=False)


def installed(checkout):
    """Return what the environment holds beside pip and setuptools, which `venv` puts there."""
    code = "from importlib.metadata import distributions as all; print(*[d.name + '==' + d.version for d in all()])"
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", code], capture_output=True, text=True, check=True
    )
    return {name for name in done.stdout.split() if not name.startswith(("pip==", "setuptools=="))}


@pytest.mark.parametrize("version", pips.versions())
def test_a_lock_is_installed_as_it_stands_though_newer_releases_exist(checkout, version):
    done = make(checkout, ".venv/.dev", version)
    assert done.returncode == 0, done.stdout + done.stderr
    assert installed(checkout) == {"table==1.0", "measure==1.0", "report==1.0"}


@pytest.mark.parametrize("version", pips.versions())
def test_a_lock_that_lacks_a_package_is_refused(checkout, version):
    (checkout / "requirements" / "base.txt").write_text("")
    done = make(checkout, ".venv/.dev", version)
    assert done.returncode != 0
    assert "report 1.0 requires table, which is not installed." in done.stdout


def test_a_package_that_differs_from_its_hash_is_refused(checkout):
    lock = checkout / "requirements" / "base.txt"
    lock.write_text(re.sub("[0-9a-f]{64}", "0" * 64, lock.read_text()))
    done = make(checkout, ".venv/.base", pips.versions()[0])
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_names_one_version_and_its_hashes(name):
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^ *#?\n|^ *#.*\n", "", LOCKS[name])).splitlines()
    assert len(lines) > 40
    assert [
        line for line in lines if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []
    assert "://" not in "".join(lines)
