"""What axe finds on a page, and whether the page fits, in the two looks that tell most."""

from axe_playwright_python.sync_playwright import Axe

LOOKS = ((390, "light"), (1440, "dark"))
"""Width and colours: both layouts and both palettes, in two visits rather than four."""
TABLET = 820
"""A width between the two."""
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
"""Preloading would copy imported style sheets into the page; our content policy refuses that, with a complaint each."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_accessible(page, name=""):
    """Fail with axe's report where the page, as it is once it has loaded, violates a rule."""
    page.wait_for_load_state()  # a click ends when the next page begins, which may have no element yet
    results = Axe().run(page, options=OPTIONS)
    assert results.violations_count == 0, f"{name or page.url}\n{results.generate_report()}"


def assert_fits(page, width, name=""):
    """Fail where the page, once it has loaded, scrolls sideways at this width in pixels."""
    page.wait_for_load_state()
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate(OVERFLOW) == 0, f"{name or page.url} at {width}"


def assert_fits_and_is_accessible(page, name=""):
    """Fail unless the page, as it is once it has loaded, fits and is accessible in both looks; the last one stays."""
    for width, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        assert_fits(page, width, name)
        assert_accessible(page, f"{name or page.url} at {width} in {scheme}")


def look_at_all_widths(page, name=""):
    """Fail unless the page fits and is accessible in both looks, and fits between their widths too."""
    assert_fits_and_is_accessible(page, name)
    assert_fits(page, TABLET, name)
