"""A pytest plugin: how the workers of xdist share the tests.

Tests that use one system, or other things that are dear to start, stay together on one worker; all others go to
whichever worker is free. xdist has the mark `xdist_group` for that, but its release 3.8 writes the group into
`_nodeid`, which pytest 9.2 does not read any more, and then ignores the groups without a word. So the units
are told by where a test lies. Long folders begin.
"""

from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST: Final = ("outside", "run", "browser", "node", "clients", "tasks", "examples")
"""Folders of long tests, longest first, so that no worker begins one when the others have ended."""
WHOLE: Final = ("outside",)
"""Folders whose modules share one system."""
BY_MODULE: Final = ("clients", "node", "run")
"""Folders in which each module starts what is its own."""


def folder_of(nodeid: str) -> str:
    """Name the folder below `tests` in which a test lies."""
    words = nodeid.split("::", maxsplit=1)[0].split("/")
    return words[1] if len(words) > 2 else "."


def unit_of(nodeid: str) -> str:
    """Name what one worker runs from its beginning to its end: a folder, a module or a test."""
    folder = folder_of(nodeid)
    if folder in WHOLE:
        return folder
    return nodeid.split("::", maxsplit=1)[0] if folder in BY_MODULE else nodeid


class Units(LoadScopeScheduling):
    """Gives units to workers as they become free."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Units:
    """Share units, whatever `--dist` says, in the order of the collection."""
    config.option.loadscopereorder = False
    return Units(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put folders of long tests first, after pytest-randomly has shuffled."""
    places = {folder: place for place, folder in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(folder_of(item.nodeid), len(FIRST)))
