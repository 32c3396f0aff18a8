"""Pandoc, run as a program in its sandbox: references in any CSL style, BibTeX, and document trees to files."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypedDict

import pypandoc

from perspectives.clients import programs
from perspectives.clients.citation_styles import file_with_rules
from perspectives.rules.sources import work_dates
from perspectives.vocab import PublicationStatus

WRITING = programs.Limits(seconds=120, memory=1_000_000_000, output=50_000_000)
READING = programs.Limits(seconds=10, memory=1_000_000_000, output=10_000_000)
"""What strangers wrote may keep pandoc busy for ever."""
_HEAP = ("+RTS", "-A64m", "-M200m", "-RTS")
"""The limit of pandoc's own heap, while that of its address space cannot be near what it uses: with all 761 sources at
once it needs 190 MB, ended at this limit it had 290. It fills the 64 MB before it first tidies up, since tidying
touches all of its program, which takes 100 MB."""
MAX_BYTES = 5_000_000
"""The most that is given to pandoc at once; all sources of the first article have about 250,000."""
_QUOTATION_MARKS = {
    "SingleQuote": ("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "DoubleQuote": ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
}
_BIBTEX_HEAD = re.compile(r"^@\w+\{([^,\s]+),\n", re.MULTILINE)
_BIBTEX_SEASON = re.compile(r",\n  month = \{2[1-4]\}")
_BIBLATEX_ENTRY = re.compile(r"^@\w+\{([^,\s]+),\n(?:  .*\n)*\}", re.MULTILINE)
_BIBLATEX_DATE = re.compile(r"^  date = \{.*\}", re.MULTILINE)
_PUBSTATES: Mapping[str, str] = {
    PublicationStatus.IN_PREPARATION: "inpreparation",
    PublicationStatus.SUBMITTED: "submitted",
    PublicationStatus.FORTHCOMING: "forthcoming",
    PublicationStatus.IN_PRESS: "inpress",
    PublicationStatus.PREPUBLISHED: "prepublished",
}
_BIBTEX_SPECIAL = re.compile(r"[{}\\%\s]")
"""Not to be written into a field as it is; no DOI of ours has any."""
_CITE_ALL = b'---\nnocite: "@*"\n---\n'


class PandocError(Exception):
    """Pandoc failed, came to a limit or was given too much; the message holds what it said."""


class Run(TypedDict):
    """A piece of a reference: its text, whether it is emphasised, and where it leads ('' for nowhere)."""

    text: str
    emphasis: bool
    href: str


def references(items: Sequence[dict[str, Any]], *, style: str, language: str = "en-US") -> dict[str, list[Run]]:
    """Format CSL-JSON items in a CSL style, such as `apa`, with the quotation marks of `language`: citekey -> runs.

    The references come in the order that the style asks for. Works that the style leaves out of its lists, as some do
    letters and interviews, are told as documents, their titles in square brackets, so that none is missing. Raises
    UnknownStyleError and PandocError.
    """
    made = _references(items, style=style, language=language)
    left_out = {item["id"] for item in items if not any(run["text"].strip() for run in made.get(item["id"], ()))}
    if left_out:
        told = [_as_document(item) if item["id"] in left_out else item for item in items]
        made = _references(told, style=style, language=language)
    return made


def _as_document(item: dict[str, Any]) -> dict[str, Any]:
    title = item["title"]
    return {**item, "type": "document", "title": title if title.startswith("[") else f"[{title}]"}


def _references(items: Sequence[dict[str, Any]], *, style: str, language: str) -> dict[str, list[Run]]:
    rules = file_with_rules(style)
    with TemporaryDirectory() as folder:
        library = Path(folder) / "references.json"
        library.write_bytes(_library(items))
        words = [
            "--from=markdown",
            "--to=json",
            "--citeproc",
            f"--csl={rules}",
            f"--bibliography={library}",
            f"--metadata=lang:{language}",
        ]
        output = _run(words, _CITE_ALL)
    return {
        block["c"][0][0].removeprefix("ref-"): _joined(_runs(block["c"][1], emphasis=False, href=""))
        for block in _entries(json.loads(output))
    }


def biblatex(items: Sequence[dict[str, Any]]) -> str:
    """Write CSL-JSON items as BibLaTeX, which has fields for full dates, languages and more types of works.

    Pandoc leaves out what CSL calls the status, and writes the marks of EDTF in a date as TeX. Raises PandocError.
    """
    text = _run(["--from=csljson", "--to=biblatex"], _library(items)).decode() if items else ""
    known = {item["id"]: item for item in items}
    return _BIBLATEX_ENTRY.sub(lambda entry: _biblatex_entry(entry[0], known.get(entry[1], {})), text)


def _biblatex_entry(text: str, item: Mapping[str, Any]) -> str:
    """Put a date that pandoc writes as TeX, and what it leaves out, into an entry."""
    issued = item.get("issued", {})
    edtf = work_dates.from_csl(issued.get("date-parts", []), is_circa=bool(issued.get("circa")))
    if edtf and not work_dates.is_plain(edtf):
        text = _BIBLATEX_DATE.sub(f"  date = {{{edtf.removesuffix(work_dates.OPEN)}}}", text)
    state = _PUBSTATES.get(item.get("status", ""))
    return text.replace(",\n", f",\n  pubstate = {{{state}}},\n", 1) if state else text


def bibtex(items: Sequence[dict[str, Any]]) -> str:
    """Write CSL-JSON items as BibTeX: its fourteen types, the year in a field of its own; Zotero and JabRef read all.

    Pandoc leaves out DOI and ISBN, which BibTeX's own styles do not print but every program reads. Raises PandocError.
    """
    text = _run(["--from=csljson", "--to=bibtex"], _library(items)).decode() if items else ""
    text = _BIBTEX_SEASON.sub("", text).replace("--0000}", "--}")
    known = {item["id"]: _bibtex_identifiers(item) for item in items}
    return _BIBTEX_HEAD.sub(lambda head: f"{head[0]}{known.get(head[1], '')}", text)


def _bibtex_identifiers(item: Mapping[str, Any]) -> str:
    found = {name: item[name] for name in ("DOI", "ISBN") if not _BIBTEX_SPECIAL.search(item.get(name, "{"))}
    return "".join(f"  {name.lower()} = {{{value}}},\n" for name, value in found.items())


def csl_items(text: str, *, form: str) -> list[dict[str, Any]]:
    """Read a bibliography, such as `biblatex`, as CSL-JSON items. Raises PandocError where any part is malformed."""
    output = _run([f"--from={form}", "--to=csljson"], text.encode(), limits=READING)
    items: list[dict[str, Any]] = json.loads(output)
    return items


def convert(tree: Mapping[str, Any], *, to: str, words: Sequence[str] = (), moment: datetime | None = None) -> bytes:
    """Write a document tree in another format; `words` are pandoc's options besides.

    The same tree and moment give the same bytes: `moment` is the time that the file tells of itself, now without one.
    Raises PandocError.
    """
    options = ["--from=json", f"--to={to}", "--wrap=none", "--output=-", *words]
    environment = {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))} if moment else {}
    return _run(options, json.dumps(tree).encode(), environment)


def default_file(name: str) -> bytes:
    """Give a file that pandoc itself has, such as the document whose styles its DOCX takes. Raises PandocError."""
    return _run([f"--print-default-data-file={name}"], b"")


def _library(items: Sequence[dict[str, Any]]) -> bytes:
    content = json.dumps(items).encode()
    if len(content) > MAX_BYTES:
        raise PandocError(
            f"The references have {len(content):,} bytes; format fewer at once, the limit is {MAX_BYTES:,}."
        )
    return content


def _run(
    words: Sequence[str],
    content: bytes,
    environment: Mapping[str, str] | None = None,
    *,
    limits: programs.Limits = WRITING,
) -> bytes:
    """Run pandoc so that it reads `content` and the files named in `words`, and nothing else."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", *_HEAP, *words]
    try:
        return programs.run("Pandoc", command, content, limits=limits, environment=environment)
    except programs.ProgramError as error:
        raise PandocError(str(error)) from error


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
