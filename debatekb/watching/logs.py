"""What is logged and how: lines for people, or JSON; with the ids of request and task, without anything personal.

Messages of our own code hold ids, codes and sentences only. Other libraries put into theirs what they were given:
names, addresses, paths with tokens; of their arguments only numbers are written. Of an exception its kind and place are
written, its message only where it speaks of an engine or of our code; with DEBUG everything.
"""

import logging
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis import ConnectionError as ValkeyError
from redis import TimeoutError as ValkeySilentError
from structlog.typing import EventDict, Processor

CONSOLE: Final = "console"
JSON: Final = "json"
LEFT_OUT: Final = "…"
_OURS: Final = ("perspectives", "debatekb", "celery", "kombu")
"""Loggers whose messages are written whole; Celery is given ids only, and by name what a task gives and raises."""
_OF_TASKS: Final = frozenset({"id", "name", "runtime", "hostname", "description", "eta"})
_PREFORMATTED: Final = ("waitress",)
"""Loggers that put paths into their messages themselves."""
_NOTED: Final = ("route", "method", "status", "seconds")
_OF_ENGINES: Final = (OperationalError, InterfaceError, BrokerError, ValkeyError, ValkeySilentError)
_OF_CODE: Final = (AttributeError, NameError, ImportError)
_SPOKEN: Final = (*_OF_ENGINES, *_OF_CODE)
"""Exceptions whose messages hold no values."""


def configuration(form: str, level: str, *, is_open: bool) -> dict[str, Any]:
    """Return LOGGING. Raises ImproperlyConfigured for another form than console or json."""
    if form not in {CONSOLE, JSON}:
        raise ImproperlyConfigured(f"LOG_FORMAT is {form!r}; give {CONSOLE} or {JSON}.")
    cleaning: list[Processor] = [_whole] if is_open else [without_values, _exception_without_message]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "pass_foreign_args": True,
                "use_get_message": False,  # messages are put together below
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.stdlib.ExtraAdder(allow=_NOTED),
                    structlog.processors.TimeStamper(fmt="iso"),
                    *cleaning,
                ],
                "processors": [
                    _without_arguments,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    _as_json if form == JSON else _as_line,
                ],
            }
        },
        "filters": {"once": {"()": lambda: _is_news}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["once"]}},
        "root": {"handlers": ["stderr"], "level": level},
        # The layout of maps tells each of its steps, dozens a drawing.
        "loggers": {
            **{name: {"level": "WARNING"} for name in ("rust-sugiyama", "connected_components")},
            # Django would set up handlers of its own for these.
            "django": {"handlers": [], "level": "INFO"},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a line is to be written: Django logs each refusal, which the line of its request says too."""
    return record.name != "django.request" or record.exc_info is not None


def _whole(_: object, __: str, event: EventDict) -> EventDict:
    """Put the message of a record together as it was meant."""
    event["event"] = _filled(event["event"], event["positional_args"])
    return event


def without_values(_: object, __: str, event: EventDict) -> EventDict:
    """Put the message of a record together without what a library may have put in from a request."""
    record: logging.LogRecord = event["_record"]
    arguments = event["positional_args"]
    if hasattr(record, "status_code"):
        event["event"] = f"{record.status_code} {_phrase(record.status_code)}"
    elif record.name.startswith(_PREFORMATTED):
        event["event"] = str(record.msg).partition(" serving ")[0]
    elif isinstance(arguments, Mapping):
        kept = {name: value if _is_of_task(name, value) else LEFT_OUT for name, value in arguments.items()}
        event["event"] = _filled(record.msg, kept)
    elif record.name.startswith(_OURS):
        event["event"] = _filled(record.msg, arguments)
    else:
        event["event"] = _filled(record.msg, tuple(map(_number_or_nothing, arguments or ())))
    return event


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _is_of_task(name: str, value: object) -> bool:
    return name in _OF_TASKS or isinstance(value, int | float)


def _number_or_nothing(value: object) -> object:
    return value if isinstance(value, int | float) else LEFT_OUT


def _filled(template: object, arguments: Any) -> str:
    try:
        return str(template) % arguments if arguments else str(template)
    except (TypeError, ValueError, KeyError):  # a number was wanted where nothing is left
        return str(template)


def _exception_without_message(_: object, __: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    if given and given[1] is not None:
        event["exception"] = "\n".join(_told(given[1]))
    return event


def _told(error: BaseException) -> list[str]:
    """Tell an exception and what led to it, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = _told(cause) if cause is not None else []
    message = f": {error}" if isinstance(error, _SPOKEN) else ""
    return [*before, *_places(error.__traceback__), f"{type(error).__module__}.{type(error).__qualname__}{message}"]


def _places(found: TracebackType | None) -> list[str]:
    return [line.rstrip("\n") for line in traceback.format_tb(found)]


def _without_arguments(_: object, __: str, event: EventDict) -> EventDict:
    event.pop("positional_args", None)
    return event


_as_json: Final = structlog.processors.JSONRenderer(sort_keys=True)


def _as_line(_: object, __: str, event: EventDict) -> str:
    """Write `time LEVEL logger message name=value …`, an exception below."""
    exception = event.pop("exception", "")
    first = [event.pop("timestamp"), event.pop("level").upper(), event.pop("logger"), event.pop("event")]
    more = [f"{name}={value}" for name, value in sorted(event.items())]
    return " ".join(map(str, [*first, *more])) + (f"\n{exception}" if exception else "")
