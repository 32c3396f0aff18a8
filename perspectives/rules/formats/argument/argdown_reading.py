"""Argdown documents back to arguments: what `argdown` writes, and what people reasonably change in it by hand.

Read are headings with their data, claims, relations below the claim that answers, comment lines, and texts that go on
over several lines. Everything else of Argdown (arguments, inferences, lists, groups) is refused, not passed over.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.problems import shown
from perspectives.rules.formats.argument.argdown import SIGNS
from perspectives.rules.formats.argument.argument import Argument, Reading, refused
from perspectives.vocab import ResponseType

_FRONT_MATTER = re.compile(r"\s*===+\n(.*?\n)===+[ \t]*(?=\n|$)", re.DOTALL)
_HEADING = re.compile(r"(#+) (.*)")
_CLAIM = re.compile(r"\[([^\]]*)\]:(.*)")
_RELATION = re.compile(r"\s+([-+_]>|<?[-+_]|><)\s*\[([^\]]*)\](.*)")
_BODY = re.compile(r"(?:[^\\{]++|\\.)*+")
_ESCAPED = re.compile(r"\\(.)")
_PERSPECTIVE_LEVEL = 2
_EXAMPLE = '-> [s1] {o1 rebuts: "why"}'


@dataclass
class _Block:
    """Something that begins on a line and may go on over the next: a heading, a claim or a relation."""

    line: int
    kind: str
    name: str
    rest: list[str] = field(default_factory=list)
    sign: str = ""


def read(text: str, name: str = "argdown") -> Argument:
    """Read an argument. Raises BrokenRulesError with every problem: `name`, line, what is wrong, how to mend it."""
    reader = _Reader(name)
    if len(text) > yaml_text.MAX_BYTES:
        reader.report(0, f"is too long; the limit is {yaml_text.MAX_BYTES:,} characters")
        raise refused(reader.problems)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    topic = reader.topic(front)
    for block in reader.blocks(body, first=text.count("\n", 0, front.end()) + 1 if front else 1):
        reader.take(block)
    if not topic:
        raise refused(reader.problems)
    return reader.argument(topic)


class _Reader(Reading):
    """Goes through a document from top to bottom; a perspective and a claim stay current until the next begins."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.side: dict[str, Any] = {}
        self.current = ""

    def topic(self, front: re.Match[str] | None) -> str:
        """Find the topic's slug in the front matter; '' with a report if it is not there."""
        if front is None:
            self.report(1, 'begins without front matter; write "===", "debatekb:", "  topic: <slug>", "===" first')
            return ""
        data = self._data(front[1], 2)
        own = data.get("debatekb")
        slug = own.get("topic") if isinstance(own, dict) else None
        if not isinstance(slug, str) or not slug:
            self.report(1, "names no topic; write 'topic: <slug>' below 'debatekb:' in the front matter")
            return ""
        return slug

    def blocks(self, body: str, *, first: int) -> list[_Block]:
        """Cut the document into blocks; a line that begins nothing goes on with the block above it."""
        found: list[_Block] = []
        is_open = False
        for number, line in enumerate(body.split("\n"), start=first):
            if line.lstrip().startswith("//"):
                continue
            if block := _begun(number, line):
                found.append(block)
                is_open = True
            elif line.strip() and is_open:
                found[-1].rest.append(line.strip())
            elif line.strip():
                self.report(number, f"'{shown(line.strip())}' is no heading, claim or relation; write '[id]: text'")
            else:
                is_open = False
        return found

    def take(self, block: _Block) -> None:
        """Read one block into the argument, or report what is wrong with it."""
        words, data_text = _divided(" ".join(block.rest).strip())
        data = self._data(data_text, block.line) if data_text else {}
        if block.kind == "heading":
            self._take_heading(block, data)
        elif block.kind == "claim":
            self._take_claim(block, words, data)
        else:
            self._take_relation(block, words, data)

    def _data(self, text: str, line: int) -> dict[str, Any]:
        try:
            data = yaml_text.read(text.encode(errors="surrogatepass")).data
        except yaml_text.UnreadableError as error:
            last = text.count("\n")
            self.report(line + min(max(error.line - 1, 0), last), f"holds data that cannot be read: it {error}")
            return {}
        if not isinstance(data, dict):
            self.report(line, "holds data that is no mapping; write {field: value}")
            return {}
        return data

    def _take_heading(self, block: _Block, data: dict[str, Any]) -> None:
        self.current = ""
        if len(block.name) < _PERSPECTIVE_LEVEL:
            return
        self.side = {name: data.get(name) for name in ("perspective", "stance")}
        if set(data) != set(self.side):
            self.report(block.line, "needs whose heading it is; end it with {perspective: <id>, stance: <stance>}")

    def _take_claim(self, block: _Block, words: str, data: dict[str, Any]) -> None:
        self.current = block.name
        self.named.add(block.name)
        if not self.side:
            self.report(block.line, "stands above every perspective; put it below a heading of the second level (##)")
            return
        parts = words.split(" ")
        while parts and parts[-1].startswith("#"):
            if (tag := parts.pop()[1:]) != self.side["stance"]:
                self.report(block.line, f"has the tag '#{shown(tag)}', not its perspective's stance; remove the tag")
        text = _ESCAPED.sub(r"\1", " ".join(parts))
        self.claim(block.line, {**data, **self.side, "id": block.name, "text": text})

    def _take_relation(self, block: _Block, words: str, data: dict[str, Any]) -> None:
        if not self.current:
            self.report(block.line, "is a relation below no claim; put it below the claim that answers")
            return
        if words or len(data) != 1:
            self.report(block.line, f"needs to say how and why it answers; write it like {_EXAMPLE}")
            return
        ((key, note),) = data.items()
        claim, _, kind = key.rpartition(" ")
        if claim != self.current:
            self.report(block.line, f"says '{shown(key)}' below '{shown(self.current)}'; write the same claim in both")
            return
        link = self.response(block.line, {"from": claim, "to": block.name, "type": kind, "note": note})
        if link and block.sign != SIGNS[link.type]:
            self.report(block.line, f"draws '{block.sign}' but says '{kind}'; {_signs()}")


def _begun(number: int, line: str) -> _Block | None:
    """Recognise the line that begins a block."""
    if match := _HEADING.fullmatch(line):
        return _Block(number, "heading", match[1], [match[2]])
    if match := _CLAIM.fullmatch(line):
        return _Block(number, "claim", match[1], [match[2].strip()])
    if match := _RELATION.fullmatch(line):
        return _Block(number, "relation", match[2], [match[3].strip()], match[1])
    return None


def _divided(rest: str) -> tuple[str, str]:
    """Part words from the data that follow them, if any do."""
    match = _BODY.match(rest)
    end = match.end() if match else 0
    return rest[:end].strip(), rest[end:].strip()


def _signs() -> str:
    return "write " + ", ".join(f"'{SIGNS[kind]}' for '{kind.value}'" for kind in ResponseType)
