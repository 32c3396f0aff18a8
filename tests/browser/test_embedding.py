"""What another site may show in a frame."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.accessible import assert_fits, assert_fits_and_is_accessible

PAGES = (f"/embed/topics/{factories.TOPIC}/", f"/embed/claims/{factories.TOPIC}/s2/")
REFUSED = "frame-ancestors 'none'"


@pytest.fixture
def other_site():
    """A server of another origin, whose one page is `page`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _OtherSite)
    server.page = ""
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class _OtherSite(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Another</title>{self.server.page}".encode())

    def log_message(self, *_args):
        pass


def shown(page, other_site, html):
    """Open the other site with `html` on its page, and give the frame there."""
    other_site.page = html
    page.goto(f"http://127.0.0.1:{other_site.server_port}/")
    return page.frame_locator("iframe")


def test_another_site_shows_what_oembed_gives_it(page, site, other_site):
    said = page.request.get(f"{site}/api/v1/oembed/?url={site}/topics/{factories.TOPIC}/").json()
    frame = shown(page, other_site, said["html"])
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Should the village")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="The whole topic").click()
    assert opened.value.url == f"{site}/topics/{factories.TOPIC}/"


def test_another_site_cannot_show_a_page_that_is_not_for_it(page, site, other_site):
    with page.expect_console_message(lambda message: REFUSED in message.text):
        frame = shown(page, other_site, f"<iframe src='{site}/topics/{factories.TOPIC}/'></iframe>")
    expect(frame.get_by_role("heading", level=1)).to_have_count(0)


def test_frames_are_accessible_at_every_width(page, site):
    for path in PAGES:
        page.goto(site + path)
        assert_fits_and_is_accessible(page)
        for width in (300, 800):
            assert_fits(page, width)
