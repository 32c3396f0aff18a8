"""Names of people and organisations as lines that people type, one name a line; nothing is lost on the way and back.

`Pratt, Ada` is a person, `Plato,` one with a single name, `Parish Council` an organisation, and so is, with a sign of
equality before it, `= Office of Bridges, Roads and Fords`. What a line cannot say so stands behind it in brackets,
`Fluß, Otto [dropping-particle: von]`, or the whole name is JSON.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Plain = dict[str, Any]
_WHOLE = "="
_MORE = ("suffix", "dropping-particle", "non-dropping-particle")
_BRACKET = re.compile(rf"\s*\[({'|'.join(_MORE)}): ([^\[\]]*)\]$")


def written(names: Iterable[Mapping[str, Any]]) -> str:
    """Write names line by line."""
    return "\n".join(_line(dict(name)) for name in names)


def read(text: str) -> list[Any]:
    """Read names as plain data; what is no name is left to the rules of records. Empty lines are passed over."""
    return [_name(line.strip()) for line in text.splitlines() if line.strip()]


def _line(name: Plain) -> str:
    simple = name.get("literal") or f"{name.get('family', '')}, {name.get('given', '')}".rstrip()
    line = str(simple) + "".join(f" [{field}: {name[field]}]" for field in _MORE if field in name)
    ways = (line, f"{_WHOLE} {line}")
    return next((way for way in ways if read(way) == [name]), json.dumps(name, ensure_ascii=False))


def _name(line: str) -> Any:
    if line.startswith("{"):
        try:
            return json.loads(line)
        except ValueError:
            return {"literal": line}
    more: Plain = {}
    while match := _BRACKET.search(line):
        more[match[1]] = match[2]
        line = line[: match.start()]
    if line.startswith(_WHOLE):
        return {"literal": line.removeprefix(_WHOLE).strip(), **more}
    family, comma, given = line.partition(",")
    if not comma:
        return {"literal": line, **more}
    person = {"family": family.strip(), "given": given.strip()}
    return {**{field: value for field, value in person.items() if value}, **more}
