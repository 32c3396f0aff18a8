"""A pytest plugin: real PostgreSQL and Valkey for the tests, unless DATABASE_URL and REDIS_URL are given.

They are started once, by the controlling process, before Django's settings are read; the workers of xdist inherit the
addresses, each with Valkey databases of its own. Run as `python -m pytest`, which finds this module.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATABASES_A_WORKER = 2
"""One for messages, the next for the cache."""
SECRET_KEY = "of the tests, which keep no secret"
PURE = ("tests/rules", "tests/policy")
"""Where nothing else is asked for, no engine is started: tests of these folders that wanted one would fail."""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the engines before pytest-django imports the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        use_own_databases(int(worker.removeprefix("gw")))
        return
    known = early_config.known_args_namespace
    if known.help or known.version:
        return
    if is_pure(known.file_or_dir):
        os.environ.setdefault("SECRET_KEY", SECRET_KEY)
        os.environ.setdefault("DEBATEKB_VAR", str(ROOT / "var" / "test"))
        return
    from tests.own_engines import OwnEngines  # after coverage has begun to measure

    engines = OwnEngines()
    early_config.add_cleanup(engines.stop)
    engines.start()


def is_pure(asked: Sequence[str]) -> bool:
    """Whether only tests are asked for that need no engine."""
    paths = [Path(one.split("::")[0]).resolve() for one in asked]
    return bool(paths) and all(any(path.is_relative_to(ROOT / pure) for pure in PURE) for path in paths)


def use_own_databases(number: int) -> None:
    """Give a worker of xdist Valkey databases that no other worker clears."""
    url = os.environ.get("TEST_VALKEY_URL")
    if url:
        os.environ["REDIS_URL"] = url.replace("virtual_host=0", f"virtual_host={(number + 1) * DATABASES_A_WORKER}")
