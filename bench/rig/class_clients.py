"""Who takes part in a lesson: clients over HTTP, and contexts of one Chromium; the script of a lesson knows neither.

A client is at a page, follows links and sends forms. It notes how many milliseconds each click took, from the click
to the page that follows, and tries again while the server is away.
"""

import html
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

import httpx

from bench.rig.serving import HOST

NOW: Final = "/class/now/"
GO_ON: Final = re.compile(r'<a href="([^"]+)">Go on</a>')
"""The link by which the page of a pupil says that the class has gone on."""
_PATIENCE_SECONDS: Final = 90
_SECONDS_ASKED_AGAIN: Final = 3.0
_SLOWER: Final = 1.5
_SLOWEST: Final = 15.0
"""How soon, and how much more seldom, the script of the page asks what the class does (`static/…/live.js`)."""


class AwayError(Exception):
    """The server gave no answer, or none that is of use."""


class Client(ABC):
    """Somebody at a page of the site."""

    def __init__(self) -> None:
        self.clicks: list[float] = []
        self.interrupted = 0
        self.page = ""
        """The HTML of the page."""

    def open(self, path: str) -> str:
        """Go to an address, which is no click, and give the page."""
        return self._patiently(lambda: self._opened(path))

    def follow(self, path: str) -> str:
        """Click the link to an address and give the page that follows."""
        return self._patiently(lambda: self.clicks.append(self._followed(path)))

    def send(self, fields: Mapping[str, str]) -> str:
        """Fill in the first form that has these fields, click its button, and give the page that follows."""
        return self._patiently(lambda: self.clicks.append(self._sent(fields)))

    @abstractmethod
    def wait_gone_on(self) -> str:
        """Stay at the page until it says that the class has gone on, and give the address to which it leads."""

    def _patiently(self, do: Callable[[], None]) -> str:
        ends = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < ends:
            try:
                do()
                self.page = self._seen()
            except AwayError:
                self.interrupted += 1
                time.sleep(0.2)
            else:
                return self.page
        raise SystemExit("Error: the server did not come back.")

    @abstractmethod
    def _seen(self) -> str: ...

    @abstractmethod
    def _opened(self, path: str) -> None: ...

    @abstractmethod
    def _followed(self, path: str) -> float: ...

    @abstractmethod
    def _sent(self, fields: Mapping[str, str]) -> float: ...


class HttpClient(Client):
    """A client over HTTP, with cookies; it asks what the class does as the script of the page would."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        super().__init__()
        address = f"http://{HOST}:{port}"
        says = {"Sec-Fetch-Site": "same-origin"}  # as browsers do, of forms of our own pages
        self.http = httpx.Client(
            base_url=address, cookies=dict(cookies or {}), headers=says, follow_redirects=True, timeout=30
        )
        self.at, self.text = "/", ""

    def wait_gone_on(self) -> str:
        """Ask for the part of the page that tells, more and more seldom."""
        seconds = _SECONDS_ASKED_AGAIN
        while True:
            time.sleep(seconds)
            if found := GO_ON.search(self._patiently(self._looked)):
                return html.unescape(found[1])
            seconds = min(seconds * _SLOWER, _SLOWEST)

    def _seen(self) -> str:
        return self.text

    def _looked(self) -> None:
        self.text = self._asked("GET", self.at, headers={"HX-Request": "true"}).text

    def _opened(self, path: str) -> None:
        self._arrived(self._asked("GET", path))

    def _followed(self, path: str) -> float:
        began = time.perf_counter()
        self._opened(path)
        return 1000 * (time.perf_counter() - began)

    def _sent(self, fields: Mapping[str, str]) -> float:
        forms = self.page.partition("<main")[2].split("<form")[1:]
        form = next(one for one in forms if all(f'name="{name}"' in one for name in fields))
        action = re.match(r'[^>]*? action="([^"]+)"', form)
        hidden = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form)
        data = {**fields, **{name: html.unescape(value) for name, value in hidden}}
        began = time.perf_counter()
        self._arrived(self._asked("POST", action[1] if action else self.at, data=data))
        return 1000 * (time.perf_counter() - began)

    def _arrived(self, answer: httpx.Response) -> None:
        self.at, self.text = answer.url.raw_path.decode(), answer.text

    def _asked(self, method: str, path: str, **sent: Mapping[str, str]) -> httpx.Response:
        try:
            answer = self.http.request(method, path, data=sent.get("data"), headers=sent.get("headers"))
        except httpx.TransportError as error:
            raise AwayError from error
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise AwayError
        return answer
