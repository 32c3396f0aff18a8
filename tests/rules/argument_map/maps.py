"""Arguments to draw: of any size and shape, from a few words."""

from random import Random

from hypothesis import strategies as st

from perspectives.rules.documents.topic_document import Claim, Perspective, Response
from perspectives.vocab import ClaimKind, ResponseType, Stance

NOTE = "Because."
WORDS = ("a", "claim", "of", "incomprehensibilities", "世界")


def argument(names: str, *links: str) -> tuple[list[Perspective], list[Response]]:
    """Make claims and responses: `argument("a1 o1 n1", "o1 rebuts a1")`; the first letter tells the stance."""
    stances = {stance.value[0]: stance for stance in Stance}
    sides = [
        Perspective(
            id=f"{stance.value}-{number}",
            stance=stance,
            label="A position",
            summary="What it says.",
            claims=(Claim(id=name, text=f"Claim {name}.", kind=ClaimKind.FACTUAL),),
        )
        for number, name in enumerate(names.split())
        for stance in [stances[name[0]]]
    ]
    return sides, [response(*link.split()) for link in links]


def response(tail: str, relation: str, head: str) -> Response:
    """Make a response."""
    return Response.model_validate({"from": tail, "to": head, "type": relation, "note": NOTE})


@st.composite
def arguments(draw) -> tuple[list[Perspective], list[Response]]:
    """Make any argument: several perspectives of a stance, circles, claims that stand alone, long texts."""
    sizes = draw(st.lists(st.tuples(st.sampled_from(Stance), st.integers(0, 5)), min_size=1, max_size=6))
    random = Random(draw(st.integers(0, 2**32)))
    sides = []
    for number, (stance, count) in enumerate(sizes):
        texts = [" ".join(random.choices(WORDS, k=random.randint(1, 60))) for _ in range(count)]
        claims = tuple(
            Claim(id=f"c{number}x{index}", text=text, kind=ClaimKind.FACTUAL) for index, text in enumerate(texts)
        )
        sides.append(
            Perspective(id=f"p{number}", stance=stance, label="A position", summary="What it says.", claims=claims)
        )
    owners = {claim.id: side.id for side in sides for claim in side.claims}
    links = [
        (tail, kind.value, head)
        for tail in owners
        for head in owners
        for kind in ResponseType
        if owners[tail] != owners[head]
    ]
    chosen = random.sample(links, k=min(len(links), random.randint(0, 30)))
    return sides, [response(*link) for link in chosen]
