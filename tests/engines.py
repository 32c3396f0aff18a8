"""A pytest plugin: real PostgreSQL and Valkey for the tests, unless DATABASE_URL and REDIS_URL are given.

They are started once, by the controlling process, before Django's settings are read; the workers of xdist inherit the
addresses, each with Valkey databases of its own. Run as `python -m pytest`, which finds this module.
"""

import os

import pytest

DATABASES_A_WORKER = 2
"""One for messages, the next for the cache."""


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
    from tests.own_engines import OwnEngines

    engines = OwnEngines()
    early_config.add_cleanup(engines.stop)
    engines.start()


def use_own_databases(number: int) -> None:
    """Give a worker of xdist Valkey databases that no other worker clears."""
    url = os.environ.get("TEST_VALKEY_URL")
    if url:
        os.environ["REDIS_URL"] = url.replace("virtual_host=0", f"virtual_host={(number + 1) * DATABASES_A_WORKER}")
