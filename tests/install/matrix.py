"""Install our own locks by the Makefile with several Pythons and pips: `python -m tests.install.matrix PYTHON …`.

Prints a row for each Python and pip: the seconds that base and then base + dev took, from the index that pip is set to
and beside a folder that offers a newer release of every package. Ends with 1 if one installation did not succeed, or
holds anything but what the locks name.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.install import wheels

ROOT = Path(__file__).parents[2]
VERSIONS = ("22.3", "23.0.1", "23.2.1")
NEWEST = "newest"
_LISTED = (
    "from importlib.metadata import distributions as d; print(*{x.name + '==' + x.version for x in d()}, sep='\\n')"
)


def main() -> int:
    """Make the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pythons", nargs="+", help="programs of the Pythons to try")
    given = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        newer = Path(folder) / "newer"
        newer.mkdir()
        for name in sorted(locked("base") | locked("dev")):
            wheels.write(newer, name.partition("==")[0], "9999.0", "Requires-Dist: stranger")
        print(f"{'Python':8} {'pip':7} {'index':6} {'base':>7} {'+ dev':>7}")
        for python in given.pythons:
            for version in (*VERSIONS, NEWEST):
                for index in ("today", "newer"):
                    found = [newer] if index == "newer" else []
                    failed += row(python, version, index, Path(folder) / "checkout", found)
    return min(failed, 1)


def locked(name: str) -> set[str]:
    """Give what a lock names for this machine's kind, as name==version, whatever the markers."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {f"{one}=={version}" for one, version in re.findall(r"(?m)^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", text)}


def row(python: str, version: str, index: str, checkout: Path, found: list[Path]) -> bool:
    """Install with one pip and print how long it took; return whether that failed."""
    told = subprocess.run(
        [python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    cells, said = [], ""
    if version in {"22.3", "23.0.1"} and tuple(map(int, told.split("."))) >= (3, 12):
        print(f"{told:8} {version:7} {index:6} this pip does not start with this Python: it needs pkgutil.ImpImporter")
        return False
    shutil.rmtree(checkout, ignore_errors=True)
    (checkout / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", checkout)
    for name in ("base", "dev"):
        shutil.copy(ROOT / "requirements" / f"{name}.txt", checkout / "requirements")
    subprocess.run(
        ["make", "--silent", f"PYTHON={python}", ".venv/bin/python"],
        cwd=checkout,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wanted = "pip" if version == NEWEST else f"pip=={version}"
    change = [".venv/bin/python", "-m", "pip", "install", "--quiet", "--upgrade", wanted]
    subprocess.run(change, cwd=checkout, check=True, capture_output=True)
    links = " ".join([*os.environ.get("PIP_FIND_LINKS", "").split(), *map(str, found)])
    for name, target in (("base", ".venv/.base"), ("dev", ".venv/.dev")):
        began = time.monotonic()
        done = subprocess.run(
            ["make", "--silent", target],
            cwd=checkout,
            env={**os.environ, "PIP_FIND_LINKS": links},
            capture_output=True,
            text=True,
            check=False,
        )
        there = subprocess.run(
            [".venv/bin/python", "-c", _LISTED], cwd=checkout, capture_output=True, text=True, check=True
        ).stdout.split()
        strange = strangers(there, locked("base") | (locked("dev") if name == "dev" else set()))
        said += done.stderr[-300:] if done.returncode else ""
        said += f" not in the lock: {', '.join(strange)}" if strange else ""
        cells.append(f"{time.monotonic() - began:5.0f} s" if not said else " failed")
    pip = subprocess.run(
        [".venv/bin/python", "-m", "pip", "--version"], cwd=checkout, capture_output=True, text=True, check=True
    ).stdout.split()[1]
    print(f"{told:8} {pip:7} {index:6} {' '.join(cells)} {said}", flush=True)
    return bool(said)


def strangers(there: list[str], wanted: set[str]) -> list[str]:
    """Give what is installed and not locked, beside pip and setuptools, which `venv` puts there."""
    plain = {re.sub(r"[-_.]+", "-", name).lower() for name in wanted}
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in there}
    return sorted(name for name in names - plain if not name.startswith(("pip==", "setuptools==")))


if __name__ == "__main__":
    sys.exit(main())
