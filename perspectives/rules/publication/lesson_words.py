"""Words for a lesson take no side: whoever may choose them could steer a class."""

from collections.abc import Iterator
from itertools import chain

from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.study.quiz import names_any
from perspectives.vocab import Stance


def uneven(document: TopicDocument) -> Iterator[tuple[str, str]]:
    """Find words for teachers and classes that name people of some sides only."""
    people = {
        stance: [name for side in document.perspectives if side.stance is stance for name in side.names]
        for stance in Stance
    }
    for where, words in _words(document):
        named = {
            stance: [name for name in names if names_any(words, [name])] for stance, names in people.items() if names
        }
        if any(named.values()) and not all(named.values()):
            found = ", ".join(chain.from_iterable(named.values()))
            yield where, f"names {found} and nobody of another side; name people of every side or of none"


def _words(document: TopicDocument) -> Iterator[tuple[str, str]]:
    if document.teaching:
        yield "teaching.aim", document.teaching.aim
        yield "teaching.note", document.teaching.note or ""
    for number, crux in enumerate(document.cruxes):
        for place, prompt in enumerate(crux.prompts):
            yield f"cruxes[{number}].prompts[{place}]", prompt
