"""Source records to CSL-JSON, the form that citation programs read."""

import json
from collections.abc import Mapping
from typing import Any

from perspectives.rules.sources import work_dates

_NOT_CSL = {"category", "checked"}
_DATES = ("issued", "accessed", "original-date")


def csl_item(key: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a source record (plain data) into a CSL-JSON item with `key` as its id."""
    item = {name: value for name, value in record.items() if name not in _NOT_CSL}
    for name in _DATES:
        if name in item:
            item[name] = work_dates.csl(item[name])
    return {"id": key, **item}


def text(sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Write source records, by citekey, as CSL-JSON."""
    items = [csl_item(key, record) for key, record in sources.items()]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":"))


def csl_items(body: bytes) -> list[dict[str, Any]]:
    """List the sources that an edition (canonical JSON) embeds as CSL-JSON items, by citekey."""
    sources = json.loads(body)["sources"]
    return [csl_item(key, sources[key]) for key in sorted(sources)]
