"""The words of a class: what pupils do together, how far that has come, where they stand in a poll."""

from perspectives.vocab.term import Term


class ActivityKind(Term):
    """What pupils of a class do together."""

    ANSWER = "answer", "Everybody writes an answer first; then all answers are shown.", "Answer first, then reveal"
    POLL = "poll", "Everybody may choose a corner, without a name, before and after the lesson.", "Four corners poll"
    COMPARISON = "comparison", "Says which claim answers which, with words from the evidence.", "Cited comparison"
    QUIZ = "quiz", "Decides which side would say each claim.", "Quiz"
    CONTROVERSY = (
        "controversy",
        "Pairs present a side, exchange sides, and seek what all of the group can accept.",
        "Structured academic controversy",
    )


class ActivityPhase(Term):
    """How far an activity of a class has come; each kind has some of these, in this order."""

    PLANNED = "planned", "Pupils do not see it yet.", "Planned"
    WRITING = "writing", "Everybody writes; nobody sees what others have written.", "Writing"
    REVEALED = "revealed", "Everybody sees what all have written, without nicknames.", "Revealed"
    BEFORE = "before", "The poll before the lesson is open; nobody sees a result.", "Poll before"
    BETWEEN = "between", "The poll before the lesson is closed, and its result is shown.", "Result before"
    AFTER = "after", "The poll after the lesson is open; nobody sees a result.", "Poll after"
    PREPARING = "preparing", "Each pair reads the claims of its side and chooses the strongest.", "Prepare"
    PRESENTING = "presenting", "Each pair presents its side; the others note what they hear.", "Present"
    REVERSING = "reversing", "Each pair presents the other side, as well as it can.", "Exchange sides"
    SEEKING = "seeking", "The group leaves the sides and writes what all of it can accept.", "Seek consensus"
    ENDED = "ended", "Nothing more is taken; what came of it is shown.", "Ended"


class PollCorner(Term):
    """Where somebody stands in a poll about a question on which the sides part."""

    AUTHOR = "author", "The answer of the author's side is nearest.", "The first answer"
    OPPOSING = "opposing", "The answer of the opposing side is nearest.", "The second answer"
    NEUTRAL = "neutral", "The answer of the neutral side is nearest.", "The third answer"
    UNSURE = "unsure", "None of the answers is nearest, or not yet.", "I cannot tell yet"
