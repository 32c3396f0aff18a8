"""When notices are mailed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from perspectives.vocab import MailFrequency, NoticeKind

DEFAULTS: Final[Mapping[NoticeKind, MailFrequency]] = {
    NoticeKind.PROPOSAL: MailFrequency.DAILY,
    NoticeKind.DECISION: MailFrequency.AT_ONCE,
    NoticeKind.SUGGESTION: MailFrequency.AT_ONCE,
    NoticeKind.CORRECTION: MailFrequency.DAILY,
    NoticeKind.COMMENT: MailFrequency.DAILY,
    NoticeKind.MENTION: MailFrequency.AT_ONCE,
    NoticeKind.ASSIGNMENT: MailFrequency.AT_ONCE,
}
"""How often each kind is mailed to who has chosen nothing: at once where one person is meant, else once a day."""
FOR_READERS: Final = (NoticeKind.SUGGESTION,)
"""The kinds that people get who do not see the desk."""
DIGEST_HOUR: Final = 6
"""At which hour, UTC, the mail of the day goes out."""
KEPT: Final = timedelta(days=180)
"""How long notices and their mails are kept."""
LEASE: Final = timedelta(minutes=5)
"""For how long a mail is its sender's; longer than a job may run."""
_LONGEST_WAIT: Final = timedelta(hours=6)
GIVEN_UP_AFTER: Final = timedelta(days=3)
"""How long it is tried to send a mail that the server does not take for now."""


def due_at(frequency: MailFrequency, now: datetime) -> datetime | None:
    """Tell from when on a notice of this moment, in UTC, is to be mailed; nothing for never."""
    if frequency is MailFrequency.NEVER:
        return None
    if frequency is MailFrequency.AT_ONCE:
        return now
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


def wait(attempts: int) -> timedelta:
    """Tell how long after this attempt, counted from 1, the next one follows: 5, 10, 20 minutes, to 6 hours."""
    return min(LEASE * (1 << min(attempts, 10) - 1), _LONGEST_WAIT)
