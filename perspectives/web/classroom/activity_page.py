"""What pages show of an activity in its phase, to a pupil and to the teacher: tasks, cards, results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Self

from django.http import QueryDict
from django.utils import timezone

from perspectives.models import Activity, Contribution, Pupil
from perspectives.queries.classroom import classes
from perspectives.queries.classroom.led_activity import LedActivity
from perspectives.rules.classroom import contributions, groups, phases
from perspectives.rules.classroom.contributions import MOST_LINKS
from perspectives.rules.documents.topic_document import Perspective
from perspectives.rules.study import quiz
from perspectives.vocab import ActivityKind, ActivityPhase, Stance
from perspectives.web.classroom.cards import drawn_cards, drawn_options
from perspectives.web.classroom.posted import links_in


@dataclass(frozen=True)
class Question:
    """A claim of a quiz, and what the pupil answered."""

    number: str
    text: str
    stance: Stance
    answer: str


@dataclass(frozen=True)
class ActivityPage(LedActivity):
    """An activity with what its templates need; `pupil` is nobody on the teacher's page."""

    pupil: Pupil | None = None
    ballot: str = ""
    posted: QueryDict | None = None
    at: datetime = field(default_factory=timezone.now)

    @classmethod
    def of(cls, activity: Activity, pupil: Pupil, ballot: str, *, posted: QueryDict | None = None) -> Self:
        """Make the page of a pupil, whose ballots in this poll have this number; `posted` is shown back."""
        return cls(activity, pupil, ballot, posted)

    @property
    def template(self) -> str:
        """The template of the kind."""
        return f"perspectives/classroom/kinds/{self.activity.kind}.html"

    @property
    def takes_something(self) -> bool:
        """Whether pupils write, choose or vote in this phase."""
        return self.phase in phases.TAKES_TEXT | phases.TAKES_BALLOTS

    @property
    def minutes_left(self) -> int | None:
        """How many minutes the timer still runs, a part counting as one; None without a timer."""
        ends = self.activity.phase_ends_at
        return max(0, -int(-(ends - self.at).total_seconds() // 60)) if ends else None

    # --- what the pupil has handed in, and what others have

    @cached_property
    def own(self) -> Contribution | None:
        """What the pupil has handed in in this phase."""
        return classes.contribution(self.activity, self.pupil) if self.pupil else None

    @property
    def text(self) -> str:
        """What stands in the text field: what was just sent, or what is kept."""
        if self.posted is not None:
            return self.posted.get("text", "")
        return self.own.text if self.own else ""

    @cached_property
    def own_all(self) -> list[Contribution]:
        """What the pupil has handed in, phase by phase."""
        return list(classes.own_contributions(self.activity, self.pupil)) if self.pupil else []

    @property
    def feedback(self) -> list[str]:
        """What the teacher says to the pupil, once it is released."""
        return [one.feedback for one in self.own_all if one.feedback] if self.activity.is_feedback_released else []

    @property
    def texts(self) -> list[str]:
        """What all have written, without nicknames, in the order of the words."""
        return sorted(one.text for one in classes.contributions(self.activity) if one.text)

    @property
    def comparisons(self) -> list[dict[str, Any]]:
        """Which claims all have compared, without nicknames: the claims, the quotation, whether it was found."""
        known = contributions.claims(self.document)
        links = [link for one in classes.contributions(self.activity) for link in one.references]
        shown = sorted(links, key=lambda link: (link["to"], link["from"], link["quote"]))
        return [_compared(link, known) for link in shown]

    # --- what the kinds ask for

    @property
    def sides(self) -> tuple[Perspective, ...]:
        """The perspectives of the topic in the order of the comparison."""
        order = list(Stance)
        return tuple(sorted(self.document.perspectives, key=lambda one: order.index(one.stance)))

    @property
    def stances(self) -> list[Stance]:
        """The sides between which a quiz lets choose."""
        return list(Stance)

    @property
    def links(self) -> list[dict[str, str]]:
        """The pairs of a comparison as the form shows them, the empty ones too: options for both claims, the words."""
        kept = links_in(self.posted) if self.posted is not None else self.own.references if self.own else []
        pairs = [*kept, *[{"from": "", "to": "", "quote": ""}] * MOST_LINKS][:MOST_LINKS]
        options = partial(drawn_options, self.stored.sha256, self.sides)
        return [
            {"quote": one["quote"], "from_options": options(one["from"]), "to_options": options(one["to"])}
            for one in pairs
        ]

    @property
    def chosen(self) -> set[str]:
        """The claims, or what of agreements and questions is accepted, that are ticked."""
        if self.posted is not None:
            return {*self.posted.getlist("claims"), *self.posted.getlist("accepted")}
        return {next(iter(one.values())) for one in self.own.references} if self.own else set()

    @property
    def questions(self) -> list[Question]:
        """The claims of the quiz with the pupil's answers: those of this phase, or all that were given."""
        given = {one["question"]: one["answer"] for kept in self.own_all for one in kept.references}
        numbered = ((quiz.question_id(one["id"]), one) for one in self.sheet)
        return [Question(key, one["text"], Stance.of(one["stance"]), given.get(key, "")) for key, one in numbered]

    @property
    def right(self) -> int:
        """How many of the pupil's answers are right."""
        return sum(one.answer == one.stance for one in self.questions)

    @cached_property
    def side(self) -> Perspective | None:
        """The perspective that the pupil presents in a controversy."""
        if not self.pupil:
            return None
        stance = groups.side(classes.place_in_group(self.pupil), self.phase)
        return next((one for one in self.sides if one.stance is stance), None)

    @property
    def drawn_cards(self) -> str:
        """The claims with their evidence as HTML: of all sides, in a controversy of the pupil's."""
        own = [self.side] if self.side else []
        sides = own if self.kind is ActivityKind.CONTROVERSY else self.sides
        return drawn_cards(self.document, self.stored.sha256, sides, is_open=bool(own))

    @property
    def acceptable(self) -> list[tuple[str, str]]:
        """What a consensus may cover."""
        return list(contributions.acceptable(self.document).items())

    # --- polls

    @cached_property
    def vote(self) -> str:
        """The corner that this browser chose in this phase."""
        found = classes.ballot(self.activity, self.ballot) if self.ballot else None
        side = "before" if self.phase is ActivityPhase.BEFORE else "after"
        return getattr(found, side) if found else ""


def _compared(link: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Write out a pair of claims: each with its side."""
    (from_side, claim), (to_side, other) = known[link["from"]], known[link["to"]]
    quote = link["quote"]
    is_found = contributions.is_quoted(quote, claim)
    ends = {"from": claim, "from_side": from_side, "to": other, "to_side": to_side}
    return {**ends, "quote": quote, "is_found": is_found}
