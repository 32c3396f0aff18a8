"""What the first start of a system with few topics makes, made once: other systems begin with a copy, much sooner.

`test_up` and `test_compose` begin with nothing, as operators do. What is kept lies in `var/prepared`, and is made anew
when the code, the packs or the locked packages are others.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from debatekb import embedded
from debatekb.running import cleaning, engines, home
from debatekb.running.processes import Children
from tests import content, factories

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "prepared"
MADE_OF = KEPT / "made-of"
"""Written last, so that what was broken off is made anew."""
DEMO_PASSWORD = "zqpassword-of-the-demo"
ADDRESSES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "TEST_VALKEY_URL")
"""Variables of the test run, which systems of their own must not get."""


def environment(var: Path, packs: Path, **more: str) -> dict[str, str]:
    """Return an environment for `var` without the addresses of the test run."""
    kept = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    return {**kept, "DEBATEKB_VAR": str(var), "PACKS_DIR": str(packs), **more}


def copy_to(var: Path) -> None:
    """Make `var`, which is not there yet, as a system leaves it that was started once and ended in order."""
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.with_name(f"{KEPT.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = digest_of_all()
        if not MADE_OF.exists() or MADE_OF.read_text(encoding="ascii") != digest:
            cleaning.remove(KEPT, lambda _: None)
            make()
            MADE_OF.write_text(digest, encoding="ascii")
        copy_folder(embedded.place_of(KEPT).data, home.settle(var).place.data)
        copy_folder(KEPT / "static", var / "static")
        shutil.copy2(KEPT / "secret-key", var)


def digest_of_all() -> str:
    """Tell what it is made of."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    files = [path for name in ("debatekb", "perspectives") for path in sorted((ROOT / name).rglob("*"))]
    for path in [*files, Path(__file__)]:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path).encode() + path.read_bytes())
    for name, body in content.few_files().items():
        digest.update(name.encode() + body)
    return digest.hexdigest()


def make() -> None:
    """Start the engines, bring tables, content and static files up to date as a first start does, and end them."""
    packs = factories.write_packs(KEPT / "packs", content.few_files())
    found, children = home.settle(KEPT), Children(KEPT)
    with ExitStack() as stack:
        stack.callback(children.stop_all)
        engines.start(found, KEPT, children, wanted={engines.POSTGRES, engines.VALKEY})
        subprocess.run(
            [sys.executable, "manage.py", "up", "--prepare"],
            cwd=ROOT,
            env=environment(KEPT, packs, DEMO_PASSWORD=DEMO_PASSWORD),
            stdout=subprocess.DEVNULL,
            check=True,
        )


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder into another with owners and modes, which `shutil` leaves behind."""
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "--archive", f"{source}/.", target], check=True)
