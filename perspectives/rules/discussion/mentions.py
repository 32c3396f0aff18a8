"""Mentions in comments: written as `@username`, kept as `@[number]`, so that no name outlives its account."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

LONGEST: Final = 3000
"""How many characters a comment may have."""
_WRITTEN: Final = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
_KEPT: Final = re.compile(r"@\[(\d{1,18})\]")
_END: Final = ".@+-_"
"""Characters of user names that also end sentences."""


class Mentions(NamedTuple):
    """A comment as it is kept, whom it mentions, and names after an @ that are nobody's."""

    text: str
    people: frozenset[int]
    unknown: tuple[str, ...]


def kept(text: str, people: Mapping[str, int]) -> Mentions:
    """Put numbers in the place of the names of `people` (user name -> number of the account), whatever their case."""
    numbers = {name.casefold(): number for name, number in people.items()}
    found: set[int] = set()
    unknown: dict[str, None] = {}

    def replace(match: re.Match[str]) -> str:
        written = match[1]
        name = written if written.casefold() in numbers else written.rstrip(_END)
        number = numbers.get(name.casefold())
        if number is None:
            if name:
                unknown[name] = None
            return match[0]
        found.add(number)
        return f"@[{number}]{written[len(name) :]}"

    # Who writes the form in which mentions are kept means nobody by it.
    plain = text.replace("@[", "@ [")
    return Mentions(_WRITTEN.sub(replace, plain), frozenset(found), tuple(unknown))


def mentioned(text: str) -> set[int]:
    """Give the numbers of those whom a kept text mentions."""
    return {int(number) for number in _KEPT.findall(text)}


def shown(text: str, names: Mapping[int, str]) -> str:
    """Write a kept text with user names again (number of the account -> user name)."""
    return _KEPT.sub(lambda match: f"@{names.get(int(match[1]), 'nobody')}", text)
