"""What people may say of themselves: a name and their interests, in words that deceive nobody's eye."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import StringConstraints, TypeAdapter, ValidationError

from perspectives.errors import NotPossibleError
from perspectives.rules.documents.fields import Line, Paragraphs

LONGEST_NAME: Final = 80
LONGEST_INTERESTS: Final = 2000
_NAME: TypeAdapter[str] = TypeAdapter(Annotated[Line, StringConstraints(max_length=LONGEST_NAME)])
_INTERESTS: TypeAdapter[str] = TypeAdapter(Annotated[Paragraphs, StringConstraints(max_length=LONGEST_INTERESTS)])
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of a form."""

    field: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def tidy_line(text: str) -> str:
    """Write what was typed into one line as we keep it: single spaces, composed characters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_paragraphs(text: str) -> str:
    """Write what was typed into several lines as we keep it: paragraphs with one empty line between them."""
    pieces = _EMPTY_LINES.split(text.replace("\r\n", "\n"))
    return "\n\n".join(line for piece in pieces if (line := tidy_line(piece)))


def problems(*, display_name: str, interests: str = "") -> Iterator[FieldProblem]:
    """Say what is wrong with tidied values; interests may be empty, a name may not."""
    yield from _refused(_NAME, "display_name", "The name", display_name)
    if interests:
        yield from _refused(_INTERESTS, "interests", "The text", interests)


def reason(text: str) -> str:
    """Give a reason as the log keeps it. Raises NotPossibleError where it is empty, too long or cannot be read."""
    note = tidy_paragraphs(text)
    if not note or list(_refused(_INTERESTS, "reason", "The reason", note)):
        raise NotPossibleError(f"Give a reason, in at most {LONGEST_INTERESTS} readable characters.")
    return note


def _refused(adapter: TypeAdapter[Any], field: str, what: str, value: str) -> Iterator[FieldProblem]:
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        for detail in error.errors():
            limit = detail.get("ctx", {}).get("max_length")
            sentence = f"has more than {limit} characters; shorten it" if limit else detail["msg"]
            yield FieldProblem(field, f"{what} {sentence}.")
