"""Whether a text holds a quotation: as it is, with other words, or not at all.

A quotation is first looked for word by word. An ellipsis in it stands for up to `GAP_WORDS` words of the text, words in
brackets for what an editor put in place of a few. Only where that fails is the most similar place sought, and what
differs there is shown; such a place never counts as found. See `docs/adr/0022-quotations.md`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz import fuzz

from perspectives.rules.evidence import turning_words
from perspectives.rules.evidence.folded_text import FoldedText, fold_words, is_in_other_script
from perspectives.vocab import QuotationMatch

GAP_WORDS: Final = 120
"""How many words of the text an ellipsis may stand for: about a page's paragraph."""
BRACKET_WORDS: Final = 8
"""How many words of the text a bracket may stand for."""
NEAR: Final = 80.0
"""The least likeness (0 to 100) of a place that is shown as near; by `bench/quotations.py`."""
CONTEXT: Final = 32
"""How many characters of prefix and suffix a selector holds."""
LOOKED_BEHIND: Final = 4
"""Words behind a quotation among which one that turns the sentence counts as cut off."""
LOOKED_BEFORE: Final = 12
SENTENCE: Final = 600
"""The most characters on each side that are taken as the sentence around a quotation."""
_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:\.\s?\.\s?\.+|\u2026)\s*[\])]|\.\s?\.\s?\.+|\u2026)\s*")
_EDGE = re.compile(
    rf"^(?:{_ELLIPSIS.pattern}|\s*\[[^\[\]]*\](?![^\W\d_]))|(?:{_ELLIPSIS.pattern}|(?<![^\W\d_])\[[^\[\]]*\]\W*)$"
)
"""An ellipsis or an editor's words at either end, which stand for nothing that could be looked for."""
_BRACKETED = re.compile(
    r"(?P<before>[^\W\d_]*)\[(?P<inner>[^\[\]]*)\](?P<behind>(?:[^\W\d_]|(?<=[^\W\d_])['\u2019](?=[^\W\d_]))*)"
)
_CLAUSE_END = re.compile(r"[,;:\u2013\u2014()]")
_SIC = re.compile(r"\s*[\[(]sic!?[\])]", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"[.!?]['\"\u2019\u201d)]*(?:\[\d+\]|[\u00b9\u00b2\u00b3\u2070-\u2079])*\s+(?=[^\W\d_a-z]|[\"'\u2018\u201c(])|\n\s*\n"
)
_SPACE = " "


@dataclass(frozen=True)
class Difference:
    """What a quotation has and what the text has in its place, in folded words; either may be empty."""

    quoted: str
    text: str


@dataclass(frozen=True)
class Match:
    """What was found, where in the text (characters from 0, end not included), and what an editor should look at."""

    outcome: QuotationMatch
    start: int = 0
    end: int = 0
    likeness: float = 0.0
    """0 to 100; 100 where every word is there."""
    differences: tuple[Difference, ...] = ()
    left_out: tuple[str, ...] = ()
    """Words beside the quotation, or in its gaps, that may turn the sense."""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    """With `exact` a W3C TextQuoteSelector; `start` and `end` are its TextPositionSelector."""
    sentence: str = ""


@dataclass(frozen=True)
class _Pattern:
    """A quotation as an expression over folded words, and its own words."""

    expression: str
    words: list[str] = field(default_factory=list)


def find(quotation: str, text: FoldedText, *, is_translated: bool = False) -> Match:
    """Look for a quotation in a text.

    The outcome is NOT_CHECKABLE where either has no words, where the scripts differ, and where words that an editor
    read in a translation (`is_translated`) are not in the text, which may be the original.
    """
    asked = _pattern(quotation)
    if not asked.words or not text.words.strip():
        return Match(QuotationMatch.NOT_CHECKABLE)
    page = text.words_for(asked.words)
    best: Match | None = None
    for hit in re.finditer(asked.expression, page):
        match = _found(hit, page, text, asked.words)
        if match.outcome is QuotationMatch.FOUND:
            return match
        best = best or match
    if best is None and is_in_other_script(asked.words, text):
        return Match(QuotationMatch.NOT_CHECKABLE)
    match = best or _nearest(asked.words, page, text)
    if is_translated and match.outcome is QuotationMatch.MISSING:
        return Match(QuotationMatch.NOT_CHECKABLE)
    return match


def _pattern(quotation: str) -> _Pattern:
    """Write the expression: the words in order; groups catch what gaps and brackets stand for."""
    bare = _SIC.sub("", quotation)
    while (shorter := _EDGE.sub("", bare)) != bare:
        bare = shorter
    pieces = [_bracketed(piece) for piece in _ELLIPSIS.split(bare)]
    kept = [piece for piece in pieces if piece.words]
    gap = rf"((?: \S+){{0,{GAP_WORDS}}}?)"
    return _Pattern(
        gap.join(piece.expression for piece in kept) + "(?= )", [word for piece in kept for word in piece.words]
    )


def _bracketed(piece: str) -> _Pattern:
    """Write a piece without ellipses: words as they are, brackets as what an editor changed."""
    expression, words, place = "", list[str](), 0
    for found in _BRACKETED.finditer(piece):
        plain = fold_words(piece[place : found.start()])
        more = _change(found)
        expression += _literal(plain) + more.expression
        words += [*plain, *more.words]
        place = found.end()
    last = fold_words(piece[place:])
    return _Pattern(expression + _literal(last), [*words, *last])


