"""Random values of documents: texts that YAML and databases like to trip over, slugs, dates, identifiers."""

import calendar
import string
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from hypothesis import strategies as st

Value = TypeVar("Value")

TRICKY = r"""
no yes on off null Null ~ true False 1 007 1e3 0x1F 0o17 1_000 -1 +1 .5 .inf .nan 12:30:45 2014 2014-02-30 = <<
- -- --- ... ? : :: a: :b # #b a#b & &a * *a ! !a !! | |- > >- @ ` % %YAML { } {} [ ] [a] , ,a '' "" \ \n ' " a'b
/* </script> <b> &amp; ${x} {{x}} %s $1 NULL None undefined -0 1. é ß ﬀ İ Київ Росія العربية עברית 中文 日本語
한국어 हिन्दी ไทย ქართული Ελλάδα 🙂 👩 ½ № « » … — “ ” ∑ 𐍈
""".split()  # noqa: SIM905 - a list of so many literals would be unreadable
HARD_SPACE = "a\u00a0b"

_ALPHABET = st.characters(exclude_categories=["C", "Z"])


def words() -> st.SearchStrategy[list[str]]:
    """Make the words of a line."""
    random = st.text(_ALPHABET, min_size=1, max_size=6)
    return st.lists(st.sampled_from([*TRICKY, HARD_SPACE]) | random.map(_composed), min_size=1, max_size=9)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def slugs(*, least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Make different slugs, also such as YAML would take for something else."""
    tricky = st.sampled_from(["no", "null", "true", "1", "007", "1e3", "0x1f", "2014-01-01", "y", "a-b", "x" * 80])
    random = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    return st.lists(tricky | random, min_size=least, max_size=most, unique=True)


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Make a date known to the year, the month or the day."""
    year, month = draw(st.integers(1, 9999)), draw(st.integers(0, 12))
    day = draw(st.integers(0, calendar.monthrange(year, month)[1])) if month else 0
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


@st.composite
def isbns(draw: st.DrawFn) -> str:
    """Make an ISBN-13 with or without hyphens, or an ISBN-10."""
    digits = f"{draw(st.integers(0, 999_999_999)):09}"
    if draw(st.booleans()):
        check = sum((10 - place) * int(digit) for place, digit in enumerate(digits)) * 10 % 11
        return digits + "0123456789X"[check]
    number = "978" + digits
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number)) % 10
    return f"978-{digits}-{check}" if draw(st.booleans()) else f"{number}{check}"


def languages() -> st.SearchStrategy[str]:
    """Make a language tag in its standard form."""
    return st.sampled_from(["en", "no", "uk", "ru", "de-CH", "zh-Hant", "sr-Latn", "en-GB", "mul", "und", "pt-BR"])


def one(draw: st.DrawFn, values: Iterable[Value]) -> Value:
    """Choose one."""
    return draw(st.sampled_from(list(values)))


def some(draw: st.DrawFn, values: Iterable[Value], *, least: int = 0, most: int = 3) -> list[Value]:
    """Choose some, each once, in any order."""
    choice = list(values)
    if not choice:
        return []
    return draw(st.lists(st.sampled_from(choice), min_size=least, max_size=max(most, least), unique=True))


def maybe(draw: st.DrawFn, make: Callable[[], Value]) -> Value | None:
    """Make a value, or none."""
    return make() if draw(st.booleans()) else None
