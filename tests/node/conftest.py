"""Programs of the Node world, to which our output is given."""

import pytest

from tests.node.install import run


@pytest.fixture(scope="session")
def node():
    """A function that runs a script of this folder: (its path, its input) -> what it writes."""
    return run
