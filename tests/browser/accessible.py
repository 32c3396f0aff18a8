"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe

OPTIONS = {"preload": False}
"""Preloading would copy imported style sheets into the page; our content policy refuses that, with a complaint each."""


def assert_accessible(page, name=""):
    """Fail with axe's report where the page, as it is now, violates a rule."""
    results = Axe().run(page, options=OPTIONS)
    assert results.violations_count == 0, f"{name or page.url}\n{results.generate_report()}"
