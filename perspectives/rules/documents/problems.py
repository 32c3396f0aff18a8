"""What is wrong with a document: where it stands and a sentence that says how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""The way from a document's root to a value: field names and list positions from 0."""

_VALUE_LENGTH = 60
_STEP_LENGTH = 100


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` counts from 1 and is 0 where a document did not come from a file."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        """Write it as compilers do, so that editors can jump to it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


def shown(value: object, limit: int = _VALUE_LENGTH) -> str:
    """Write a stranger's value for a sentence: at most `limit` characters, nothing that a terminal would obey."""
    text = str(value)
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)


def written(path: Iterable[str | int]) -> str:
    """Write a path as people do: `perspectives[0].claims[2].kind`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"{'.' if text else ''}{shown(step, _STEP_LENGTH)}"
    return text


def kind_of(value: object) -> str:
    """Name the kind of a value that is no text."""
    return "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else type(value).__name__


def from_validation(error: ValidationError, model: type[BaseModel], *, skip: int = 0) -> list[tuple[Path, str]]:
    """Turn pydantic's errors into paths and sentences, in the order of the document.

    `model` describes what stands below the first `skip` steps of each path.
    """
    return [(_path(detail), _sentence(detail, model, skip)) for detail in error.errors(include_url=False)]


def problems_of(error: ValidationError, model: type[BaseModel], *, path: str | None = None) -> tuple[Problem, ...]:
    """List pydantic's errors on what did not come from a file; with a `path`, as problems of what stands there."""
    found = from_validation(error, model)
    return tuple(Problem("", 0, written(way) if path is None else path, words) for way, words in found)


def _path(detail: ErrorDetails) -> Path:
    # For a missing field pydantic names the field itself; `[key]` marks the key of a mapping.
    return tuple(step for step in detail["loc"] if step != "[key]")


@dataclass(frozen=True)
class _Mistake:
    """One error of pydantic's, with what a sentence needs."""

    path: Path
    value: Any
    context: Mapping[str, Any]
    message: str
    model: type[BaseModel]


def _sentence(detail: ErrorDetails, model: type[BaseModel], skip: int) -> str:
    mistake = _Mistake(detail["loc"][skip:], detail["input"], detail.get("ctx", {}), detail["msg"], model)
    return _SENTENCES.get(detail["type"], _in_pydantics_words)(mistake)


def _unknown_field(mistake: _Mistake) -> str:
    name, known = str(mistake.path[-1]), _fields(_model_at(mistake.model, mistake.path[:-1]))
    if match := get_close_matches(name[:_STEP_LENGTH], known, n=1):
        return f"is not a field known here; did you mean '{match[0]}'?"
    return f"is not a field known here; remove it (known: {', '.join(known)})"


def _unknown_value(mistake: _Mistake) -> str:
    if not isinstance(mistake.value, str):
        return f"is a {kind_of(mistake.value)}; write {mistake.context['expected']}"
    return f"'{shown(mistake.value)}' is not one of the known values; write {mistake.context['expected']}"


def _too_long(mistake: _Mistake) -> str:
    most = f"{mistake.context['max_length']:,}"
    if isinstance(mistake.value, str):
        return f"has more than {most} characters; shorten it"
    return f"has {len(mistake.value)} items; keep at most {most}"


def _in_pydantics_words(mistake: _Mistake) -> str:
    return f"{mistake.message[0].lower()}{mistake.message[1:]}; correct the value"


_NO_MAPPING = "is not a mapping; write 'field: value' lines here"
_SENTENCES: Mapping[str, Callable[[_Mistake], str]] = {
    "mend": lambda mistake: str(mistake.context["sentence"]),
    "missing": lambda mistake: f"is missing; add '{mistake.path[-1]}:'",
    "extra_forbidden": _unknown_field,
    "enum": _unknown_value,
    "too_long": _too_long,
    "greater_than_equal": lambda mistake: f"is {shown(mistake.value)}; write at least {mistake.context['ge']}",
    "less_than_equal": lambda mistake: f"is {shown(mistake.value)}; write at most {mistake.context['le']}",
    "tuple_type": lambda _: "is not a list; write the items one under another, each after '- '",
    "model_type": lambda _: _NO_MAPPING,
    "dict_type": lambda _: _NO_MAPPING,
}
"""Kind of pydantic error -> what makes the sentence."""


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Follow `path` through the fields of `model` to the model that stands there."""
    for step in path:
        for name, field in model.model_fields.items():
            if step == (field.alias or name):
                model = _inner_model(field.annotation) or model
                break
    return model


def _inner_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for argument in arguments if (found := _inner_model(argument))), None)


def _fields(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
