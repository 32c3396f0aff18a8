"""Actions of two people in two threads that start together."""

from threading import Barrier, Thread

from django.db import connection

from perspectives.errors import DomainError
from tests import depth

ROUNDS = depth.rounds()
"""How often each race is run."""


def at_once(*actions):
    """Run the actions in threads that start together; give what each returned or raised."""
    outcomes: list = [None] * len(actions)
    barrier = Barrier(len(actions))

    def run(index, action):
        try:
            barrier.wait()
            outcomes[index] = action()
        except DomainError as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def one_winner(outcomes):
    losers = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    return len(outcomes) - len(losers) == 1 and all(loser.message for loser in losers)
