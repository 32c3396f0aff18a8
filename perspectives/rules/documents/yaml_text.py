"""YAML text to plain data and back, for packs that strangers may have written.

Reading builds lists, mappings and texts only: every scalar stays the text that stands in the file, so no date, number
or `no` is ever turned into something else. Anchors, aliases and tags are refused, so a document cannot grow or loop.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from perspectives.rules.documents.problems import Path, shown

MAX_BYTES = 2_000_000
"""The largest pack in bytes; the largest of the first article's packs has about 260,000."""
MAX_DEPTH = 20
"""The deepest nesting; packs need 7."""
MAX_VALUES = 100_000
"""The most values in a pack; the largest of the first article's packs has about 10,000."""
_LINE_WIDTH = 110
_NO_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 does not allow; the mark of byte order is allowed at the start only, where it is cut off."""

_TO_ESCAPE = re.compile("[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that YAML does not allow, or takes for the end of a line."""


class UnreadableError(Exception):
    """The text is not YAML of the allowed kind; the message says how to mend it, `line` counts from 1 (0: unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Tree:
    """Plain data with the line on which each value begins."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Give the line of `path`, or of the nearest part of the document that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read(content: bytes) -> Tree:
    """Parse one document. Raises UnreadableError with the line for anything but plain lists, mappings and texts."""
    builder = _Builder()
    try:
        for event in yaml.parse(_decoded(content), Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", -1) + 1
        message = f"is not YAML: {error.problem}; correct the line, or put the text on it in quotes"
        raise UnreadableError(message, line) from None
    if not builder.tree.lines:
        raise UnreadableError("is empty; write the pack, or remove the file")
    return builder.tree


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"has {len(content):,} bytes; split it, the limit is {MAX_BYTES:,}")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"is not UTF-8 at byte {error.start}; save the file as UTF-8", line) from None
    if match := _NO_YAML.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise UnreadableError(f"contains U+{ord(match[0]):04X}, which YAML does not allow; remove the character", line)
    return text


class _Builder:
    """Builds the data from parser events without recursion; refuses what plain documents do not need."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.stack: list[tuple[Any, Path]] = []
        self.key: str | None = None
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._refuse(event, line)
            self._scalar(event.value, line)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._refuse(event, line)
            self._open({} if kind is yaml.MappingStartEvent else [], line)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.key = None
        elif kind is yaml.AliasEvent:
            self._refuse(event, line)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise UnreadableError("holds a second document; keep one document a file and remove '---'", line)

    def _refuse(self, event: Any, line: int) -> None:
        if event.anchor:
            raise UnreadableError("uses an anchor or alias (& or *); write the value out", line)
        if (tag := getattr(event, "tag", None)) not in {None, "!"}:
            name = shown(str(tag).replace("tag:yaml.org,2002:", "!!"))
            raise UnreadableError(f"uses the tag {name}; remove it, packs hold plain text only", line)

    def _scalar(self, value: str, line: int) -> None:
        parent = self.stack[-1][0] if self.stack else None
        if not isinstance(parent, dict) or self.key is not None:
            self._put(value, line)
        elif value in parent:
            raise UnreadableError(f"has the field '{shown(value)}' twice; remove one", line)
        else:
            self.key = value

    def _open(self, container: dict[str, Any] | list[Any], line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise UnreadableError(f"is nested more than {MAX_DEPTH} deep; flatten it", line)
        self.stack.append((container, self._put(container, line)))

    def _put(self, value: Any, line: int) -> Path:
        """Put a value where it belongs and give its path."""
        path: Path = ()
        if not self.stack:
            self.tree.data = value
        else:
            parent, way = self.stack[-1]
            if isinstance(parent, list):
                path = (*way, len(parent))
                parent.append(value)
            elif self.key is None:
                raise UnreadableError("uses a list or mapping as a field's name; write a plain name", line)
            else:
                path = (*way, self.key)
                parent[self.key] = value
                self.key = None
        self.tree.lines[path] = line
        if len(self.tree.lines) > MAX_VALUES:
            raise UnreadableError(f"holds more than {MAX_VALUES:,} values; split it", line)
        return path


class _Dumper(yaml.SafeDumper):
    """Writes long texts folded, paragraphs as they stand, lists indented, and everything in the given order."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's
        """Indent the items of a list below its name, as people do."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write what stands in several places out each time: reading refuses aliases."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ">" if len(value) > _LINE_WIDTH and value.isprintable() else None
    if _TO_ESCAPE.search(value):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)


def write(data: Any) -> str:
    """Write plain data as YAML: the same data always gives the same text."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_LINE_WIDTH))
