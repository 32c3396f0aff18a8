"""Contexts of one Chromium as clients of a lesson, with scripts; each is used by a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final, TypeVar

from playwright.async_api import Browser, BrowserContext, Error, Page, Response, async_playwright

from bench.rig.class_clients import NOW, AwayError, Client
from bench.rig.serving import HOST
from tests.browser.install import find
from tests.browser.screenshots import FLAGS

Answer = TypeVar("Answer")
_READY: Final = "domcontentloaded"
_TOOK_MS: Final = "performance.getEntriesByType('navigation')[0].domContentLoadedEventStart"
"""What the browser itself measured: from the click, by way of a redirect, until the next page can be used."""
_GONE_ON_MS: Final = 120_000
_CLICK_MS: Final = 60_000


class Loop:
    """The one thread in which Playwright runs; others have it do something and wait for that."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def do(self, what: Coroutine[Any, Any, Answer]) -> Answer:
        """Have something done. Raises AwayError where a page did not come."""
        try:
            return asyncio.run_coroutine_threadsafe(what, self.loop).result()
        except Error as error:
            raise AwayError from error

    def end(self) -> None:
        """End the thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


class BrowserClient(Client):
    """A context with one page, on the screen of a phone; a click is over when the next page can be read and used."""

    def __init__(self, loop: Loop, context: BrowserContext, page: Page) -> None:
        super().__init__()
        self.loop, self.context, self.tab = loop, context, page

    def wait_gone_on(self) -> str:
        """Leave it to the script of the page."""
        link = self.tab.get_by_role("link", name="Go on", exact=True)
        self.loop.do(link.wait_for(timeout=_GONE_ON_MS))
        return str(self.loop.do(link.get_attribute("href")))

    def _seen(self) -> str:
        return self.loop.do(self.tab.content())

    def _opened(self, path: str) -> None:
        self.loop.do(self._gone(path))

    def _followed(self, path: str) -> float:
        return self.loop.do(self._clicked(f'a[href="{path}"]', path))

    def _sent(self, fields: Mapping[str, str]) -> float:
        self.loop.do(self._fill(fields))
        form = "".join(f':has([name="{name}"])' for name in fields)
        return self.loop.do(self._clicked(f"main form{form} button[type=submit]"))

    async def _gone(self, path: str) -> None:
        _require(await self.tab.goto(path, wait_until=_READY))

    async def _fill(self, fields: Mapping[str, str]) -> None:
        if not await self.tab.locator(f'[name="{next(iter(fields))}"]').count():
            await self._gone(NOW)  # the form was lost with an answer that did not come
        for name, value in fields.items():
            field, chosen = (self.tab.locator(f'[name="{name}"]{which}') for which in ("", f'[value="{value}"]'))
            kind = await field.first.evaluate("one => one.type")
            if kind in {"radio", "checkbox"}:
                await chosen.check()
            elif kind == "select-one":
                await field.select_option(value)
            else:
                await field.fill(value)

    async def _clicked(self, what: str, address: str = "") -> float:
        control = self.tab.locator(what).first
        if address and not await control.count():
            await self._gone(address)  # the link was lost with an answer that did not come
        else:
            async with self.tab.expect_navigation(wait_until=_READY, timeout=_CLICK_MS) as gone:
                await control.click(no_wait_after=True)
            _require(await gone.value)
        return float(await self.tab.evaluate(_TOOK_MS))


def _require(answer: Response | None) -> None:
    if answer is None or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise AwayError


@contextmanager
def browsers(port: int, number: int) -> Iterator[list[BrowserClient]]:
    """Start one Chromium with so many contexts; on leaving, end it."""
    loop = Loop()
    started = loop.do(async_playwright().start())
    chromium = loop.do(started.chromium.launch(executable_path=find(), args=list(FLAGS)))
    try:
        yield [loop.do(_client(loop, chromium, port)) for _ in range(number)]
    finally:
        loop.do(chromium.close())
        loop.do(started.stop())
        loop.end()


async def _client(loop: Loop, chromium: Browser, port: int) -> BrowserClient:
    context = await chromium.new_context(base_url=f"http://{HOST}:{port}", viewport={"width": 390, "height": 844})
    return BrowserClient(loop, context, await context.new_page())
