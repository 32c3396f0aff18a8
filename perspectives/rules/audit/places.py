"""Where a finding of the audit is mended: the part of the draft that its place names."""

from perspectives.rules.documents.parts import CLAIMS, HEAD, LISTS, SIDES
from perspectives.rules.documents.topic_document import TopicDocument


def part_path(topic: TopicDocument, place: str) -> str:
    """Give the path of the part that a place within a topic names, as `rules.documents.parts` does; else the head.

    Places are ids of claims and perspectives, lists with a place in them, and `perspectives[0].held_by`.
    """
    known = {f"perspectives[{index}].held_by": f"{SIDES}/{side.id}" for index, side in enumerate(topic.perspectives)}
    known |= {side.id: f"{SIDES}/{side.id}" for side in topic.perspectives}
    known |= {
        claim.id: f"{SIDES}/{side.id}/{CLAIMS}/{claim.id}" for side in topic.perspectives for claim in side.claims
    }
    name, _, number = place.partition("/")
    return known.get(place, place if name in LISTS and number else HEAD)
