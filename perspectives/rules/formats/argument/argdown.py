"""A topic's argument as an Argdown document (argdown.org), for people who think in plain text.

A heading for each perspective, a statement for each claim, below it whom it answers:

    [o1]: The claim in one sentence. #opposing {kind: causal}
      -> [s1] {o1 rebuts: "Why it says that the other is wrong."}

The note stands in the data of the relation, under the words that name it, because Argdown gathers the data of all
mentions of a statement in one place. `argdown_reading` reads such documents back.
"""

import re
from collections.abc import Iterator, Mapping

from perspectives.rules.documents.topic_document import Claim, Perspective, Response, TopicDocument, TopicEdition
from perspectives.vocab import ResponseType

SIGNS: Mapping[ResponseType, str] = {
    ResponseType.REBUTS: "->",
    ResponseType.UNDERCUTS: "_>",
    ResponseType.QUALIFIES: "->",
    ResponseType.CONCEDES: "+>",
    ResponseType.CORROBORATES: "+>",
}
"""What Argdown draws for a response: an attack, an undercut or a support. The words beside it keep the type exact."""

_LAST_OF_FOUR_DIGITS = 0xFFFF
_ALWAYS = r"[\\@#*_\[\]{}<]"
_WHERE_IT_BEGINS_SOMETHING = (
    r"=(?===)"  # front matter
    r"|/(?=[/*])"  # a comment
    r"|\.(?=[^\s.]\S*?\.)|:(?=[^\s:]\S*?:)"  # a character by name, such as :heart:
    r"|\.(?=\.[^\s]*?\.)|:(?=:[^\s]*?:)"
)
_TO_ESCAPE = re.compile(f"{_ALWAYS}|{_WHERE_IT_BEGINS_SOMETHING}")
_UNSAFE_IN_DATA = frozenset('"\\{}[]=')
"""Argdown looks for the ends of data, titles and front matter before it knows of quotation marks."""


def topic(document: TopicDocument) -> str:
    """Write the argument of a topic (a draft or an edition); the same document always gives the same text."""
    blocks = [_front_matter(document), f"# {escaped(document.title)}"]
    for side in document.perspectives:
        blocks += _perspective(side, document)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Put a backslash before what Argdown would take for a sign of its own."""
    return _TO_ESCAPE.sub(r"\\\g<0>", text)


def quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar that is safe inside Argdown's data and front matter."""
    return '"' + "".join(map(_quoted_character, text)) + '"'


def _quoted_character(character: str) -> str:
    if character.isprintable() and character not in _UNSAFE_IN_DATA:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"


def _front_matter(document: TopicDocument) -> str:
    lines = [
        "===",
        f"title: {quoted(document.title)}",
        f"subTitle: {quoted(document.question)}",
        "model:",
        "  removeTagsFromText: true",
        "debatekb:",
        f"  topic: {quoted(document.topic)}",
    ]
    if isinstance(document, TopicEdition):
        lines.append(f"  edition: {document.edition}")
    return "\n".join([*lines, "==="])


def _perspective(side: Perspective, document: TopicDocument) -> Iterator[str]:
    yield f"## {escaped(side.label)} {{perspective: {quoted(side.id)}, stance: {side.stance.value}}}"
    for claim in side.claims:
        answers = [link for link in document.responses if link.from_claim == claim.id]
        yield "\n".join([_statement(claim, side), *map(_relation, answers)])


def _statement(claim: Claim, side: Perspective) -> str:
    return f"[{claim.id}]: {escaped(claim.text)} #{side.stance.value} {{kind: {claim.kind.value}}}"


def _relation(link: Response) -> str:
    words = f"{link.from_claim} {link.type.value}"
    return f"  {SIGNS[link.type]} [{link.to_claim}] {{{words}: {quoted(link.note)}}}"
