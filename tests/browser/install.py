"""See that there are a Chromium for the browser tests, a curl for the documented examples and R for `examples/age.R`.

Run before pytest.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the program of an installed Chromium, the machine's own before the one of Playwright."""
    return next(filter(None, map(shutil.which, NAMES)), None) or find_bundled()


def find_bundled() -> str | None:
    """Return the program that `playwright install chromium` has left, if any."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return str(program) if program.exists() else None


def can_use_apt() -> bool:
    """Return whether packages can be installed with apt: as root, on Debian and its kin."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*names: str) -> None:
    """Install Debian packages."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], check=True, env=quiet)


def install() -> None:
    """Install Chromium: with apt where that can be, else by Playwright for this user alone."""
    if can_use_apt():
        install_packages("chromium", "fonts-liberation")
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def has_curl() -> bool:
    """Find or install curl, which the examples of docs/api.md use."""
    if shutil.which("curl") is None and can_use_apt():
        install_packages("curl", "ca-certificates")
    return shutil.which("curl") is not None


def has_r() -> bool:
    """Find or install R and its jsonlite, without which a test skips itself."""
    if shutil.which("Rscript") is None and can_use_apt():
        install_packages("r-base-core", "r-cran-jsonlite")
    return shutil.which("Rscript") is not None


def main() -> int:
    """Find or install Chromium and say where it is; 1 when there is none in the end."""
    found = find()
    if found is None:
        sys.stdout.write("No Chromium on this machine; installing one.\n")
        sys.stdout.flush()
        try:
            install()
        except (OSError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"Chromium could not be installed ({error}); install it and run the tests again.\n")
            return 1
        found = find()
    sys.stdout.write(f"Browser tests use {found}.\n")
    if not has_curl():
        sys.stderr.write("The documented examples need curl; install it and run the tests again.\n")
        return 1
    if not has_r():
        sys.stderr.write("Without R (r-base-core, r-cran-jsonlite) examples/age.R is not run.\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
