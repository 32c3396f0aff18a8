"""Shoot every type of page at three widths, light and dark.

Run as `python -m tests.browser.screenshots ADDRESS FOLDER [NAME...]` against a running system.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

from tests.browser.install import find

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (390, 820, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 900
FIXED = {
    "home": "/",
    "about": "/about/",
    "search": "/search/?q=treaty",
    "sources": "/sources/",
    "articles": "/articles/",
    "timeline": "/timeline/",
    "people": "/people/",
    "quiz": "/quiz/?sheet=1",
    "tray": "/tray/",
    "missing": "/nowhere/",
}


def addresses(browser: Browser, base: str) -> dict[str, str]:
    """Name one page of every type, found by following links as a reader would."""
    page = browser.new_page()
    page.goto(urljoin(base, "/"))
    topic = page.locator("a.topic-title").first.get_attribute("href") or "/"
    article = page.locator(".matrix-title a").first.get_attribute("href") or "/"
    page.goto(urljoin(base, topic))
    source = page.locator(".works .ways a").first.get_attribute("href") or "/"
    page.goto(urljoin(base, "/people/"))
    person = page.locator(".people th a").first.get_attribute("href") or "/"
    page.close()
    editions = f"{topic}editions/"
    found = {"topic": topic, "editions": editions, "edition": f"{editions}1/", "article": article, "source": source}
    found |= {name: f"{topic}{name}/" for name in ("brief", "map", "handout", "teach", "worksheet")}
    found |= {"person": person, "opposing-only": f"{topic}?view=opposing"}
    return FIXED | found


def shoot(base: str, folder: Path, names: list[str]) -> int:
    """Write `<page>-<width>-<scheme>.png` for each page and return how many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        for name, path in addresses(browser, base).items():
            if names and name not in names:
                continue
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
                    page.goto(urljoin(base, path))
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    page.close()
                    count += 1
        browser.close()
    return count


def main() -> None:
    """Read the command line and shoot."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("address", help="where the system runs, such as http://127.0.0.1:8000/")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("names", nargs="*", help="only these pages")
    given = parser.parse_args()
    sys.stdout.write(f"{shoot(given.address, given.folder, given.names)} pictures in {given.folder}\n")


if __name__ == "__main__":
    main()
