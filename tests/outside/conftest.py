"""The whole system with its real content, started once a process as `make run` starts it, and asked from outside."""

import json
from collections.abc import Iterator

import pytest

from tests.run.system import System, free_port

LIMITS = ("API_ANONYMOUS_PER_MINUTE", "API_KEY_PER_MINUTE")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running system without rate limits."""
    made = System(tmp_path_factory.mktemp("outside") / "var", free_port())
    with pytest.MonkeyPatch.context() as patch:
        for name in LIMITS:
            patch.setenv(name, "0")
        try:
            made.start()
            yield f"http://127.0.0.1:{made.port}"
        finally:
            if made.process is not None and made.process.poll() is None:
                made.process.terminate()
                made.process.wait(timeout=60)
            made.run("--clean")


@pytest.fixture(scope="session")
def described() -> dict:
    """The OpenAPI document."""
    from perspectives.api.schema import openapi  # noqa: PLC0415 - Django must have been set up

    return json.loads(json.dumps(openapi()))
