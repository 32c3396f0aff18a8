"""Arguments to draw: of any size and shape, from a few words."""

from hypothesis import strategies as st

from perspectives.rules.document import Claim, Perspective, Response
from perspectives.vocab import ClaimKind, ResponseType, Stance

NOTE = "Because."


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
    stances = draw(st.lists(st.sampled_from(Stance), min_size=1, max_size=6))
    words = st.lists(st.sampled_from(("a", "claim", "of", "incomprehensibilities", "世界")), min_size=1, max_size=60)
    sides = []
    for number, stance in enumerate(stances):
        claims = tuple(
            Claim(id=f"c{number}x{index}", text=" ".join(draw(words)), kind=ClaimKind.FACTUAL)
            for index in range(draw(st.integers(0, 5)))
        )
        sides.append(
            Perspective(id=f"p{number}", stance=stance, label="A position", summary="What it says.", claims=claims)
        )
    owners = {claim.id: side.id for side in sides for claim in side.claims}
    pairs = [(tail, head) for tail in owners for head in owners if owners[tail] != owners[head]]
    chosen = (
        draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(ResponseType)), max_size=25, unique=True))
        if pairs
        else []
    )
    return sides, [response(tail, relation.value, head) for (tail, head), relation in chosen]
