"""What classes, their activities and what was handed in look like to their teacher. Nothing of a pupil has a time."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from perspectives.actions.classroom.classes import DAYS, MOST_TOPICS
from perspectives.api.desk.shapes import Moment, Page, Record
from perspectives.models.classroom import LONGEST_TEXT
from perspectives.rules.classroom import groups, phases
from perspectives.rules.documents.fields import Number, Part, Slug, refusal
from perspectives.vocab import ActivityKind, ActivityPhase, PollCorner

Nickname = Annotated[str, Field(pattern="^[A-Z][a-z]{1,19}$", description="A nickname of the class.")]


class NewClass(Part):
    """The published topics of a class that is to be opened, and how many days it lasts."""

    topics: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=MOST_TOPICS)]
    days: Annotated[Number, Field(ge=1, le=DAYS, description="Then all of it is deleted.")] = DAYS


class Stop(Part):
    """Whether a class is stopped."""

    is_stopped: bool


class NewGroups(Part):
    """How many groups are made."""

    number: Annotated[Number, Field(ge=0, le=groups.MOST_GROUPS, description="0 ends the groups.")]


class NewActivity(Part):
    """What a class will do, and about which of its topics."""

    kind: ActivityKind
    topic: Slug
    crux: Annotated[Number, Field(ge=0)] | None = Field(
        None, description="Of `answer` and `poll`: the place of the question among the topic's cruxes, from 0."
    )

    @model_validator(mode="after")
    def _has_a_crux_where_it_needs_one(self) -> Self:
        has_crux = self.kind in phases.HAS_CRUX
        if has_crux and self.crux is None:
            raise refusal(f"lacks the 'crux' that the {self.kind.value} is about; name its place, from 0")
        if not has_crux and self.crux is not None:
            raise refusal(f"takes no 'crux' where the kind is '{self.kind.value}'; leave it out")
        return self


class NewPhase(Part):
    """Where an activity goes; it is shown to pupils in place of what they see. `planned` hides it."""

    phase: ActivityPhase
    minutes: Annotated[
        Number, Field(ge=0, le=phases.LONGEST_MINUTES, description="A timer that pupils see; 0 for none.")
    ] = 0


class NewFeedback(Part):
    """What is said to a contribution."""

    nickname: Nickname
    phase: ActivityPhase
    feedback: Annotated[str, Field(max_length=LONGEST_TEXT, description="An empty text takes it away.")]


class Release(Part):
    """Whether pupils see the feedback of an activity."""

    is_released: bool


class ClassRecord(Record):
    """A class in the list."""

    id: int
    code: str
    topics: tuple[Slug, ...]
    opened_at: Moment
    expires_at: Moment
    is_stopped: bool
    groups: Number
    pupils_joined: Number


class Classes(Page[ClassRecord]):
    """One's own classes, newest first."""


class PupilRecord(Record):
    """A pupil: a nickname from the list, and perhaps a group."""

    nickname: str
    group: Number | None = None


class ActivityRecord(Record):
    """An activity in the list; `handed_in` counts contributions, of a poll ballots."""

    id: int
    kind: ActivityKind
    topic: Slug
    edition: Number
    crux: Number | None = Field(None, description="The place of its question among the cruxes of the edition, from 0.")
    phase: ActivityPhase
    phase_ends_at: Moment | None = None
    is_shown: bool
    is_feedback_released: bool
    handed_in: Number

    @classmethod
    def of(cls, row: object, **more: Any) -> dict[str, Any]:
        """Write a row like other records, with a `crux` of 0 too: that is the first, and not none."""
        crux = more.get("crux")
        return {**super().of(row, **more), **({} if crux is None else {"crux": crux})}


class WholeClass(ClassRecord):
    """A class with its pupils by nickname, and its activities in their order."""

    join_url: Annotated[str, Field(description="Where pupils come in.")]
    pupils: tuple[PupilRecord, ...]
    activities: tuple[ActivityRecord, ...]


class ContributionRecord(Part):
    """What a pupil handed in in a phase; `right` answers of a quiz, else words, claims and quotations are counted."""

    nickname: str
    group: Number | None = None
    phase: ActivityPhase
    text: str
    chosen: Annotated[tuple[str, ...], Field(description="What was chosen, in words.")]
    words: Annotated[Number, Field(description="How many words the text has.")]
    claims: Annotated[Number, Field(description="How many claims were compared or chosen.")]
    quotes_found: Annotated[Number, Field(description="How many quotations stand in the evidence of the claim.")]
    right: Number | None = Field(None, description="How many answers of the quiz are right.")
    feedback: Annotated[str, Field(description="What the teacher says; pupils see it once it is released.")]


class FlowRecord(Part):
    """How many of those who voted twice went to a corner."""

    to: PollCorner
    number: Number


class CornerRecord(Part):
    """A corner of a poll that is closed. A number that is not there is hidden, as all under five are."""

    corner: PollCorner
    words: Annotated[str, Field(description="The answer of the side, or that none is nearest.")]
    before: Number | None = Field(None, description="How many chose it before the lesson.")
    after: Number | None = Field(None, description="How many chose it after the lesson, once that poll is closed too.")
    flows: tuple[FlowRecord, ...] = ()


class ConsensusRecord(Part):
    """How many agreements and open questions all of a group accept; the group 0 is the whole class."""

    group: Number
    agreements: Number
    cruxes: Number


class WholeActivity(ActivityRecord):
    """An activity with what was handed in and what came of it.

    `result` is there once a poll is closed, `consensus` once a controversy has ended.
    """

    question: str
    phases: Annotated[tuple[ActivityPhase, ...], Field(description="To these it can go.")]
    contributions: tuple[ContributionRecord, ...]
    result: tuple[CornerRecord, ...] = ()
    consensus: tuple[ConsensusRecord, ...] = ()
