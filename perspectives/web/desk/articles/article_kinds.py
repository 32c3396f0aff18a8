"""What the form of each kind of part of an article guide asks for, and what there is to choose from in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from perspectives.errors import NotFoundError
from perspectives.queries.documents import guides
from perspectives.queries.documents.guides import NamedClaim
from perspectives.rules.documents import parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.parts import FINDINGS, HEAD, OUTLINE, PASSAGES
from perspectives.vocab import FindingKind
from perspectives.web.desk.documents.part_table import Kind
from perspectives.web.http.field_specs import FieldKind, FieldSpec, choice, line, optional
from perspectives.web.http.form_fields import Choices

LINKS: Final = "links"
_SHOWN = 90

ABOUT: Final = (
    line("title", "Title", "As it was published, such as Leave the Old Bridge Alone."),
    line("author", "Author", "Such as Mara Ellingwood."),
    line("author_short", "The author in a word", "As columns are headed, such as Ellingwood."),
    *optional(FieldSpec("about", "What it is about", "In a sentence, with who wrote it; the home page shows it.")),
)
LINKED: Final = optional(
    FieldSpec(
        "topics", "Topics that take it up", "They keep their order; what is ticked anew comes last.", FieldKind.TOPICS
    ),
    FieldSpec("claims", "Claims that it states", "Their topics need no tick of their own.", FieldKind.CLAIMS),
)
TOLD: Final = (
    FieldSpec("section", "Section", "", FieldKind.SECTION),
    FieldSpec("paraphrase", "In our words", "What the passage says, in a sentence; not in the article's words."),
    *optional(line("quote_by", "Words of", "Who speaks, where the article quotes somebody else.")),
)
KINDS: Final[Mapping[str, Kind]] = {
    HEAD: Kind(
        "",
        "article",
        "article",
        (*ABOUT, FieldSpec("selector_note", "How positions are counted", "For whoever checks them.")),
    ),
    OUTLINE: Kind(
        OUTLINE,
        "section",
        "sections",
        (
            line("section", "Section", "Its heading, or a name for it, such as The bill: who pays?"),
            FieldSpec("summary", "What it says", "In a sentence or two, in our words."),
        ),
        guide="The sections of the article, each summed up. A section that is renamed keeps its passages.",
    ),
    PASSAGES: Kind(PASSAGES, "passage", "passages", (*TOLD, *LINKED)),
    FINDINGS: Kind(
        FINDINGS,
        "finding",
        "findings",
        (
            FieldSpec("topic", "Topic", "One of those that take the passage up.", FieldKind.TOPIC),
            choice("finding", "What was found", FindingKind),
            FieldSpec("note", "Why", "In a sentence or two; sources stand below."),
        ),
        has_citations=True,
    ),
    LINKS: Kind(
        LINKS,
        "link",
        "links",
        (
            line("label", "Where", "Such as Reprint in the Imaginary Parish Review."),
            line("url", "Address", "Whole, beginning with https://"),
        ),
        guide="Other places where the article can be read; the first is the address of its source record.",
    ),
}


def kind_of(path: str) -> Kind:
    """Find the kind of the part at a path, or of the parts in the list at a path. Raises NotFoundError."""
    match path.split("/"):
        case ["head"]:
            return KINDS[HEAD]
        case [name] | [name, _] if name in parts.GUIDE_LISTS:
            return KINDS[name]
        case ["passages", _, "findings"] | ["passages", _, "findings", _]:
            return KINDS[FINDINGS]
    raise NotFoundError(f"The draft of a guide has no part '{path}'.")


def name(path: str) -> str:
    """Name a part for people, such as `passage p1` or `finding 1 on passage p1`."""
    names = path.split("/")
    if path == HEAD:
        return KINDS[HEAD].noun
    is_place = names[-1].isdecimal() and (names[0] != PASSAGES or FINDINGS in names)
    label = int(names[-1]) + 1 if is_place else names[-1]
    return f"{kind_of(path).noun} {label}{f' on passage {names[1]}' if FINDINGS in names else ''}"


@dataclass(frozen=True)
class GuideChoices:
    """What the forms of a guide's parts offer; `passage` is the id of the passage of a finding."""

    document: ArticleDocument
    passage: str = ""

    def by_kind(self) -> Choices:
        """Give it by the kind of field: sections, topics, claims."""
        topics = guides.topics(self.document)
        own = next((one.topics for one in self.document.passages if one.id == self.passage), ())
        return {
            FieldKind.SECTION: [(one.section, one.section) for one in self.document.outline],
            FieldKind.TOPICS: topics,
            FieldKind.TOPIC: [(slug, title) for slug, title in topics if slug in own],
            FieldKind.CLAIMS: self._claims([slug for slug, _ in topics]),
        }

    def _claims(self, slugs: list[str]) -> list[Any]:
        named = [ref for passage in self.document.passages for ref in passage.claims]
        return [
            (title, [(one.public_id, _written(one)) for one in found])
            for title, found in groupby(guides.claims(slugs, named), key=lambda one: one.topic)
        ]


def _written(claim: NamedClaim) -> str:
    text = claim.text if len(claim.text) <= _SHOWN else f"{claim.text[: _SHOWN - 1]}…"
    return f"{claim.public_id.rpartition('/')[2]} · {text}"


def linked(passage: parts.Plain, before: Mapping[str, Any] | None = None) -> parts.Plain:
    """Add to a passage's topics those of its claims; what was ticked before stays in its order, the rest comes last."""
    claims = _in_order(passage.get("claims", ()), (before or {}).get("claims", ()))
    topics = [*passage.get("topics", ()), *(ref.partition("/")[0] for ref in claims)]
    links = {"topics": _in_order(topics, (before or {}).get("topics", ())), "claims": claims}
    return {**passage, **{name: found for name, found in links.items() if found}}


def _in_order(ticked: Iterable[str], before: Iterable[str]) -> list[str]:
    found = dict.fromkeys(ticked)
    return list(dict.fromkeys([*(one for one in before if one in found), *found]))
