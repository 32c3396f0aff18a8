"""What search keeps of an edition's claims, and how what was found is told: pure parts of the search."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import Record, claim_records
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.people import name_line, person_slug

MARK_START, MARK_END = "\ue000", "\ue001"
"""Round a word that matched, as PostgreSQL marks it: private characters, which no document may contain."""
MAX_WORDS = 8
"""How many words of a question are compared with the known words; more are hardly misspelt alike."""
_MARKED = re.compile(f"{MARK_START}([^{MARK_END}]*){MARK_END}")
_SIGNS = re.compile(r"\s*-(?:[\s-]*-)+")
_WORD = re.compile(r"[^\W\d_]{3,40}")
_OPERATORS = frozenset({"or", "and", "not"})
_LETTERS_A_SLIP = 4

Run = dict[str, Any]


def claim_columns(document: TopicEdition) -> Iterator[tuple[Record, dict[str, Any]]]:
    """Give each claim's record and, by column of the published index, what it is filtered by and found by.

    Texts hold one thing a line: the claim; its perspective's label and each holder; each cited source with its
    authors; each note, quotation and translation.
    """
    records = list(claim_records(document))
    stances = {record["id"]: record["stance"] for record in records}
    for record in records:
        sources = [document.sources[key] for key in _distinct(cite["source"] for cite in record["cites"])]
        yield (
            record,
            {
                "holders": sorted({person_slug(name) for name in record["held_by"]}),
                "stated_by": sorted({person_slug(name) for name in record["stated_by"]}),
                "tags": sorted(document.tags),
                "answered_by": sorted({stances[answer["claim"]] for answer in record["answered_by"]}),
                "categories": sorted({source.category.value for source in sources}),
                "years": sorted({year for source in sources if (year := year_of(source)) is not None}),
                "claim_text": record["text"],
                "perspective_text": "\n".join([record["perspective_label"], *record["held_by"]]),
                "sources_text": "\n".join(source_line(source) for source in sources),
                "notes_text": "\n".join(_distinct(_notes(record))),
            },
        )


def topic_columns(document: TopicEdition) -> dict[str, str]:
    """Give, by column of the published index, what a topic is found by; one thing a line.

    How people ask; labels, holders and points in dispute; summaries, background, events and agreements; and what stands
    in claims, quotations, notes and sources.
    """
    sides = document.perspectives
    claims = [claim for side in sides for claim in side.claims]
    return {
        "asked_text": "\n".join(document.asked_as),
        "positions_text": "\n".join(
            _distinct(
                [
                    *(text for side in sides for text in (side.label, *side.held_by)),
                    *(crux.question for crux in document.cruxes),
                    *(tag.replace("-", " ") for tag in document.tags),
                ]
            )
        ),
        "summaries_text": "\n".join(
            [
                *(text for side in sides for text in (side.summary, side.plain) if text),
                document.background,
                *(event.title for event in document.events),
                *(agreement.text for agreement in document.common_ground),
            ]
        ),
        "details_text": "\n".join(
            _distinct(
                [
                    *(claim.text for claim in claims),
                    *(
                        words
                        for claim in claims
                        for cite in claim.cites
                        for words in (cite.quote, cite.translation)
                        if words
                    ),
                    *(link.note for link in document.responses),
                    *(text for crux in document.cruxes for text in (crux.author, crux.opposing, crux.neutral)),
                    *(event.description for event in document.events),
                    *(source_line(source) for source in document.sources.values()),
                ]
            )
        ),
    }


def year_of(source: SourceRecord) -> int | None:
    """Tell the year in which a source was issued, if that is known."""
    return int(source.issued[:4]) if source.issued else None


def source_line(source: SourceRecord) -> str:
    """Write title and authors of a source in a line; of a work without authors, its editors."""
    people = ", ".join(name_line(name) for name in source.author or source.editor)
    return f"{source.title} – {people}" if people else source.title


def _notes(record: Record) -> Iterator[str]:
    for answer in (*record["answers"], *record["answered_by"], *record["gaps"]):
        yield answer["note"]
    for cite in record["cites"]:
        yield from (cite[name] for name in ("quote", "translation") if name in cite)


def _distinct(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def runs(marked: str) -> list[Run]:
    """Take a marked line apart: `[{"text": "The old ", "is_match": False}, {"text": "bridge", "is_match": True}]`."""
    parts = ((text, place % 2 == 1) for place, text in enumerate(_MARKED.split(marked)))
    return [{"text": text, "is_match": is_match} for text, is_match in parts if text]


def matched_lines(marked: str, *, at_most: int) -> list[list[Run]]:
    """Give the runs of the first lines in which something matched."""
    return [runs(line) for line in marked.split("\n") if MARK_START in line][:at_most]


def tamed(text: str) -> str:
    """Write several exclusion signs in a row as one: PostgreSQL nests them, and its stack for that is small."""
    return _SIGNS.sub(" -", text)


def words_asked(text: str) -> list[str]:
    """Find the words in a question that may be misspelt, in small letters without accents; no operators, no numbers."""
    words = (bare(match) for match in _WORD.findall(text))
    return [word for word in _distinct(words) if word not in _OPERATORS][:MAX_WORDS]


def bare(text: str) -> str:
    """Write a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def best_spelling(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """Choose the known word that was most likely meant: the fewest slips, then the most used; none if all are far off.

    `known` pairs each word with the number of claims that use it. One slip is allowed, and one more for every four
    letters beyond the fourth.
    """
    allowed = 1 + max(0, len(word) - _LETTERS_A_SLIP) // _LETTERS_A_SLIP
    rated = [(slips(word, candidate), -claims, candidate) for candidate, claims in known]
    near = [rating for rating in rated if rating[0] <= allowed]
    return min(near)[2] if near else None


def slips(word: str, other: str) -> int:
    """Count the slips between two words: a letter too many, too few or wrong, or two neighbours exchanged."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, start=1):
        line = [row]
        for column, its in enumerate(other, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != its))
            if before and column > 1 and letter == other[column - 2] and word[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]


def respelt(text: str, corrections: dict[str, str]) -> str:
    """Put the corrections, by bare word, into a question; all else stays as it was typed."""
    return _WORD.sub(lambda match: corrections.get(bare(match[0]), match[0]), text)
