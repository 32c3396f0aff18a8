"""The words of people and their keys."""

from perspectives.vocab.term import Term


class Role(Term):
    """What a person may do here; `policy.py` says what each role may."""

    READER = "reader", "Reads and may suggest.", "Reader"
    CONTRIBUTOR = "contributor", "May also look at drafts and hand sources in.", "Contributor"
    MODERATOR = "moderator", "Curates drafts and sources, decides suggestions, proposes and approves.", "Moderator"
    CHIEF_EDITOR = "chief-editor", "May also retract editions, invite people and change their roles.", "Chief editor"


class Leaning(Term):
    """Where a person who curates says to stand on the subject; declared, so that others can weigh their decisions."""

    AUTHOR_SIDE = "author-side", "Finds the article's author more convincing on the whole.", "Author's side"
    OPPOSING_SIDE = "opposing-side", "Finds the author's critics more convincing on the whole.", "Opposing side"
    NEITHER = "neither", "Finds neither side more convincing on the whole.", "Neither side"
    NOT_DECLARED = "not-declared", "Has not said.", "Not declared"


class InvitationState(Term):
    """Where an invitation stands."""

    OPEN = "open", "Its link can be used.", "Open"
    EXPIRED = "expired", "Its time is over; the person can be invited again.", "Expired"
    ACCEPTED = "accepted", "Somebody made an account by it.", "Accepted"
    REVOKED = "revoked", "It was taken back; its link no longer works.", "Taken back"


class Scope(Term):
    """What an API key may be used for."""

    READ = "read", "Read what is published, with a higher rate limit than without a key.", "Read"
    SUGGEST = "suggest", "Suggest changes in the name of its owner.", "Suggest"
    SUBSCRIBE = "subscribe", "Have addresses told of new editions and retractions (webhooks).", "Subscribe"
    NOTICES = "notices", "Read the notices of its owner, mark them as read, and choose what is mailed.", "Notices"
    TEACH = "teach", "Open and lead classes of its owner, and read what their pupils handed in.", "Teach"
    EXPORT = "export", "Download all that is kept of its owner.", "Export"
    CURATE = "curate", "Do in the name of its owner what the owner may do at the desk.", "Curate"


class KeyState(Term):
    """Whether an API key works."""

    LIVE = "live", "The key works.", "Works"
    EXPIRED = "expired", "The key's time is over.", "Expired"
    REVOKED = "revoked", "The key was ended for good.", "Revoked"
