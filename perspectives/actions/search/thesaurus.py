"""Changing the thesaurus, by which a question finds what is written in other words; it works from then on."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from perspectives.actions import row_sets
from perspectives.actions.event_log import record
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.errors import ConflictError
from perspectives.models import SynonymGroup
from perspectives.policy import Actor, Permission, require
from perspectives.queries.search import thesaurus as standing
from perspectives.vocab import EventCode

Groups = Mapping[str, Sequence[str]]


@transaction.atomic
def change(*, groups: Groups, version: str, by: Actor | None, note: str = "") -> None:
    """Put checked groups in the place of those that still have this version (`queries.search.thesaurus.version`).

    What changes nothing leaves no trace. Raises NotPermittedError, and ConflictError where somebody else was quicker.
    """
    actor = require(by, Permission.THESAURUS_CHANGE)
    wait_for_turn(Turn.THESAURUS)
    before = standing.groups()
    if standing.version(before) != version:
        raise ConflictError(
            "The thesaurus was changed by somebody else in the meantime; open it anew.", path="thesaurus"
        )
    changed = {
        name: [list(before.get(name, ())), list(groups.get(name, ()))]
        for name in sorted({*before, *groups})
        if list(before.get(name, ())) != list(groups.get(name, ()))
    }
    if changed:
        _write(groups)
        record(EventCode.THESAURUS_CHANGED, by=actor, note=note, groups=changed)


def load(groups: Groups) -> None:
    """Write the groups of a pack, in the transaction of the action that loads it."""
    wait_for_turn(Turn.THESAURUS)
    _write(groups)


def _write(groups: Groups) -> None:
    rows = [{"name": name, "terms": list(terms)} for name, terms in groups.items()]
    row_sets.sync(SynonymGroup.objects.all(), rows, ["name"])
