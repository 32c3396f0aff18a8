"""What was done, as the event log records it."""

from perspectives.vocab.term import Term


class EventCode(Term):
    """What was done, as the event log records it."""

    PACK_LOADED = "pack.loaded", "A pack was loaded into the drafts.", "Pack loaded"
    EDITION_PROPOSED = "edition.proposed", "A draft was proposed for publication.", "Edition proposed"
    EDITION_RETURNED = "edition.returned", "A proposal was sent back with reasons.", "Proposal returned"
    EDITION_WITHDRAWN = "edition.withdrawn", "A proposal was taken back.", "Proposal withdrawn"
    EDITION_PUBLISHED = "edition.published", "An edition was published.", "Edition published"
    EDITION_RESTORED = "edition.restored", "A draft was made anew from an old edition.", "Edition restored"
    ARGUMENT_IMPORTED = (
        "argument.imported",
        "Claims and responses of a draft were read from a file.",
        "Argument imported",
    )
    ACCOUNT_CREATED = "account.created", "An account was made.", "Account made"
    API_KEY_CREATED = "api-key.created", "A person made an API key.", "API key made"
    API_KEY_REVOKED = "api-key.revoked", "An API key was ended for good.", "API key revoked"
    WEBHOOK_ADDED = "webhook.added", "A person registered an address to be told of editions.", "Webhook added"
    WEBHOOK_REMOVED = "webhook.removed", "A person took such an address away.", "Webhook removed"
    WEBHOOK_RESUMED = "webhook.resumed", "A webhook that was paused goes on.", "Webhook resumed"
    WEBHOOK_SENT = "webhook.sent", "A person had a message of a webhook sent, a test or one again.", "Message sent"
    LTI_REGISTERED = "lti.registered", "A learning platform was registered.", "Platform registered"
    LTI_STOPPED = "lti.stopped", "Launches of a learning platform are refused from now on.", "Platform stopped"
    LTI_RESUMED = "lti.resumed", "Launches of a learning platform are taken again.", "Platform resumed"
    TOPIC_CHANGED = "topic.changed", "Parts of a topic's draft were changed.", "Draft changed"
    TOPIC_REVERTED = "topic.reverted", "A change of a topic's draft was undone.", "Change undone"
    ARTICLE_CHANGED = "article.changed", "Parts of an article guide's draft were changed.", "Guide changed"
    EDITION_RETRACTED = "edition.retracted", "An edition was retracted with a public note.", "Edition retracted"
    DOCUMENT_ARCHIVED = "document.archived", "A topic or article guide was archived with a public note.", "Archived"
    DOCUMENT_REINSTATED = "document.reinstated", "An archived topic or guide was brought back.", "Brought back"
    SOURCE_ADDED = "source.added", "A source was added.", "Source added"
    SOURCE_CHANGED = "source.changed", "The record of a source was changed.", "Source changed"
    SOURCE_REVERTED = "source.reverted", "A change of a source's record was undone.", "Source's change undone"
    SOURCE_DEPRECATED = "source.deprecated", "A source was marked as one not to cite any more.", "Source deprecated"
    SOURCE_REINSTATED = "source.reinstated", "A source may be cited again.", "Source reinstated"
    SOURCE_MERGED = "source.merged", "A source was merged into another.", "Sources merged"
    THESAURUS_CHANGED = (
        "thesaurus.changed",
        "Words that stand for each other in a search were changed.",
        "Thesaurus changed",
    )
    INTAKE_STARTED = "intake.started", "Sources were handed in to be taken in.", "Intake started"
    INTAKE_DECIDED = "intake.decided", "An entry of an intake was decided on.", "Intake decided"
    SUGGESTION_SENT = "suggestion.sent", "A change was suggested.", "Suggestion sent"
    SUGGESTION_ANSWERED = "suggestion.answered", "The author of a suggestion added to it.", "Suggestion answered"
    SUGGESTION_QUESTIONED = "suggestion.questioned", "A moderator asked the author for more.", "More asked for"
    SUGGESTION_ACCEPTED = "suggestion.accepted", "A suggestion was accepted.", "Suggestion accepted"
    SUGGESTION_DECLINED = "suggestion.declined", "A suggestion was declined.", "Suggestion declined"
    SUGGESTION_REOPENED = "suggestion.reopened", "A declined suggestion was opened again.", "Suggestion reopened"
    SUGGESTION_WITHDRAWN = "suggestion.withdrawn", "Its author took a suggestion back.", "Suggestion withdrawn"
    SUGGESTION_RELEASED = "suggestion.released", "A suggestion was let out of quarantine.", "Suggestion released"
    ACCOUNT_INVITED = "account.invited", "Somebody was invited.", "Invitation sent"
    ACCOUNT_JOINED = "account.joined", "An invitation was accepted.", "Invitation accepted"
    ACCOUNT_CHANGED = "account.changed", "A person's profile was changed.", "Profile changed"
    ACCOUNT_ROLE_CHANGED = "account.role-changed", "A person's role was changed.", "Role changed"
    ACCOUNT_DEACTIVATED = "account.deactivated", "An account was closed; its record stays.", "Account closed"
    ACCOUNT_ERASED = "account.erased", "All that named a person was erased; the record stays.", "Account erased"
    ACCOUNT_REACTIVATED = "account.reactivated", "A closed account was opened again.", "Account opened again"
    QUOTATION_CONFIRMED = "quotation.confirmed", "An editor saw the words of a quotation.", "Quotation confirmed"
    CONFIRMATION_WITHDRAWN = (
        "confirmation.withdrawn",
        "An editor's confirmation of a quotation was taken back.",
        "Confirmation withdrawn",
    )
    COMMENT_WRITTEN = "comment.written", "Somebody commented on a draft or a proposal.", "Comment written"
    COMMENT_EDITED = "comment.edited", "A comment was changed by whoever wrote it.", "Comment changed"
    COMMENT_DELETED = "comment.deleted", "The words of a comment were deleted.", "Comment deleted"
    ASSIGNMENT_MADE = "assignment.made", "A draft or a proposal was given to somebody to see to.", "Assigned"
    ASSIGNMENT_ENDED = "assignment.ended", "Nobody sees to a draft or a proposal any more.", "Assignment ended"
