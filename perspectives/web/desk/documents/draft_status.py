"""Where drafts stand, kept in memory: to find it out, a draft must be read whole."""

import json
from collections.abc import Collection, Mapping

from django.conf import settings

from perspectives.models import Topic
from perspectives.queries import drafts
from perspectives.queries.drafts import Standing
from perspectives.serving.memory import MEMORY


def kept_standings(found: Collection[Topic]) -> Mapping[int, Standing]:
    """Say where drafts stand, by the topics' ids; only those that have changed since they were last seen are read.

    With `EDITION_KEPT_SECONDS` 0 nothing is kept.
    """
    if not settings.EDITION_KEPT_SECONDS:
        return drafts.standings(found)
    stamps = drafts.stamps(found)
    keys = {one.pk: ("standing", one.pk, getattr(one, "edition", None), stamps[one.pk]) for one in found}
    kept = {pk: Standing(*json.loads(body)) for pk, key in keys.items() if (body := MEMORY.get(key))}
    read = drafts.standings([one for one in found if one.pk not in kept]) if len(kept) < len(found) else {}
    for pk, standing in read.items():
        MEMORY.put(keys[pk], json.dumps(standing).encode())
    return {**kept, **read}
