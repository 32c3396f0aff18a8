"""By what a reader narrows the topics of the home page: a tag, a decade, words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from perspectives.errors import NotFoundError
from perspectives.rules.search.search_entries import bare
from perspectives.web.http import parameters
from perspectives.web.http.view_decorators import BadQueryError, query_text, query_value

MAX_CHARACTERS = 100
_YEAR = 4
_DECADE = 10


@dataclass(frozen=True)
class Decade:
    """Ten years, told by the first, and how many topics reach into them."""

    year: int
    topics: int


@dataclass(frozen=True)
class Narrowing:
    """What was chosen; what is empty narrows nothing."""

    tag: str = ""
    decade: int | None = None
    text: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.tag or self.decade is not None or self.text)

    @property
    def beside_tag(self) -> str:
        """What was chosen besides the tag, to be written behind another tag in an address."""
        others = {"text": self.text, "decade": self.decade}
        given = urlencode({name: value for name, value in others.items() if value not in ("", None)})
        return f"&{given}" if given else ""

    def keeps(self, summary: Mapping[str, Any]) -> bool:
        """Tell whether a topic stays: it has the tag, reaches into the decade, and has every word somewhere."""
        if self.tag and self.tag not in summary["tags"]:
            return False
        if self.decade is not None and self.decade not in _decades(summary):
            return False
        written = _written(summary) if self.text else ""
        return all(word in written for word in bare(self.text).split())


def read(request: HttpRequest, summaries: Iterable[Mapping[str, Any]]) -> Narrowing:
    """Read what was chosen. Raises BadQueryError, and NotFoundError for a tag or a decade that no topic has."""
    known = list(summaries)
    return Narrowing(
        tag=parameters.tag(request, known={tag for summary in known for tag in summary["tags"]}),
        decade=_decade(request, known),
        text=query_text(request, "text", longest=MAX_CHARACTERS),
    )


def decades(summaries: Iterable[Mapping[str, Any]]) -> tuple[Decade, ...]:
    """List the decades into which topics reach, the earliest first."""
    counts = Counter(decade for summary in summaries for decade in _decades(summary))
    return tuple(Decade(year, counts[year]) for year in sorted(counts))


def _decade(request: HttpRequest, summaries: Iterable[Mapping[str, Any]]) -> int | None:
    value = query_value(request, "decade")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) == _YEAR and value.endswith("0")):
        raise BadQueryError(f"'{value}' is no decade: give its first year, such as 1990.")
    if not any(int(value) in _decades(summary) for summary in summaries):
        raise NotFoundError(f"No published topic reaches into the {value}s.")
    return int(value)


def _decades(summary: Mapping[str, Any]) -> range:
    first, last = (int(summary["period"][end][:_YEAR]) for end in ("start", "end"))
    return range(first - first % _DECADE, last + 1, _DECADE)


def _written(summary: Mapping[str, Any]) -> str:
    labels = (position["label"] for position in summary["positions"])
    return bare(" ".join((summary["title"], summary["question"], *labels)))
