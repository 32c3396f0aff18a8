"""What the form of each kind of part asks for: one table, from which the forms and the pages of a draft are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perspectives.errors import NotFoundError
from perspectives.rules.documents.parts import CLAIMS, HEAD, SIDES
from perspectives.rules.publication.balance import ANSWERING
from perspectives.vocab import ClaimKind, CruxKind, QuoteStatus, Relation, ResponseType, Stance
from perspectives.web.http.field_specs import (
    QUOTED,
    TRANSLATED,
    FieldKind,
    FieldSpec,
    choice,
    line,
    optional,
    paragraphs,
)


@dataclass(frozen=True)
class Kind:
    """A kind of part: what people call it, and its fields; `list_name` is empty for the head."""

    list_name: str
    noun: str
    plural: str
    fields: tuple[FieldSpec, ...]
    has_citations: bool = False
    guide: str = ""
    """What belongs there, in a sentence."""


def _id(example: str) -> FieldSpec:
    words = f"Its public name, for good: small letters, digits and hyphens, such as {example}."
    return line("id", "Id", words, is_for_new_only=True)


_DATE = "Year, month or day, such as 1990, 1990-02 or 1990-02-09."

SOURCE: Final = FieldSpec(
    "source", "Source", "Its citekey; type a name or a word of the title to find it.", FieldKind.SOURCE
)
CITATION: Final = (
    SOURCE,
    choice("relation", "How it bears on the statement", Relation),
    *QUOTED,
    *optional(
        choice("quote_status", "How the words were seen", QuoteStatus, "Goes with a quotation; no more than is true."),
        line("quote_seen_in", "Where they were seen", "The reprint, abstract or review, or the work that quotes them."),
        line("quote_seen_on", "When they were seen", "Such as 2026 or 2026-11."),
    ),
    *TRANSLATED,
)

KINDS: Final[Mapping[str, Kind]] = {
    kind.list_name or HEAD: kind
    for kind in (
        Kind(
            "",
            "question and background",
            "question and background",
            (
                line("title", "Title", "A few words for lists, such as Repairing the footbridge."),
                FieldSpec("question", "Question", "The contested question, as both sides would accept it."),
                *optional(
                    FieldSpec(
                        "asked_as",
                        "Asked as",
                        "How readers would type the question, one a line, at most 20, in any language.",
                        FieldKind.LIST,
                        rows=8,
                    )
                ),
                paragraphs("background", "Background", "What a reader must know; a line between paragraphs.", rows=12),
                line("period.start", "The period begins", _DATE),
                line("period.end", "The period ends", _DATE),
                *optional(FieldSpec("tags", "Tags", "One a line, such as village-life.", FieldKind.LIST)),
                FieldSpec("order", "Place among the topics", "A number of its own, such as 10.", FieldKind.NUMBER),
                *optional(
                    line(
                        "teaching.aim", "Aim of a lesson", "For teachers: what pupils can do after it, in a sentence."
                    ),
                    paragraphs(
                        "teaching.note",
                        "Note for teachers",
                        "What pupils often confuse, in at most 120 words that take no side; it needs an aim.",
                    ),
                ),
            ),
        ),
        Kind(
            SIDES,
            "perspective",
            "perspectives",
            (
                _id("official-view"),
                choice("stance", "Stance", Stance),
                line("label", "Label", "The position in a few words, such as Mend what stands."),
                FieldSpec("summary", "Summary", "The position at its strongest, in a sentence or two."),
                *optional(
                    FieldSpec("plain", "In plain words", "The same for a reader of 14, in at most 60 words."),
                    FieldSpec(
                        "held_by",
                        "Held by",
                        "People, one a line; an office, funding or part in the events after a bar, with years: "
                        "Ada Pratt | warden of the bridge, 2012–14.",
                        FieldKind.HOLDERS,
                    ),
                    FieldSpec("held_by_note", "Note on who holds it", "Such as Pratt is cited on timber only."),
                ),
            ),
        ),
        Kind(
            CLAIMS,
            "claim",
            "claims",
            (
                _id("s4"),
                FieldSpec("text", "Claim", "One assertive sentence, as its side would say it."),
                choice("kind", "Kind", ClaimKind),
            ),
            has_citations=True,
        ),
        Kind(
            "responses",
            "response",
            "responses",
            (
                FieldSpec("from", "The claim that answers", kind=FieldKind.CLAIM),
                choice("type", "How", ResponseType),
                FieldSpec("to", "The claim that is answered", "A claim of another perspective.", FieldKind.CLAIM),
                FieldSpec("note", "Note", "In a sentence, what the answer comes to."),
            ),
            guide="How claims answer claims of other perspectives.",
        ),
        Kind(
            "gaps",
            "gap",
            "gaps",
            (
                FieldSpec("claim", "The author's claim", kind=FieldKind.AUTHORS_CLAIM),
                FieldSpec("stance", "The side that does not answer it", "", FieldKind.CHOICE, ANSWERING),
                FieldSpec("note", "Note", "What was looked for, such as No engineer was found who prices the repair."),
            ),
            guide="The author's claims that a side leaves unanswered, said openly.",
        ),
        Kind(
            "common_ground",
            "agreement",
            "agreements",
            (FieldSpec("text", "What all sides accept", "One sentence, such as Two planks are soft."),),
            has_citations=True,
            guide="What all sides accept.",
        ),
        Kind(
            "cruxes",
            "crux",
            "cruxes",
            (
                FieldSpec("question", "Question", "Where the sides part, as a question."),
                choice("kind", "Kind of question", CruxKind),
                FieldSpec("author", "The author answers"),
                FieldSpec("opposing", "The opposing side answers"),
                FieldSpec("neutral", "The neutral side answers"),
                FieldSpec("would_settle", "What would settle it", "Evidence that would move an honest person."),
                *optional(
                    FieldSpec(
                        "prompts",
                        "Questions to a class",
                        "One a line, at most 5: open, asking for reasons and evidence and for nobody’s opinion.",
                        FieldKind.LIST,
                        rows=5,
                    )
                ),
            ),
            guide="The questions on which the sides part.",
        ),
        Kind(
            "events",
            "event",
            "events",
            (
                line("date", "Date", _DATE),
                line("title", "Title", "Such as The bridge is built."),
                FieldSpec("description", "Description", "What happened, in a sentence that all sides would accept."),
            ),
            has_citations=True,
            guide="The timeline; readers see it sorted by date.",
        ),
        Kind(
            "bibliography",
            "work",
            "works",
            (
                SOURCE,
                FieldSpec("argues", "What it says that matters here", "In a sentence."),
            ),
            guide="The works that matter for the topic, and what each argues.",
        ),
        Kind(
            "terms",
            "term",
            "terms",
            (
                line("term", "Term", "As a claim writes it, such as dry rot."),
                FieldSpec("gloss", "What it means", "In at most 25 words, taking no side."),
            ),
            guide="Terms of art that claims use; readers see each explained where it first stands.",
        ),
    )
}
"""Name of the list (or `head`) -> the kind of the parts in it."""


def kind_of(path: str) -> Kind:
    """Find the kind of the part at a path, or of the parts in the list at a path. Raises NotFoundError."""
    match path.split("/"):
        case ["head"]:
            return KINDS[HEAD]
        case [name] | [name, _] if name in KINDS and name not in {HEAD, CLAIMS}:
            return KINDS[name]
        case ["perspectives", _, "claims"] | ["perspectives", _, "claims", _]:
            return KINDS[CLAIMS]
    raise NotFoundError(f"A draft has no part '{path}'.")


def is_list(path: str) -> bool:
    """Say whether a path of a known kind names a list and not one of its parts."""
    return path != HEAD and path.count("/") % 2 == 0


def anchor(path: str) -> str:
    """Give the id that a part has on the page of its draft."""
    return f"part_{path.replace('/', '_')}"


def name(path: str) -> str:
    """Name a part for people, such as `claim s1` or `event 4`."""
    label = path.rpartition("/")[2]
    if path == HEAD:
        return KINDS[HEAD].noun
    return f"{kind_of(path).noun} {int(label) + 1 if label.isdecimal() and '/claims/' not in path else label}"
