"""The words of notices and the mails that tell of them."""

from perspectives.vocab.term import Term


class NoticeKind(Term):
    """What a notice tells somebody of."""

    PROPOSAL = "proposal", "Somebody proposed a draft that you may decide on.", "Proposals to decide"
    DECISION = "decision", "Somebody approved or returned what you proposed.", "Decisions on your proposals"
    SUGGESTION = (
        "suggestion",
        "A moderator asked about what you suggested, accepted it or declined it.",
        "Your suggestions",
    )
    CORRECTION = (
        "correction",
        "A source that a topic cites which you proposed or see to was changed, or merged with another.",
        "Sources of your topics",
    )
    COMMENT = "comment", "Somebody commented where you proposed, commented or see to it.", "Comments"
    MENTION = "mention", "Somebody named you in a comment.", "Mentions"
    ASSIGNMENT = "assignment", "Somebody gave you a draft or a proposal to see to.", "What you are to see to"


class MailFrequency(Term):
    """How often notices of a kind are mailed."""

    AT_ONCE = "at-once", "A mail as soon as it happens.", "At once"
    DAILY = "daily", "One mail a day with all of them that you have not read, at 6:00 UTC.", "Once a day"
    NEVER = "never", "They stand on the page of notices only.", "Never"
