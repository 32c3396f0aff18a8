"""Reads what the forms of classes send."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from perspectives.errors import NotPossibleError
from perspectives.rules.classroom.contributions import MOST_LINKS

_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_LONGEST: Final = 2000


def whole_number(text: str) -> int:
    """Read a whole number from 0 on. Raises NotPossibleError for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        raise NotPossibleError("Nothing was done: give a whole number.")
    return int(text)


def given_in(posted: QueryDict) -> Mapping[str, Any]:
    """Read what a pupil chose, as `rules.classroom.contributions.checked` takes it."""
    return {
        "links": links_in(posted),
        "claims": posted.getlist("claims"),
        "accepted": posted.getlist("accepted"),
        "answers": {name.removeprefix("q_"): str(value) for name, value in posted.items() if name.startswith("q_")},
    }


def links_in(posted: QueryDict) -> list[dict[str, str]]:
    """Read the pairs of a comparison, the empty ones too."""
    names = ("from", "to", "quote")
    return [{name: posted.get(f"{name}_{n}", "")[:_LONGEST] for name in names} for n in range(1, MOST_LINKS + 1)]
