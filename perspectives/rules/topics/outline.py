"""The argument of a topic as a nested list: each claim once, below it the claims that answer it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perspectives.rules.documents.topic_document import Claim, Perspective, Response
from perspectives.vocab import Stance

DEEPEST = 4
"""How many levels below each other are still a list that can be followed, by eye or by ear."""


@dataclass(frozen=True)
class Answered:
    """A claim with every response to it."""

    claim: Claim
    stance: Stance
    answers: tuple["Answering", ...]


@dataclass(frozen=True)
class Answering:
    """A response, with the claim that makes it."""

    response: Response
    claim: Claim
    stance: Stance
    answered: Answered | None
    """The same claim with the responses to it in turn; None where it has its entry elsewhere in the list."""


def outline(perspectives: Sequence[Perspective], responses: Sequence[Response]) -> tuple[Answered, ...]:
    """List every claim once and every response once: first the author's claims, then what is not below one of them.

    Responses may go in circles: a claim that has its entry already, or will have it, is only named.
    """
    claims = {claim.id: (side.stance, claim) for side in perspectives for claim in side.claims}
    return tuple(_Writer(claims, responses).entries())


class _Writer:
    """The list while it is made."""

    def __init__(self, claims: Mapping[str, tuple[Stance, Claim]], responses: Sequence[Response]) -> None:
        self.claims = claims
        self.responses: dict[str, list[Response]] = {claim: [] for claim in claims}
        for response in responses:
            self.responses[response.to_claim].append(response)
        self.told = {claim for claim, (stance, _) in claims.items() if stance is Stance.AUTHOR}

    def entries(self) -> Iterator[Answered]:
        for claim, (stance, _) in self.claims.items():
            if stance is Stance.AUTHOR:
                yield self.entry(claim, 1)
        for claim in self.claims:
            if claim not in self.told:
                self.told.add(claim)
                yield self.entry(claim, 1)

    def entry(self, name: str, level: int) -> Answered:
        stance, claim = self.claims[name]
        return Answered(claim, stance, tuple(self.answer(response, level + 1) for response in self.responses[name]))

    def answer(self, response: Response, level: int) -> Answering:
        stance, claim = self.claims[response.from_claim]
        if claim.id in self.told or level > DEEPEST:
            return Answering(response, claim, stance, None)
        self.told.add(claim.id)
        return Answering(response, claim, stance, self.entry(claim.id, level))
