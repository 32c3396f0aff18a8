"""What readers must be told of people who hold a perspective: an office, or another place in the debate."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from perspectives.rules.documents.topic_document import Perspective, TopicDocument
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.people import is_written_by, person_slug
from perspectives.vocab import SourceCategory, Stance


@dataclass(frozen=True)
class Held:
    """That somebody holds a perspective of a topic, with a role or ''."""

    topic: str
    name: str
    stance: Stance
    role: str = ""


Elsewhere = Mapping[str, tuple[Held, ...]]
"""What people hold in other topics, by `same_person`."""


def held(document: TopicDocument) -> Iterator[Held]:
    """Give who holds what in a topic."""
    for side in document.perspectives:
        yield from (Held(document.topic, name, side.stance, role) for name, role in side.holders)


def elsewhere(everything: Iterable[Held], topic: str) -> Elsewhere:
    """Gather by person what is held in other topics than this."""
    return _by_person(one for one in everything if one.topic != topic)


def _by_person(places: Iterable[Held]) -> Elsewhere:
    found = defaultdict(list)
    for one in places:
        found[same_person(one.name)].append(one)
    return {person: tuple(theirs) for person, theirs in found.items()}


def undisclosed(
    document: TopicDocument, sources: Mapping[str, SourceRecord], others: Elsewhere
) -> Iterator[tuple[str, str]]:
    """Find who needs a role or a note and has none, by perspective: its path and how to mend it."""
    official = [record for record in sources.values() if record.category is SourceCategory.OFFICIAL_STATEMENT]
    own = _by_person(held(document))
    for index, side in enumerate(document.perspectives):
        for name in (name for name, role in side.holders if not role):
            places = (*others.get(same_person(name), ()), *own[same_person(name)])
            said = (_in_office(name, official), _with_a_role(places), _on_other_sides(name, side, places))
            yield from ((f"perspectives[{index}].held_by", f"{name} {one}") for one in said if one)


def _in_office(name: str, official: Iterable[SourceRecord]) -> str:
    is_official = any(is_written_by(one, person_slug(name)) for work in official for one in work.author)
    return "speaks in office in a source; give a 'role', with years" if is_official else ""


def _with_a_role(places: Iterable[Held]) -> str:
    known = next((one for one in places if one.role), None)
    return f"has a role in '{known.topic}' ({known.role}) and none here; give it here too" if known else ""


def _on_other_sides(name: str, side: Perspective, places: Iterable[Held]) -> str:
    """Name the topics in which one is on a side and here neutral, or the other way round."""
    found = {f"{one.stance.value} in {one.topic}" for one in places if one.stance is not side.stance}
    is_mixed = side.stance is Stance.NEUTRAL or any(said.startswith(Stance.NEUTRAL.value) for said in found)
    if not found or not is_mixed or is_noted(name, side):
        return ""
    return f"is {', '.join(sorted(found))}; say so in 'role' or in held_by_note"


def is_noted(name: str, side: Perspective) -> bool:
    """Whether the note of a perspective names the person."""
    family = _printed(name).rsplit(maxsplit=1)[-1]
    return family in _printed(side.held_by_note or "")


def same_person(name: str) -> str:
    """Give what spellings of a name share, its first and last word: a middle name makes no second person."""
    words = name.split()
    return person_slug(f"{words[0]} {words[-1]}")


def _printed(text: str) -> str:
    """Give a text with the apostrophe of print."""
    return text.replace("'", "’")
