"""Random values of documents: texts that YAML and databases like to trip over, slugs, dates, identifiers.

Hypothesis makes (and shrinks) the texts; all other choices come from a generator that it seeds, for speed.
"""

import calendar
import string
import unicodedata
from collections.abc import Callable, Iterable
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

Value = TypeVar("Value")

_TRICKY = r"""
no yes on off null Null ~ true False 1 007 1e3 0x1F 0o17 1_000 -1 +1 .5 .inf .nan 12:30:45 2014 2014-02-30 = <<
- -- --- ... ? : :: a: :b # #b a#b & &a * *a ! !a !! | |- > >- @ ` % %YAML { } {} [ ] [a] , ,a '' "" \ \n ' " a'b
/* </script> <b> &amp; ${x} {{x}} %s $1 NULL None undefined -0 1. é ß ﬀ İ Київ Росія العربية עברית 中文 日本語
한국어 हिन्दी ไทย ქართული Ελλάδα 🙂 👩 ½ № « » … — “ ” ∑ 𐍈
"""
TRICKY = _TRICKY.split()
HARD_SPACE = "a\u00a0b"

_ALPHABET = st.characters(exclude_categories=["C", "Z"])
_SLUGS = ("no", "null", "true", "1", "007", "1e3", "0x1f", "2014-01-01", "y", "a-b", "x" * 80)
_LANGUAGES = ("en", "no", "uk", "ru", "de-CH", "zh-Hant", "sr-Latn", "en-GB", "mul", "und", "pt-BR")


def words() -> st.SearchStrategy[list[str]]:
    """Make the words of a line."""
    anything = st.text(_ALPHABET, min_size=1, max_size=6).map(lambda text: unicodedata.normalize("NFC", text))
    return st.lists(st.sampled_from([*TRICKY, HARD_SPACE]) | anything, min_size=1, max_size=9)


def slugs(draw: Random, *, least: int, most: int) -> list[str]:
    """Make different slugs, also such as YAML would take for something else."""
    letters = string.ascii_lowercase + string.digits
    found: dict[str, None] = {}
    for _ in range(draw.randint(least, most)):
        anything = "".join(draw.choices(letters, k=draw.randint(1, 8)))
        found[one(draw, (draw.choice(_SLUGS), anything))] = None
    return list(found)


def date(draw: Random) -> str:
    """Make a date known to the year, the month or the day."""
    year, month = draw.randint(1, 9999), draw.randint(0, 12)
    day = draw.randint(0, calendar.monthrange(year, month)[1]) if month else 0
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def isbn(draw: Random) -> str:
    """Make an ISBN-13 with or without hyphens, or an ISBN-10."""
    digits = f"{draw.randint(1, 999_999_999):09}"
    if draw.random() < 0.5:
        check = sum((10 - place) * int(digit) for place, digit in enumerate(digits)) * 10 % 11
        return digits + "0123456789X"[check]
    number = "978" + digits
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number)) % 10
    return one(draw, (f"978-{digits}-{check}", f"{number}{check}"))


def language(draw: Random) -> str:
    """Make a language tag in its standard form."""
    return one(draw, _LANGUAGES)


def one(draw: Random, values: Iterable[Value]) -> Value:
    """Choose one."""
    return draw.choice(list(values))


def some(draw: Random, values: Iterable[Value], *, least: int = 0, most: int = 3) -> list[Value]:
    """Choose some, each once, in any order."""
    choice = list(values)
    return draw.sample(choice, draw.randint(min(least, len(choice)), min(max(most, least), len(choice))))


def maybe(draw: Random, make: Callable[[], Value]) -> Value | None:
    """Make a value, or none."""
    return make() if draw.random() < 0.5 else None
