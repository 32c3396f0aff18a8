"""What the body of a webhook's message says: that something happened and where to read it, never what."""

import json
from datetime import datetime
from typing import Any

from perspectives.vocab import MessageType


def of_edition(kind: MessageType, at: datetime, *, base: str, owner: str, slug: str, number: int) -> str:
    """Tell of an edition; `owner` is `topic` or `article`, `base` the site's address without a last slash."""
    address = f"{base}/api/v1/{owner}s/{slug}/editions/{number}/"
    return _written(kind, at, {owner: slug, "edition": number, "url": address})


def of_test(at: datetime, *, base: str) -> str:
    """Tell that nothing happened."""
    return _written(MessageType.TEST, at, {"url": f"{base}/api/v1/changes/"})


def _written(kind: MessageType, at: datetime, data: dict[str, Any]) -> str:
    return json.dumps({"type": kind.value, "timestamp": at.isoformat(), "data": data}, separators=(",", ":"))