def _change(found: re.Match[str]) -> _Pattern:
    """Read one bracket: a changed letter at a word's edge, or words of the editor's own.

    Denials and amounts that an editor put in have to stand in the text.
    """
    inner, whole = found["inner"], fold_words(found[0].replace("[", "").replace("]", ""))
    if not (found["before"] or found["behind"]):
        if turning_words.negations(whole) or turning_words.amounts(whole):
            return _Pattern(_literal(whole), whole)
        return _Pattern(rf"((?: \S+){{0,{BRACKET_WORDS}}}?)", whole)
    if len(whole) != 1 or (len(inner) == 1 and not found["before"]):
        return _Pattern(_literal(whole), whole)
    stem = fold_words(found["before"])
    ending = fold_words(found["behind"])
    return _Pattern(f" {''.join(map(re.escape, stem))}[^ ]{{0,4}}{''.join(map(re.escape, ending))}(?= )", whole)


def _literal(words: Sequence[str]) -> str:
    return "".join(f" {re.escape(word)}" for word in words)


def _found(hit: re.Match[str], page: str, text: FoldedText, wanted: Sequence[str]) -> Match:
    first = page.count(_SPACE, 0, hit.start())
    last = first + hit[0].count(_SPACE) - 1
    start, end = text.span(first, last, wanted)
    beginning, ending = _sentence(text.original, start, end)
    gaps = [word for skipped in _skipped(hit, page, text, wanted) for word in turning_words.turns(fold_words(skipped))]
    behind = turning_words.turns(fold_words(text.original[end:ending])[:LOOKED_BEHIND])
    clause = _CLAUSE_END.split(text.original[beginning:start])[-1]
    before = turning_words.negations(fold_words(clause)[-LOOKED_BEFORE:])
    left_out = tuple(dict.fromkeys([*before, *gaps, *behind]))
    outcome = QuotationMatch.CUT if left_out else QuotationMatch.FOUND
    return replace(_placed(outcome, text, start, end), left_out=left_out)


def _skipped(hit: re.Match[str], page: str, text: FoldedText, wanted: Sequence[str]) -> Iterator[str]:
    """Give what gaps and brackets passed over, as far as it stands in a sentence that is quoted."""
    for group in range(1, len(hit.groups()) + 1):
        if hit[group]:
            first = page.count(_SPACE, 0, hit.start(group))
            behind = first + hit[group].count(_SPACE)
            start, end = text.span(first - 1, first - 1, wanted)[1], text.span(behind, behind, wanted)[0]
            sentences = _SENTENCE_END.split(text.original[start:end] + "A")
            yield from (sentences[0], sentences[-1])


def _nearest(words: Sequence[str], page: str, text: FoldedText) -> Match:
    """Show the most similar place, if one is similar enough."""
    joined = " ".join(words)
    place = fuzz.partial_ratio_alignment(joined, page, score_cutoff=NEAR - 15)
    if place is None or len(page) <= len(joined):
        return Match(QuotationMatch.MISSING)
    first = page.count(_SPACE, 0, place.dest_start + 1) - 1
    number = len(words)
    around = page.split()
    low, high = max(0, first - 3), min(len(around), first + number + 12)
    window = around[low:high]
    begin, stop = _edges(words, window)
    found = window[begin:stop]
    likeness = fuzz.ratio(joined, " ".join(found))
    if likeness < NEAR:
        return Match(QuotationMatch.MISSING, likeness=round(likeness, 1))
    differences = _differences(words, found)
    start, end = text.span(low + begin, low + stop - 1, words)
    outcome = QuotationMatch.ALTERED if _alters(differences) else QuotationMatch.NEAR
    return replace(_placed(outcome, text, start, end), likeness=round(likeness, 1), differences=differences)


def _edges(words: Sequence[str], window: Sequence[str]) -> tuple[int, int]:
    """Choose the part of the window that the quotation answers to: as many words beyond the ends as it has there."""
    *blocks, end = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()
    first, last = (blocks[0], blocks[-1]) if blocks else (end, end)
    begin = max(0, first.b - first.a)
    missing = len(words) - (last.a + last.size)
    return begin, min(len(window), last.b + last.size + missing)


def _differences(words: Sequence[str], found: Sequence[str]) -> tuple[Difference, ...]:
    steps = SequenceMatcher(None, words, found, autojunk=False).get_opcodes()
    return tuple(
        Difference(" ".join(words[a:b]), " ".join(found[c:d])) for kind, a, b, c, d in steps if kind != "equal"
    )


def _alters(differences: Sequence[Difference]) -> bool:
    """Whether what differs denies something, or says another amount."""
    return any(
        turning_words.negations(side.split()) or turning_words.amounts(side.split())
        for one in differences
        for side in (one.quoted, one.text)
    )


def _placed(outcome: QuotationMatch, text: FoldedText, start: int, end: int) -> Match:
    original = text.original
    beginning, ending = _sentence(original, start, end)
    return Match(
        outcome,
        start,
        end,
        likeness=100.0,
        exact=original[start:end],
        prefix=original[max(0, start - CONTEXT) : start],
        suffix=original[end : end + CONTEXT],
        sentence=" ".join(original[beginning:ending].split()),
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Find where the sentence around a place begins and ends."""
    low, high = max(0, start - SENTENCE), min(len(text), end + SENTENCE)
    ends_before = [found.end() for found in _SENTENCE_END.finditer(text, low, start + 1)]
    following = _SENTENCE_END.search(text, max(low, end - 1), high)
    return (ends_before[-1] if ends_before else low), (following.start() + 1 if following else high)
