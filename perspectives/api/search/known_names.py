"""Whether there is what a filter names: asked only where a list comes back short, so that others cost no more."""

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import process

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.queries.publication import published

_MOST = 20
_NAMES: Mapping[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "topic": ("topic", lambda: published.topics().values_list("slug", flat=True)),
    "article": ("article", lambda: published.articles().values_list("slug", flat=True)),
    "tag": ("tag", published.tags),
    "source": ("source", lambda: published.sources().values_list("key", flat=True)),
    "holder": ("person", lambda: published.people().values_list("slug", flat=True)),
    "stated_by": ("person", lambda: published.people().values_list("slug", flat=True)),
    "claim": ("claim", lambda: published.claims().values_list("public_id", flat=True)),
    "id": ("claim", lambda: published.claims().values_list("public_id", flat=True)),
}
"""Query parameter -> what it names, and all names that there are."""


def check(query: Mapping[str, str]) -> None:
    """Raise RefusedError, with the nearest names, if a parameter names something that is not published."""
    for parameter in query.keys() & _NAMES.keys():
        what, names = _NAMES[parameter]
        known = set(names())
        for name in query[parameter].split(","):
            if name not in known:
                _refuse(parameter, what, name, sorted(known))


def _refuse(parameter: str, what: str, name: str, known: list[str]) -> None:
    nearest = [one for one, _score, _place in process.extract(name, known, limit=_MOST)]
    sentence = f"'{parameter}' is '{name}', but no {what} of this name is published; `known` lists names most like it."
    raise RefusedError(problems.NOT_FOUND, sentence, parameter=parameter, known=nearest)
