"""Who may send how many suggestions, and which are put aside before a moderator's queue. Nothing is thrown away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from perspectives.vocab import Role

MOST_A_DAY = 20
"""How many suggestions a reader may send in 24 hours."""
MOST_A_DAY_OF_CONTRIBUTORS = 200
MOST_OPEN_WHEN_NEW = 5
"""How many may be undecided at once while an account is new."""
NEW_FOR = timedelta(days=7)
YOUNG_FOR = timedelta(days=1)
MOST_WHEN_YOUNG = 3
"""From the next one on, what an account sends on its first day is put aside."""
MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Sender:
    """What is known of whoever sends, before this suggestion."""

    role: Role
    age: timedelta
    """How long the account has existed."""
    sent_in_a_day: int
    undecided: int

    @property
    def is_trusted(self) -> bool:
        """Whether a chief editor has given this person a role, so that nothing of theirs is put aside."""
        return self.role is not Role.READER


def refusal(sender: Sender) -> str:
    """Say why nothing more is taken from this person now; empty where it is."""
    most = MOST_A_DAY_OF_CONTRIBUTORS if sender.is_trusted else MOST_A_DAY
    if sender.sent_in_a_day >= most:
        return f"You have sent {most} suggestions in 24 hours, which is the most that can be taken; come back tomorrow."
    if not sender.is_trusted and sender.age < NEW_FOR and sender.undecided >= MOST_OPEN_WHEN_NEW:
        return (
            f"In an account's first week at most {MOST_OPEN_WHEN_NEW} suggestions may wait for a decision; "
            "wait until one is decided, or withdraw one."
        )
    return ""


def signs(sender: Sender, text: str, *, is_sent_before: bool) -> Iterator[str]:
    """Say what makes a suggestion look like spam, a sentence each; nothing where it goes to the queue."""
    if sender.is_trusted:
        return
    if len(_LINK.findall(text)) > MOST_LINKS:
        yield f"It has more than {MOST_LINKS} links."
    if is_sent_before:
        yield "The same words were sent before."
    if sender.age < YOUNG_FOR and sender.sent_in_a_day >= MOST_WHEN_YOUNG:
        yield f"The account is not a day old and sent {MOST_WHEN_YOUNG} already."
