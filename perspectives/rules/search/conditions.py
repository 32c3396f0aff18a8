"""From a question that was understood to conditions, in the form of a `tsquery`: all of it, most of it, some of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from perspectives.rules.search.terms import Term, Understood

ALL, MOST, SOME = "all", "most", "some"
_FEWEST_FOR_MOST = 3
"""Of how many words on "most of them" is more than some and less than all."""
_MOST_OF = 8
"""Of how many words at most one may be missing: of more, the shortest way to say so would be long."""
_NEIGHBOURS = re.compile(r"<(?:-|\d+)>")


@dataclass(frozen=True)
class Tier:
    """A condition, and how much of the question it asks for."""

    covers: str
    query: str

    @property
    def indexable(self) -> str:
        """What of it an index can answer: no index knows which words are neighbours."""
        return _NEIGHBOURS.sub("&", self.query)


def tiers(asked: Understood) -> list[Tier]:
    """List the conditions from the strictest to the loosest; each finds at least what the one before finds.

    Words that nothing has are left out of the looser ones. Exclusions stand in all.
    """
    found = [Tier(ALL, " | ".join(_strict(asked)))]
    known = asked.known
    ways = _most(known, is_all_new=bool(asked.unknown or asked.phrases)) if len(known) > 1 else []
    if ways:
        found.append(Tier(MOST, _without(asked, " | ".join(ways))))
    if known:
        found.append(Tier(SOME, _without(asked, " | ".join(term.any for term in known))))
    return [tier for place, tier in enumerate(found) if tier.query not in {other.query for other in found[:place]}]


def _strict(asked: Understood) -> Iterator[str]:
    for choice in sorted({term.choice for term in (*asked.terms, *asked.phrases)}):
        wanted = [term.any for term in (*asked.phrases, *asked.terms) if term.choice == choice and not term.is_quoted]
        avoided = [f"!{term.any}" for term in asked.excluded if term.choice == choice]
        yield f"({' & '.join([*wanted, *avoided])})"


def _most(known: Sequence[Term], *, is_all_new: bool) -> list[str]:
    """List the ways in which most of the words can stand together."""
    if _FEWEST_FOR_MOST <= len(known) <= _MOST_OF:
        return [_together(some) for some in combinations(known, len(known) - 1)]
    return [_together(known)] if is_all_new else []


def _together(terms: Sequence[Term]) -> str:
    return f"({' & '.join(term.any for term in terms)})"


def _without(asked: Understood, wanted: str) -> str:
    return f"({wanted})" + "".join(f" & !{term.any}" for term in asked.excluded)
