"""A table of broken packs: the valid folder of `tests/factories.py`, each time with one mistake.

Each row names the file, the path in it and a distinctive part of the sentence that must be reported, and nothing else
may be. The tests of loading run the same table to see that nothing is written.
"""

from tests.rules.broken.files import FOLDERS, UNREADABLE
from tests.rules.broken.references import REFERENCES
from tests.rules.broken.rows import Broken
from tests.rules.broken.shapes import SHAPES, TEXTS
from tests.rules.broken.values import QUOTATIONS, VALUES

__all__ = ["BROKEN", "Broken"]

BROKEN: list[Broken] = [*UNREADABLE, *FOLDERS, *SHAPES, *TEXTS, *VALUES, *QUOTATIONS, *REFERENCES]
