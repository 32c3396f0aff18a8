"""Where drafts stand, from the cache: to find it out, a draft must be read whole."""

import json
from collections.abc import Collection, Mapping

from django.conf import settings

from perspectives.models import Topic
from perspectives.queries.documents import drafts
from perspectives.queries.documents.drafts import DraftStatus
from perspectives.queries.publication.publication_cache import CACHE


def cached_statuses(found: Collection[Topic]) -> Mapping[int, DraftStatus]:
    """Say where drafts stand, by the topics' ids; only those that have changed since they were last seen are read.

    With `PUBLICATION_VERSION_TTL` 0 nothing is cached.
    """
    if not settings.PUBLICATION_VERSION_TTL:
        return drafts.statuses(found)
    stamps = drafts.stamps(found)
    keys = {one.pk: ("draft status", one.pk, getattr(one, "edition", None), stamps[one.pk]) for one in found}
    cached = {pk: DraftStatus(*json.loads(body)) for pk, key in keys.items() if (body := CACHE.get(key))}
    read = drafts.statuses([one for one in found if one.pk not in cached]) if len(cached) < len(found) else {}
    for pk, status in read.items():
        body = json.dumps(status).encode()
        CACHE.put(keys[pk], body, len(body))
    return {**cached, **read}
