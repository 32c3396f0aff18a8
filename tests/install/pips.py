"""See that the pips with which the lock is tried are in `var/pips`; quick and silent when they are. Run before pytest.

Raises CalledProcessError if pip cannot fetch one.
"""

import subprocess
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parents[2] / "var" / "pips"
HASHES = {
    "22.3": "1daab4b8d3b97d1d763caeb01a4640a2250a0ea899e257b1e44b9eded91e15ab",  # pragma: allowlist secret - a hash
    "23.2.1": "7ccf472345f20d35bdc9d1841ff5f313260c2c33fe417f48c30ac46cccabf5be",  # pragma: allowlist secret - a hash
    "26.3": "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13",  # pragma: allowlist secret - a hash
}
"""SHA-256 of the wheels: the oldest pip that we promise, the one that Python 3.11 and 3.12 bring, a new one."""


def program(version: str) -> Path:
    """Return what Python is to run: pip works from inside its wheel."""
    return PLACE / f"pip-{version}-py3-none-any.whl" / "pip"


def versions() -> list[str]:
    """Return the versions that start with this Python; before 23.1.2 pip needs a module that Python 3.12 dropped."""
    return [version for version in HASHES if sys.version_info < (3, 12) or version != "22.3"]


def fetch(version: str) -> None:
    """Download the wheel of one pip and check its hash."""
    wanted = PLACE / f"{version}.txt"
    wanted.write_text(f"pip=={version} --hash=sha256:{HASHES[version]}\n")
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(PLACE)]
    subprocess.run([*command, *options, "-r", str(wanted)], check=True)


if __name__ == "__main__":
    PLACE.mkdir(parents=True, exist_ok=True)
    for wanted in versions():
        if not program(wanted).parent.exists():
            fetch(wanted)
