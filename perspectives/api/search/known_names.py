"""Whether there is what a filter names or asks for: looked up only where that may be amiss, so others cost no more.

That is where a list is empty, and where one parameter gives several names, of which one may be nobody's.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from rapidfuzz import process

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.queries.publication import published
from perspectives.queries.search import claim_search, question_reading

_MOST: Final = 20
Names = Callable[[Collection[str]], Iterable[str]]
"""Gives those of some names that are published, or all where none are given."""


def _column(rows: Callable[[], QuerySet[Any]], column: str) -> Names:
    """Look for the names in a column."""

    def names(some: Collection[str]) -> Iterable[str]:
        found = rows().filter(**{f"{column}__in": some}) if some else rows()
        return found.order_by().values_list(column, flat=True).distinct()

    return names


_CLAIMS: Final = _column(published.claims, "public_id")
_PEOPLE: Final = _column(published.people, "slug")
_NAMES: Final[Mapping[str, tuple[str, Names]]] = {
    "topic": ("topic", _column(published.topics, "slug")),
    "article": ("article", _column(published.articles, "slug")),
    "tag": ("tag", lambda _some: published.tags()),
    "source": ("source", _column(published.sources, "key")),
    "language": ("language", _column(published.sources, "language")),
    "holder": ("person", _PEOPLE),
    "stated_by": ("person", _PEOPLE),
    "claim": ("claim", _CLAIMS),
    "id": ("claim", _CLAIMS),
}
"""Query parameter -> what it names, and the names that there are."""
_OF_ROWS: Final = "id"
"""Names the rows themselves: where as many are found, none is missing."""


def check(query: Mapping[str, str], *, found: int = 0) -> None:
    """Raise RefusedError if a parameter names what is not published (with the nearest names), or asks without a word.

    `found` rows show that each parameter with one name names something; only those with several are looked up then. One
    query for each parameter that is.
    """
    for parameter in sorted(query.keys() & _NAMES.keys()):
        given = query[parameter].split(",")
        if not found or (len(given) > 1 and not (parameter == _OF_ROWS and found >= len(given))):
            _check_names(parameter, given)
    if not found:
        check_words(query)


def check_words(query: Mapping[str, str]) -> None:
    """Raise RefusedError if a search has nothing that could be found, such as `---`."""
    why = claim_search.note(question_reading.understand(query["q"])) if "q" in query else None
    if why:
        raise RefusedError(problems.INVALID_PARAMETER, why, parameter="q")
    if not any(character.isalnum() for character in query.get("name", "x")):
        sentence = "'name' has no letter and no digit; give a part of a name."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="name")


def _check_names(parameter: str, given: Sequence[str]) -> None:
    what, names = _NAMES[parameter]
    known = set(names(given))
    for name in given:
        if name not in known:
            _refuse(parameter, what, name, sorted(names(())))


def _refuse(parameter: str, what: str, name: str, known: list[str]) -> None:
    nearest = [one for one, _score, _place in process.extract(name, known, limit=_MOST)]
    sentence = f"'{parameter}' is '{name}', but no {what} of this name is published; `known` lists names most like it."
    raise RefusedError(problems.NOT_FOUND, sentence, parameter=parameter, known=nearest)
