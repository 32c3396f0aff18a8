"""References formatted by pandoc on demand; what was made once is cached by its content."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from redis import RedisError

from perspectives.clients import citation_styles, pandoc
from perspectives.errors import NotFoundError, NotPossibleError
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.sources.csl import csl_item
from perspectives.valkey import cache

Sources = Mapping[str, Mapping[str, Any]]
"""Source records (plain data) by citekey."""
Made = TypeVar("Made")
CACHE_SECONDS = 30 * 24 * 3600
_LOGGER = logging.getLogger(__name__)


def styles() -> Mapping[str, str]:
    """List the installed CSL styles: title by name."""
    return citation_styles.styles()


class StyleNotFoundError(NotFoundError):
    """No style that lists references has this name; `nearest` lists the names that come closest."""

    def __init__(self, message: str, nearest: Sequence[str]) -> None:
        super().__init__(message)
        self.nearest = nearest


def check_style(name: str) -> None:
    """Raise StyleNotFoundError unless the style is installed and has a list of references."""
    try:
        citation_styles.file_with_rules(name)
    except citation_styles.UnknownStyleError as error:
        raise StyleNotFoundError(str(error), error.nearest) from error


def formatted(sources: Sources, style: str) -> dict[str, list[pandoc.Run]]:
    """Format sources in a CSL style: citekey -> runs. The style must be installed. Raises NotPossibleError."""
    return _made("reference-list", sources, style, lambda items: pandoc.references(items, style=style))


def biblatex(sources: Sources) -> str:
    """Write sources as BibLaTeX. Raises NotPossibleError."""
    return _made("biblatex", sources, "", pandoc.biblatex)


def bibtex(sources: Sources) -> str:
    """Write sources as BibTeX, as it was before BibLaTeX. Raises NotPossibleError."""
    return _made("bibtex", sources, "", pandoc.bibtex)


def _made(kind: str, sources: Sources, style: str, make: Callable[[list[dict[str, Any]]], Made]) -> Made:
    """Take from the cache what was made of the same sources, or make and cache it; without Valkey, just make it."""
    items = [csl_item(key, record) for key, record in sources.items()]
    found: Made | None = None
    name = f"{kind}:{style}:{sha256(canonical_json(items))}"
    try:
        found = cache.get(name)
    except RedisError:
        _LOGGER.warning("The cache is away; references are made anew.")
    if found is None:
        try:
            found = make(items)
        except pandoc.PandocError as error:
            raise NotPossibleError(f"The references could not be formatted: {error}") from error
        _put(name, found)
    return found


def _put(name: str, made: Any) -> None:
    try:
        cache.set(name, made, CACHE_SECONDS)
    except RedisError:
        _LOGGER.warning("The cache is away; references are not cached.")
