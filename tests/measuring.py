"""A pytest plugin: what makes tests slow for no gain is left out.

Until Python 3.14 the measuring of branches makes every test half as slow again. With `--cov` it is therefore done in
the tests that cover what must be covered to the last branch (folders `BESIDE`, and modules elsewhere that are marked
`measured`), and paused in all others; `--cov-everywhere` does it in all. Garbage is looked for seldom: what was
imported and collected lives to the end.
"""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sharing import folder_of

BESIDE = ("actions", "commands", "policy", "queries", "rules", "tasks")
YOUNG_OBJECTS, ROUNDS = 20_000, 10
"""After how many new objects young ones are looked at, and after how many such rounds older ones."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that measures everywhere."""
    parser.addoption("--cov-everywhere", action="store_true", help="measure coverage in all tests")


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark."""
    config.addinivalue_line("markers", "measured: covers rules, policy or actions from another folder")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave all that lives by now to itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, ROUNDS, ROUNDS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Pause the measuring around a test, with its fixtures, that lies elsewhere."""
    plugin: Any = item.config.pluginmanager.get_plugin("_cov")
    is_paused = (
        plugin is not None
        and plugin.cov_controller is not None
        and not item.config.getoption("cov_everywhere")
        and folder_of(item.nodeid) not in BESIDE
        and item.get_closest_marker("measured") is None
    )
    if not is_paused:
        return (yield)
    plugin.cov_controller.pause()
    try:
        return (yield)
    finally:
        plugin.cov_controller.resume()
