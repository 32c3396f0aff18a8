"""An argument that comes back from a file, merged into the topic that it was taken from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perspectives.rules.documents import consistency
from perspectives.rules.documents.problems import Problem, written
from perspectives.rules.documents.topic_document import Claim, Gap, Perspective, Response, TopicDocument
from perspectives.rules.formats.argument.argument import Argument, ArgumentClaim, refused
from perspectives.vocab import Stance


@dataclass(frozen=True)
class Merge:
    """The topic as it would be, and what differs."""

    document: TopicDocument
    added: tuple[str, ...]
    """Ids of claims that are new, and so have no citations yet."""
    changed: tuple[str, ...]
    """Ids of claims whose text, kind or perspective differs."""
    removed: tuple[str, ...]
    """Ids of claims that the argument lacks."""
    moot_gaps: tuple[Gap, ...]
    """Gaps that a response now fills, or whose claim is gone; the topic lacks them."""


def merged(document: TopicDocument, argument: Argument, *, article_source: str, may_remove: bool) -> Merge:
    """Put the claims and responses of `argument` into `document`; everything else stays as it is.

    Claims are matched by id and keep their citations. Raises BrokenRulesError with every problem: another topic, an
    unknown perspective, claims that are missing although they may not be removed, and what `consistency` finds.
    """
    problems = list(_misfits(document, argument))
    before = {claim.id: claim for side in document.perspectives for claim in side.claims}
    after = {claim.id for claim in argument.claims}
    removed = tuple(claim for claim in before if claim not in after)
    if not may_remove:
        problems += [
            _problem("claims", f"lack '{claim}', which is in the draft; add it, or allow removal") for claim in removed
        ]
    if problems:
        raise refused(problems)
    sides = tuple(_side(side, argument, before) for side in document.perspectives)
    responses = _in_standing_order(document.responses, argument.responses)
    moot = tuple(gap for gap in document.gaps if gap.claim in removed or _is_answered(gap, argument))
    gaps = tuple(gap for gap in document.gaps if gap not in moot)
    new = document.model_copy(update={"perspectives": sides, "responses": responses, "gaps": gaps})
    if found := [_problem(written(path), message) for path, message in consistency.check_topic(new, article_source)]:
        raise refused(found)
    standing = {(claim.id, claim.text, claim.kind, side.id) for side in document.perspectives for claim in side.claims}
    differing = [
        item.id for item in argument.claims if (item.id, item.text, item.kind, item.perspective) not in standing
    ]
    return Merge(
        document=new,
        added=tuple(claim for claim in differing if claim not in before),
        changed=tuple(claim for claim in differing if claim in before),
        removed=removed,
        moot_gaps=moot,
    )


def _problem(path: str, message: str) -> Problem:
    return Problem("argument", 0, path, message)


def _misfits(document: TopicDocument, argument: Argument) -> Iterable[Problem]:
    if argument.topic != document.topic:
        yield _problem("topic", f"is '{argument.topic}'; name '{document.topic}', or choose the other topic's file")
    stances = {side.id: side.stance for side in document.perspectives}
    for claim in argument.claims:
        if claim.perspective not in stances:
            known = ", ".join(stances)
            words = f"names the perspective '{claim.perspective}', which the topic lacks; write one of {known}"
            yield _problem(f"claim {claim.id}", words)
        elif claim.stance != stances[claim.perspective]:
            stance = stances[claim.perspective].value
            yield _problem(f"claim {claim.id}", f"says '{claim.stance.value}'; '{claim.perspective}' is '{stance}'")


def _side(side: Perspective, argument: Argument, before: dict[str, Claim]) -> Perspective:
    claims = (_claim(item, before.get(item.id)) for item in argument.claims if item.perspective == side.id)
    return side.model_copy(update={"claims": tuple(claims)})


def _claim(item: ArgumentClaim, standing: Claim | None) -> Claim:
    return Claim(id=item.id, text=item.text, kind=item.kind, cites=standing.cites if standing else ())


def _in_standing_order(standing: Sequence[Response], wanted: Sequence[Response]) -> tuple[Response, ...]:
    """Keep the draft's order of those that stay; new ones follow in theirs."""
    places = {_key(link): place for place, link in enumerate(standing)}
    return tuple(sorted(wanted, key=lambda link: places.get(_key(link), len(places))))


def _key(link: Response) -> tuple[str, str, str]:
    return link.from_claim, link.to_claim, link.type.value


def _is_answered(gap: Gap, argument: Argument) -> bool:
    stances: dict[str, Stance] = {claim.id: claim.stance for claim in argument.claims}
    return any(link.to_claim == gap.claim and stances[link.from_claim] == gap.stance for link in argument.responses)
