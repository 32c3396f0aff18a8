"""Words for a lesson take no side: whoever may choose them could steer a class."""

from collections.abc import Iterator

from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.study.quiz import names_any
from perspectives.vocab import Stance


def uneven(document: TopicDocument) -> Iterator[tuple[str, str]]:
    """Find words for teachers and classes that name people of some sides only."""
    people = {
        stance: [name for side in document.perspectives if side.stance is stance for name in side.names]
        for stance in Stance
    }
    sides = {stance for stance in Stance if people[stance]}
    for where, words in _words(document):
        named = {stance for stance in sides if names_any(words, people[stance])}
        if named and named != sides:
            found = " and ".join(stance.value for stance in Stance if stance in named)
            yield where, f"names people of the {found} side only; name people of every side or of none"


def _words(document: TopicDocument) -> Iterator[tuple[str, str]]:
    if document.teaching:
        yield "teaching.aim", document.teaching.aim
        yield "teaching.note", document.teaching.note or ""
    for number, crux in enumerate(document.cruxes):
        for place, prompt in enumerate(crux.prompts):
            yield f"cruxes[{number}].prompts[{place}]", prompt
