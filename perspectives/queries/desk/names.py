"""Whether there is what a filter of the desk names: a draft and what was retired are there too."""

from collections.abc import Mapping
from typing import Any, Final

from perspectives.models import Article, Source, Topic, User

_PLACES: Final[Mapping[str, tuple[Any, str]]] = {
    "article": (Article, "slug"),
    "person": (User, "username"),
    "source": (Source, "key"),
    "topic": (Topic, "slug"),
}


def missing(query: Mapping[str, str]) -> str:
    """Give the first parameter whose value nothing is called, '' if there is none; one query for each that names."""
    for parameter in sorted(query.keys() & _PLACES.keys()):
        model, column = _PLACES[parameter]
        if not model.objects.filter(**{column: query[parameter]}).exists():
            return parameter
    return ""
