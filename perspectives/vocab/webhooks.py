"""The words of webhooks: who is told of what, and how far that has come."""

from perspectives.vocab.term import Term


class WebhookState(Term):
    """Whether an address is told of what happens."""

    UNCONFIRMED = "unconfirmed", "Is sent nothing but tests until it has answered one with success.", "Not confirmed"
    ACTIVE = "active", "Is told of every new edition and retraction.", "Active"
    PAUSED = "paused", "Is sent nothing until its owner resumes it; then everything that it missed.", "Paused"


class MessageType(Term):
    """What a message of a webhook tells; codes are the member `type` of its body."""

    EDITION_PUBLISHED = "edition.published", "An edition of a topic or article guide was published.", "New edition"
    EDITION_RETRACTED = "edition.retracted", "An edition should not be relied on any more.", "Retraction"
    TEST = "webhook.test", "Nothing happened; it shows whether messages arrive.", "Test"


class DeliveryState(Term):
    """How far the delivery of a message has come."""

    WAITING = "waiting", "Waits for its first or next attempt.", "Waiting"
    SENDING = "sending", "Is being sent.", "Being sent"
    DELIVERED = "delivered", "The address answered with success.", "Delivered"
    FAILED = "failed", "The last attempt failed; nothing more is tried by itself.", "Failed"
