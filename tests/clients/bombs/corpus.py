"""Small texts that want gigabytes, hours or a crash of who reads them: each with the words in which it is refused.

Made by code, so that no such file lies about. A bomb is a function that reads it and gives what came of it.
"""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from perspectives.clients import bibliography, http, pandoc, pictures, typesetting
from perspectives.errors import BrokenRulesError
from perspectives.rules.documents import packs, word_diff
from perspectives.rules.documents.pack_references import Known
from perspectives.rules.formats.argument import aif_reading, argdown_reading
from perspectives.rules.formats.bibliography import csl_reading, ris_reading
from perspectives.rules.intake import intake_record, splitting
from perspectives.rules.sources import page_head
from perspectives.vocab import IntakeKind

Bomb = Callable[[], str]
MOST = splitting.MOST_BYTES - 10
TYPST_ENDED = "Typst needed|Typst failed|Typst took"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
FRONT = "===\ndebatekb:\n  topic: x\n===\n"
TOWER = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="400000"><rect width="99" height="99"/></svg>'


def taken_in(text: str | bytes) -> str:
    """Read a text as an intake does: what is said of its first entry, or its record."""
    try:
        found = splitting.read(text if isinstance(text, str) else splitting.decoded(text)[0])
    except BrokenRulesError as error:
        return str(error.problems[0])
    entry = found.entries[0]
    if entry.problem:
        return entry.problem
    if entry.kind is IntakeKind.BIBTEX:
        item = bibliography.bibtex_items({1: entry.raw}, found.definitions)[1]
        return item if isinstance(item, str) else str(intake_record.record(item))
    if entry.kind is IntakeKind.RIS:
        return str(intake_record.record(ris_reading.item(entry.raw)))
    return str(intake_record.record(csl_reading.item(entry.raw) or {}))


def refused(read: Callable[[], object], *errors: type[Exception]) -> str:
    """Read something that is to be refused."""
    try:
        return f"It was read: {str(read())[:200]}"
    except errors as error:
        problems = getattr(error, "problems", ())
        return f"{error} {problems[0] if problems else ''} {len(problems)} problems"


def book(fields: str) -> Bomb:
    return partial(taken_in, f"@book{{k, title = {{A book}}, {fields}}}")


def doubled(count: int) -> str:
    """Thirty abbreviations, each twice the one before."""
    first = '@string{a0 = "xxxxxxxxxx"}\n'
    return first + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, count))


def to_pandoc(text: str) -> Bomb:
    """Give a text to pandoc past everything that would refuse it before: the last wall."""
    return lambda: refused(lambda: pandoc.csl_items(text, form="biblatex"), pandoc.PandocError)


def set_by_typst(source: str) -> Bomb:
    return lambda: refused(lambda: typesetting.pdf(source, inputs={}, moment=NOW), typesetting.TypesettingError)


def argument(text: str) -> Bomb:
    return lambda: refused(lambda: argdown_reading.read(FRONT + text), BrokenRulesError)


def graph(nodes: list[object], edges: list[object]) -> Bomb:
    text = json.dumps({"debatekb": {"topic": "x"}, "AIF": {"nodes": nodes, "edges": edges}})
    return lambda: refused(lambda: aif_reading.read(text), BrokenRulesError)


def pack(text: str) -> Bomb:
    return lambda: str(packs.parse({"topics/x.yaml": text.encode()}, Known())[1][0])


def page(text: str) -> Bomb:
    return lambda: str(page_head.item(text, "http://x.example/"))


def fetched(port: int, path: str) -> Bomb:
    address = f"http://127.0.0.1:{port}/{path}"
    bounds = http.Bounds(http.MOST_BYTES, http.MOST_SECONDS, http.MOST_REDIRECTS)
    return lambda: refused(lambda: http.look(address, accept="*/*", bounds=bounds, into=io.BytesIO()), http.FetchError)


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.bib", bytes(200_000_000))
    return stream.getvalue()


def drawn() -> str:
    return str(len(pictures.png(TOWER, width=1200, height=400_000)))


def compared() -> str:
    return str(len(word_diff.words_diff("a b " * 1000, "b a c " * 700)))


