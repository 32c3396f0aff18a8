"""Somebody who writes over HTTP, and sends a write whose answer was lost again until an answer tells."""

import random
import threading
import time
from collections.abc import Mapping
from typing import Any, Self

import httpx

from tests.run.crash.journal import Journal, Outcome, Write

ANSWER_SECONDS = 4.0
GIVE_UP_SECONDS = 90.0
OK, FOUND, REFUSED, TOO_MANY, ERROR = 200, 302, 400, 429, 500
API = "/api/v1/"


class NeverAnsweredError(Exception):
    """Nobody answered for `GIVE_UP_SECONDS`."""


class Client:
    """One person's program, with a key, or browser, with a session; each thread has its own."""

    def __init__(self, address: str, who: str, secret: str, journal: Journal) -> None:
        self.who = who
        self.journal = journal
        self.rng = random.Random(f"{journal.seed} {who} {threading.get_ident()}")
        self.http = httpx.Client(base_url=address, timeout=ANSWER_SECONDS, trust_env=False)
        if who.startswith("session"):
            self.http.cookies.set("session", secret)
        elif secret:
            self.http.headers["Authorization"] = f"Bearer {secret}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def read(self, path: str) -> httpx.Response:
        """Ask until there is an answer of 200."""
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while True:
            try:
                answer = self.http.get(path)
            except httpx.TransportError:
                pass
            else:
                if answer.status_code == OK:
                    return answer
                if answer.status_code < ERROR and answer.status_code != TOO_MANY:
                    raise NeverAnsweredError(f"{path}: {answer.status_code} {answer.text[:300]}")
            self.wait(deadline, path)

    def send(self, write: Write, method: str, path: str, *, version: str | None = None, **what: Any) -> Write:
        """Send a write of the API, the same again while its answer is unknown; `version` is the ETag to be matched."""
        headers = {} if version is None else {"If-Match": version} if version else {"If-None-Match": "*"}
        return self._until_known(write, method, path, headers, **what)

    def submit(self, write: Write, path: str, fields: Mapping[str, str]) -> Write:
        """Send a form as a browser does; done is what leads on."""
        self.read(path)
        token = {"X-CSRFToken": self.http.cookies.get("csrf", ""), "Sec-Fetch-Site": "same-origin"}
        return self._until_known(write, "POST", path, token, is_form=True, data=dict(fields))

    def _until_known(
        self, write: Write, method: str, path: str, headers: Mapping[str, str], *, is_form: bool = False, **what: Any
    ) -> Write:
        write.first_sent = time.monotonic()
        deadline = write.first_sent + GIVE_UP_SECONDS
        while write.outcome is Outcome.UNKNOWN:
            write.tries += 1
            try:
                answer = self.http.request(method, path, headers=headers, **what)
            except httpx.TransportError as error:
                write.lost.append(type(error).__name__)
            else:
                write.answer = f"{answer.status_code} {answer.headers.get('Location', '')} {answer.text[:300]}"
                write.outcome = outcome(answer, is_form=is_form, tries=write.tries)
                if write.outcome is Outcome.UNKNOWN:
                    write.lost.append(str(answer.status_code))
            if write.outcome is Outcome.UNKNOWN:
                self.wait(deadline, write.marker)
        write.acknowledged = time.monotonic()
        return write

    def wait(self, deadline: float, what: str) -> None:
        """Rest a moment. Raises NeverAnsweredError after the deadline."""
        if time.monotonic() > deadline:
            raise NeverAnsweredError(f"{what}: no answer in {GIVE_UP_SECONDS:.0f} s")
        time.sleep(self.rng.uniform(0.1, 0.4))


def outcome(answer: httpx.Response, *, is_form: bool, tries: int) -> Outcome:
    """Tell what an answer says of a write that was sent so often."""
    status = answer.status_code
    if status >= ERROR or status == TOO_MANY:
        return Outcome.UNKNOWN
    is_done = status == FOUND and "sign-in" not in answer.headers["Location"] if is_form else status < FOUND
    if is_done:
        return Outcome.ACKNOWLEDGED
    return Outcome.REFUSED if tries == 1 else Outcome.DONE_BEFORE
