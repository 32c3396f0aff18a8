"""What the form of each kind of part asks for: one table, from which the forms and the pages of a draft are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from perspectives.errors import NotFoundError
from perspectives.rules.documents.parts import CLAIMS, HEAD, SIDES
from perspectives.rules.publication.balance import ANSWERING
from perspectives.vocab import ClaimKind, CruxKind, QuoteStatus, Relation, ResponseType, Stance, Term


class Look(Enum):
    """How a value is written."""

    LINE = auto()
    SENTENCES = auto()
    PARAGRAPHS = auto()
    LIST = auto()
    """One value a line."""
    NUMBER = auto()
    CHOICE = auto()
    CLAIM = auto()
    AUTHORS_CLAIM = auto()
    SOURCE = auto()


@dataclass(frozen=True)
class Asked:
    """A field: its path in the part, as problems name it, and what a person reads."""

    name: str
    label: str
    help: str = ""
    look: Look = Look.SENTENCES
    terms: tuple[Term, ...] = ()
    is_needed: bool = True
    is_for_new_only: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of part: what people call it, and its fields; `list_name` is empty for the head."""

    list_name: str
    noun: str
    plural: str
    fields: tuple[Asked, ...]
    has_citations: bool = False
    guide: str = ""
    """What belongs there, in a sentence."""


def _id(example: str) -> Asked:
    words = f"Its public name, for good: small letters, digits and hyphens, such as {example}."
    return Asked("id", "Id", words, Look.LINE, is_for_new_only=True)


def _choice(name: str, label: str, terms: type[Term], words: str = "", *, is_needed: bool = True) -> Asked:
    return Asked(name, label, words, Look.CHOICE, tuple(terms), is_needed=is_needed)


_DATE = "Year, month or day, such as 1990, 1990-02 or 1990-02-09."

CITATION: Final = (
    Asked("source", "Source", "Its citekey; type a name or a word of the title to find it.", Look.SOURCE),
    _choice("relation", "How it bears on the statement", Relation),
    Asked("locator", "Where in it", "Such as pp. 20-21, ch. 3 or para. 5.", Look.LINE, is_needed=False),
    Asked("quote", "Quotation", "The exact words, at most 40, in their own language.", is_needed=False),
    _choice("quote_status", "Quotation checked?", QuoteStatus, "Goes with a quotation.", is_needed=False),
    Asked(
        "quote_language", "Language of the quotation", "If it is not English: such as de.", Look.LINE, is_needed=False
    ),
    Asked("translation", "Translation", "The quotation in English.", is_needed=False),
    Asked("translator", "Translated by", "Such as the editors.", Look.LINE, is_needed=False),
)

KINDS: Final[Mapping[str, Kind]] = {
    kind.list_name or HEAD: kind
    for kind in (
        Kind(
            "",
            "question and background",
            "question and background",
            (
                Asked("title", "Title", "A few words for lists, such as Repairing the footbridge.", Look.LINE),
                Asked("question", "Question", "The contested question, as a question that both sides would accept."),
                Asked(
                    "background",
                    "Background",
                    "What a reader must know, agreed by all; an empty line between paragraphs.",
                    Look.PARAGRAPHS,
                ),
                Asked("period.start", "The period begins", _DATE, Look.LINE),
                Asked("period.end", "The period ends", _DATE, Look.LINE),
                Asked("tags", "Tags", "One a line, such as village-life.", Look.LIST, is_needed=False),
                Asked("order", "Place among the topics", "A number that no other topic has, such as 10.", Look.NUMBER),
            ),
        ),
        Kind(
            SIDES,
            "perspective",
            "perspectives",
            (
                _id("official-view"),
                _choice("stance", "Stance", Stance),
                Asked("label", "Label", "The position in a few words, such as Mend what stands.", Look.LINE),
                Asked("summary", "Summary", "The position at its strongest, in a sentence or two."),
                Asked("held_by", "Held by", "Names of people, one a line.", Look.LIST, is_needed=False),
                Asked(
                    "held_by_note",
                    "Note on who holds it",
                    "Such as Pratt is cited on timber only.",
                    is_needed=False,
                ),
            ),
        ),
        Kind(
            CLAIMS,
            "claim",
            "claims",
            (
                _id("s4"),
                Asked("text", "Claim", "One assertive sentence, as its side would say it."),
                _choice("kind", "Kind", ClaimKind),
            ),
            has_citations=True,
        ),
        Kind(
            "responses",
            "response",
            "responses",
            (
                Asked("from", "The claim that answers", look=Look.CLAIM),
                _choice("type", "How", ResponseType),
                Asked("to", "The claim that is answered", "A claim of another perspective.", Look.CLAIM),
                Asked("note", "Note", "In a sentence, what the answer comes to."),
            ),
            guide="How claims answer claims of other perspectives.",
        ),
        Kind(
            "gaps",
            "gap",
            "gaps",
            (
                Asked("claim", "The author's claim", look=Look.AUTHORS_CLAIM),
                Asked("stance", "The side that does not answer it", "", Look.CHOICE, ANSWERING),
                Asked("note", "Note", "What was looked for, such as No engineer was found who prices the repair."),
            ),
            guide="The author's claims that a side leaves unanswered, said openly.",
        ),
        Kind(
            "common_ground",
            "agreement",
            "agreements",
            (Asked("text", "What all sides accept", "One sentence, such as Two planks are soft."),),
            has_citations=True,
            guide="What all sides accept.",
        ),
        Kind(
            "cruxes",
            "crux",
            "cruxes",
            (
                Asked("question", "Question", "Where the sides part, as a question."),
                _choice("kind", "Kind of question", CruxKind),
                Asked("author", "The author answers"),
                Asked("opposing", "The opposing side answers"),
                Asked("neutral", "The neutral side answers"),
                Asked("would_settle", "What would settle it", "Evidence that would move an honest person."),
            ),
            guide="The questions on which the sides part.",
        ),
        Kind(
            "events",
            "event",
            "events",
            (
                Asked("date", "Date", _DATE, Look.LINE),
                Asked("title", "Title", "Such as The bridge is built.", Look.LINE),
                Asked("description", "Description", "What happened, in a sentence that all sides would accept."),
            ),
            has_citations=True,
            guide="The timeline; readers see it sorted by date.",
        ),
        Kind(
            "bibliography",
            "work",
            "works",
            (
                Asked("source", "Source", "Its citekey; type a name or a word of the title to find it.", Look.SOURCE),
                Asked("argues", "What it says that matters here", "In a sentence."),
            ),
            guide="The works that matter for the topic, and what each argues.",
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
