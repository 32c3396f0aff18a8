"""The whole system with few real topics, started once as `make run` starts it, and asked from outside."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus

import httpx
import pytest

from tests.receiver import Receiver, receiving
from tests.run.system import PATIENCE_SECONDS, System, free_port

LIMITS = ("API_ANONYMOUS_PER_MINUTE", "API_KEY_PER_MINUTE", "PAGES_PER_MINUTE")


@pytest.fixture(scope="package")
def receiver() -> Iterator[Receiver]:
    """A server to which the running system may send the messages of webhooks."""
    with receiving() as server:
        yield server


@pytest.fixture(scope="package")
def system(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[System]:
    """A running system without rate limits."""
    made = System(tmp_path_factory.mktemp("outside") / "var", free_port())
    with pytest.MonkeyPatch.context() as patch:
        for name in LIMITS:
            patch.setenv(name, "0")
        patch.setenv("WEBHOOK_INSIDE", receiver.origin)
        try:
            made.start()
            wait_for_the_dataset(f"http://127.0.0.1:{made.port}")
            yield made
        finally:
            made.remove()


@pytest.fixture(scope="package")
def service(system: System) -> str:
    """The address of the running system."""
    return f"http://127.0.0.1:{system.port}"


@pytest.fixture(scope="package")
def desk_key(system: System) -> str:
    """The key of a moderator of the running system, with all scopes."""
    return make_key(system, "outside")


@pytest.fixture(scope="package")
def draft(system: System) -> tuple[str, str]:
    """A draft that nothing else touches, and the key of the moderator who began it: its slug, the key."""
    return "throw-away", make_key(system, "examples", "throw-away")


def make_key(system: System, *words: str) -> str:
    """Make a moderator in the running system (tests/outside/desk_key.py), and return a key."""
    command = [sys.executable, "-m", "tests.outside.desk_key", *words]
    return subprocess.run(command, env=system.environment(), capture_output=True, text=True, check=True).stdout.strip()


def wait_for_the_dataset(address: str) -> None:
    """Wait until the worker has made what takes a moment after the first publication."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while httpx.get(f"{address}/api/v1/dataset/").status_code != HTTPStatus.OK:
        assert time.monotonic() < deadline, "no dataset was made"
        time.sleep(0.5)


@pytest.fixture(scope="session")
def described() -> dict:
    """The OpenAPI document."""
    from perspectives.api.schema.generator import openapi

    return json.loads(json.dumps(openapi()))