ENTRY_LENGTH, EXPANDED = r"the limit is 100,000", r"abbreviations \(@string\) written out"
DEEP, ENTRIES, MEMORY = "nested more than 40 deep", "more than 5,000 entries", "Pandoc needed more memory|Pandoc took"
BOMBS: dict[str, tuple[Bomb, str]] = {
    "bibtex @string doubling": (partial(taken_in, doubled(31) + "@book{k, title = a30}"), EXPANDED),
    "bibtex @string a hundred times": (
        partial(taken_in, f'@string{{a = "{"x" * 5000}"}}@book{{k, title = {" # ".join(["a"] * 100)}}}'), EXPANDED,
    ),
    "bibtex @string by itself": (
        partial(taken_in, '@string{a = "xxxxxxxxxx"}\n' + "@string{a = a # a}\n" * 40 + "@book{k, title = a}"),
        EXPANDED,
    ),
    "bibtex nesting": (book("note = {" + "{" * 20_000 + "}" * 20_000 + "}"), DEEP),
    "bibtex nested emphasis": (book("note = {" + r"\emph{" * 1000 + "}" * 1000 + "}"), DEEP),
    "bibtex one huge field": (book("note = {" + "x " * 500_000 + "}"), ENTRY_LENGTH),
    "bibtex many authors": (book("author = {" + " and ".join(["Doe, J."] * 100_000) + "}"), ENTRY_LENGTH),
    "bibtex many entries": (partial(taken_in, "@a{}" * (MOST // 4)), ENTRIES),
    "bibtex spaces after a head": (partial(taken_in, "@a" + " " * MOST), "holds no DOI"),
    "bibtex unclosed": (partial(taken_in, "@book{k, title = {" + "x" * 1_000_000), "a brace is missing"),
    "pandoc @string doubling": (to_pandoc(doubled(31) + "@book{k, title = a30}"), MEMORY),
    "pandoc nesting": (to_pandoc("@book{k, title = {" + "{" * 60_000 + "}" * 60_000 + "}}"), "took|needed more memory"),
    "pandoc macro for ever": (to_pandoc(r"@book{k, title = {\newcommand{\a}{\a\a}\a}}"), "It was read"),
    "pandoc output": (to_pandoc("@book{k, title = {" + "x " * 4_500_000 + "}}"), "needed more memory|wrote more|took"),
    "ris lines without tags": (partial(taken_in, "TY  - BOOK\nTI  - x\n" + "a\n" * (MOST // 3)), ENTRY_LENGTH),
    "ris one huge field": (partial(taken_in, "TY  - BOOK\nTI  - " + "x" * 5_000_000), ENTRY_LENGTH),
    "ris many entries": (partial(taken_in, "TY  -\n" * (MOST // 6)), ENTRIES),
    "ris commas for an isbn": (partial(taken_in, "TY  - BOOK\nSN  - " + "," * 99_000), "ISBN: .* cannot be read"),
    "ris dots for a doi": (partial(taken_in, "TY  - BOOK\nDO  - " + "10.1234." * 12_000), "DOI: .* left out"),
    "ris a long language": (partial(taken_in, "TY  - BOOK\nLA  - " + "a-" * 49_000), "language: .* cannot be read"),
    "csl one huge item": (partial(taken_in, '[{"id": [' + "{}," * (MOST // 4) + "{}]}]"), "no end within 200,000"),
    "csl nesting": (partial(taken_in, '[{"a":' + "[" * 5_000_000), "From here on the file is"),
    "csl shallow nesting": (partial(taken_in, '[{"a":' + "[" * 90_000 + "]" * 90_000 + "}]"), "recursion depth"),
    "csl many items": (partial(taken_in, "[" + "{}," * (MOST // 3) + "{}]"), ENTRIES),
    "csl a long number": (partial(taken_in, '[{"volume": ' + "9" * 100_000 + "}]"), "From here on the file is no JSON"),
    "lines": (partial(taken_in, "a\n" * (MOST // 2)), ENTRIES),
    "empty lines": (partial(taken_in, "\n" * MOST), "remove empty lines"),
    "a zip archive": (lambda: taken_in(zipped()), "characters that no text has"),
    "argdown many problems": (argument("x\n\n" * 600_000), "201 problems"),
    "argdown one long claim": (argument("## x {perspective: x, stance: author}\n[x]: " + r"\a" * 900_000), "5,000"),
    "argdown data nesting": (argument("## x {perspective: " + "[" * 900_000), "nested more than 20 deep"),
    "argdown too long": (argument("x" * 2_000_001), "the limit is 2,000,000"),
    "aif one id for all": (
        graph([{"nodeID": 1, "type": "RA", "debatekb": {}}] * 20_000, [{"fromID": 1, "toID": 1}] * 30_000),
        "201 problems",
    ),
    "aif nesting": (lambda: refused(lambda: aif_reading.read("[" * 1_900_000), BrokenRulesError), "nested too deep"),
    "yaml nesting": (pack("[" * 1_900_000), "nested more than 20 deep"),
    "yaml anchors": (pack("a: &a [x, x]\nb: [*a, *a]\n"), "anchor or alias"),
    "yaml many values": (pack("- a\n" * 400_000), "more than 100,000 values"),
    "yaml all wrong": (pack("tags:\n" + "  - {}\n" * 90_000), "topics/x.yaml"),
    "html a tag without an end": (page("<a" + " a" * 900_000), "webpage"),
    "html open brackets": (page("<" * 1_900_000), "webpage"),
    "html comments": (page("<!--" * 450_000), "webpage"),
    "words that are all alike": (compared, "2"),
    "typst for ever": (set_by_typst("#let f(n) = f(n + 1)\n#f(0)"), "Typst failed"),
    "typst a long loop": (set_by_typst("#for i in range(5000) { for j in range(99999) { let x = i } }"), "Typst took"),
    "typst doubling": (set_by_typst('#let a = "xxxxxxxxxx"\n' + "#let a = a + a\n" * 31 + "#a"), TYPST_ENDED),
    "typst a huge array": (set_by_typst("#range(1000000000).len()"), TYPST_ENDED),
    "typst pages": (set_by_typst("#for i in range(1000000) [#pagebreak()]"), TYPST_ENDED),
    "a drawing as high as a tower": (drawn, r"\d+"),
}  # fmt: skip
FETCHED = {
    "gzip": "more than 2,000,000 bytes",
    "deflate": "more than 2,000,000 bytes",
    "brotli": r"not asked for \('br'\)",
    "zstd": r"not asked for \('zstd'\)",
    "twice": "not asked for",
    "rubbish": "cannot be unpacked",
    "endless": "more than 2,000,000 bytes",
    "chunks": "more than 2,000,000 bytes|took longer than",
    "headers": "could not be reached",
    "one-header": "could not be reached",
    "continue": "took longer than|could not be reached",
    "drip-line": "took longer than|could not be reached",
    "drip-header": "took longer than",
    "drip-body": "took longer than",
    "drip-gzip": "took longer than",
    "silent": "took longer than",
}
"""Paths of `servers`, and the words in which what they give is refused."""
