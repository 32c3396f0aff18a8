"""Pandoc's document tree, as its JSON: built from words, so that nothing in them can become markup.

A class says what something is. EPUB has it as a class, DOCX as the style `Debate …`; to Typst, which knows no
classes, it goes as a call of the function of that name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

Node = dict[str, Any]
"""An inline or a block: `t` is its kind, `c` its content."""
Nodes = list[Node]

_API_VERSION = (1, 23, 1)
_PLAIN = ["", [], []]
_SHORTHAND = re.compile(r"(?<=-)(?=[?\d])|(?<=\.)(?=\.)")
"""Where Typst would put a soft hyphen, a minus or an ellipsis in place of characters that pandoc does not escape."""


def document(blocks: Nodes, meta: Mapping[str, str]) -> Node:
    """Join blocks to a document with metadata of plain words."""
    return {
        "pandoc-api-version": list(_API_VERSION),
        "meta": {name: {"t": "MetaInlines", "c": text(words)} for name, words in meta.items()},
        "blocks": blocks,
    }


def text(words: str) -> Nodes:
    """Write words; only plain spaces part them, so that other white space stays what it is."""
    parts = (_word(word) for word in words.split(" "))
    first = next(parts)
    return [*first, *chain.from_iterable([{"t": "Space"}, *part] for part in parts)]


def _word(word: str) -> Nodes:
    first, *others = _SHORTHAND.split(word)
    made = [_string(first)] if first else []
    return [*made, *chain.from_iterable((_typst("#[]"), _string(part)) for part in others)]


def _string(characters: str) -> Node:
    return {"t": "Str", "c": characters}


def emphasis(inlines: Nodes) -> Node:
    """Emphasise."""
    return {"t": "Emph", "c": inlines}


def strong(words: str) -> Node:
    """Write words in bold."""
    return {"t": "Strong", "c": text(words)}


def link(inlines: Nodes, address: str) -> Node:
    """Let inlines lead to an address, or with `#name` to the block of that name."""
    return {"t": "Link", "c": [_PLAIN, inlines, [address, ""]]}


def span(name: str, inlines: Nodes) -> Node:
    """Say by a class what inlines are."""
    # The semicolon ends the call: without it a bracket or a dot that follows would be read as part of it.
    return {"t": "Span", "c": [_attributes(name), [_typst(f"#{name}["), *inlines, _typst("];")]]}


def paragraph(*inlines: Node) -> Node:
    """Make a paragraph."""
    return {"t": "Para", "c": list(inlines)}


def paragraphs(words: str) -> Iterator[Node]:
    """Make a paragraph of each piece between empty lines."""
    for piece in re.split(r"\n{2,}", words):
        yield paragraph(*text(" ".join(piece.split("\n"))))


def heading(level: int, words: str) -> Node:
    """Make a heading."""
    return {"t": "Header", "c": [level, _PLAIN, text(words)]}


def division(name: str, blocks: Nodes, identifier: str = "") -> Node:
    """Say by a class what blocks are; links lead to them by the identifier."""
    called = [_typst(f"#{name}[", kind="RawBlock"), *blocks, _typst("]", kind="RawBlock")]
    return {"t": "Div", "c": [_attributes(name, identifier), called]}


def new_page(*, is_front: bool = False) -> Node:
    """Go on with a new page, or the next front page of paper printed on both sides; nothing at the start of a file."""
    side = ', to: "odd"' if is_front else ""
    return _typst(f"#pagebreak(weak: true{side})", kind="RawBlock")


def numbered(items: Iterable[Nodes]) -> Node:
    """List blocks with numbers, one item each."""
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], list(items)]}


def bullets(items: Iterable[Nodes]) -> Node:
    """List blocks, one item each."""
    return {"t": "BulletList", "c": list(items)}


def table(head: Sequence[Nodes], rows: Iterable[Sequence[Nodes]]) -> Node:
    """Make a table of cells, each a list of blocks, in columns of one width."""
    column = [{"t": "AlignLeft"}, {"t": "ColWidth", "c": 1 / len(head)}]
    body = [_PLAIN, 0, [], [_row(row) for row in rows]]
    return {"t": "Table", "c": [_PLAIN, [None, []], [column] * len(head), [_PLAIN, [_row(head)]], [body], [_PLAIN, []]]}


def _row(cells: Sequence[Nodes]) -> list[Any]:
    return [_PLAIN, [[_PLAIN, {"t": "AlignDefault"}, 1, 1, blocks] for blocks in cells]]


def _attributes(name: str, identifier: str = "") -> list[Any]:
    return [identifier, [name], [["custom-style", f"Debate {name}"]]]


def _typst(code: str, kind: str = "RawInline") -> Node:
    return {"t": kind, "c": ["typst", code]}
