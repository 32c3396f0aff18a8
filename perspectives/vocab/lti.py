"""The words of learning platforms (LTI 1.3): what a link of a course opens, and how far a grade has come."""

from perspectives.vocab.term import Term


class LtiContent(Term):
    """What a link of a course opens."""

    MATERIAL = "material", "Opens a public page.", "Page"
    QUIZ = "quiz", "Opens a quiz about a topic.", "Quiz"
    CLASS = "class", "Leads into a class; what is handed in there makes a grade.", "Class"


class LtiGradeState(Term):
    """How far the sending of a grade has come."""

    WAITING = "waiting", "Is to be sent.", "Waiting"
    SENT = "sent", "Stands in the book of the platform.", "Sent"
    REFUSED = "refused", "The platform does not take it.", "Refused"
