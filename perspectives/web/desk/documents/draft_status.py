"""Where drafts stand, kept in memory: to find it out, a draft must be read whole."""

import json
from collections.abc import Collection, Mapping

from django.conf import settings

from perspectives.models import Topic
from perspectives.queries.documents import drafts
from perspectives.queries.documents.drafts import DraftStatus
from perspectives.serving.memory import MEMORY


def cached_statuses(found: Collection[Topic]) -> Mapping[int, DraftStatus]:
    """Say where drafts stand, by the topics' ids; only those that have changed since they were last seen are read.

    With `EDITION_KEPT_SECONDS` 0 nothing is kept.
    """
    if not settings.EDITION_KEPT_SECONDS:
        return drafts.statuses(found)
    stamps = drafts.stamps(found)
    keys = {one.pk: ("status", one.pk, getattr(one, "edition", None), stamps[one.pk]) for one in found}
    kept = {pk: DraftStatus(*json.loads(body)) for pk, key in keys.items() if (body := MEMORY.get(key))}
    read = drafts.statuses([one for one in found if one.pk not in kept]) if len(kept) < len(found) else {}
    for pk, status in read.items():
        MEMORY.put(keys[pk], json.dumps(status).encode())
    return {**kept, **read}
