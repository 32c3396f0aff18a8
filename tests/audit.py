"""Whether the packages of the locks have known faults: `python -m tests.audit`, as `make audit`.

pip-audit ends with "No known vulnerabilities found" also where the database of faults knew none of the packages, as on
a machine with an index of its own. Here a package that nobody could be asked about is no package without faults.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements/base.txt", "requirements/dev.txt")
FINE, FAULTY, UNKNOWN = 0, 1, 2


def reported(lock: str) -> dict[str, Any] | None:
    """Return what pip-audit found out about a lock; nothing where the database of faults could not be reached."""
    words = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "-r", lock]
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None
    return found


def judge(reports: Mapping[str, dict[str, Any] | None]) -> tuple[int, list[str]]:
    """Return the status to end with, and the lines to print."""
    packages = {one["name"]: one for report in reports.values() if report for one in report["dependencies"]}
    faults = [
        f"{name} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for name, one in sorted(packages.items())
        for fault in one.get("vulns", ())
    ]
    unasked = [name for name, one in sorted(packages.items()) if "skip_reason" in one]
    lines = [
        f"No answer about {lock}: the database of faults cannot be reached." for lock in reports if not reports[lock]
    ]
    if unasked:
        lines.append(
            f"Not known, so not audited: {len(unasked)} of {len(packages)} packages ({', '.join(unasked[:5])} …)."
        )
    if faults:
        return FAULTY, [*lines, *faults]
    if lines or not packages:
        return UNKNOWN, [*lines, "That says nothing about them; run `make audit` where the network is open."]
    return FINE, [f"None of {len(packages)} packages has a known fault."]


def main() -> int:
    """Ask about each lock; 0 fine, 1 faults, 2 not known."""
    status, lines = judge({lock: reported(lock) for lock in LOCKS})
    sys.stdout.write("\n".join(lines) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
