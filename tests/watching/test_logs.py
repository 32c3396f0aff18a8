"""What is logged: readable, as JSON, and without anything personal."""

import io
import json
import logging
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from structlog.contextvars import bound_contextvars
from structlog.stdlib import ProcessorFormatter

from debatekb.watching import logs

CANARY = "canary@example.org"


@contextmanager
def logged(form=logs.JSON, *, is_open=False):
    """Collect what all loggers write, as the settings would have it."""
    line = logs.configuration(form, "INFO", is_open=is_open)["formatters"]["line"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(**{name: value for name, value in line.items() if name != "()"}))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield stream
    finally:
        root.removeHandler(handler)


def test_a_line_of_json_bears_the_ids_and_what_our_code_says():
    with logged() as stream, bound_contextvars(request_id="0123456789abcdef"):
        logging.getLogger("perspectives.jobs").warning("%s was not sent.", "perspectives.back_up")
    line = json.loads(stream.getvalue())
    assert line["event"] == "perspectives.back_up was not sent."
    assert (line["request_id"], line["level"], line["logger"]) == ("0123456789abcdef", "warning", "perspectives.jobs")


def test_a_line_for_people_names_time_level_logger_and_ids():
    with logged(logs.CONSOLE) as stream, bound_contextvars(request_id="0123456789abcdef"):
        logging.getLogger("debatekb.x").warning("What happened.")
    assert stream.getvalue().endswith("Z WARNING debatekb.x What happened. request_id=0123456789abcdef\n")


@pytest.mark.parametrize("form", [logs.CONSOLE, logs.JSON])
@pytest.mark.parametrize(
    ("name", "template", "arguments", "said"),
    [
        ("axes.attempts", "Failure of %s, %d times", (CANARY, 3), "Failure of …, 3 times"),
        ("httpx", "HTTP Request: %s", (f"https://x.example/?q={CANARY}",), "HTTP Request: …"),
        ("waitress", f"Exception while serving /reset/{CANARY}", (), "Exception while"),
        ("celery.app.trace", "Task %(name)s: %(args)s", ({"name": "t", "args": CANARY},), "Task t: …"),
        ("other", "%d of it", (Decimal(3),), "%d of it"),
    ],
)
def test_what_libraries_put_into_messages_is_left_out(form, name, template, arguments, said):
    with logged(form) as stream:
        logging.getLogger(name).warning(template, *arguments)
    assert CANARY not in stream.getvalue()
    event = json.loads(stream.getvalue())["event"] if form == logs.JSON else stream.getvalue()
    assert said in event


@pytest.mark.parametrize("status", [404, 799])
def test_a_refusal_is_told_by_its_status(status):
    with logged() as stream:
        logging.getLogger("django.security").warning(CANARY, extra={"status_code": status})
    assert json.loads(stream.getvalue())["event"].startswith(f"{status} ")
    assert CANARY not in stream.getvalue()


def fail():
    try:
        int(CANARY)
    except ValueError as error:
        raise KeyError(CANARY) from error


@pytest.mark.parametrize("form", [logs.CONSOLE, logs.JSON])
def test_exceptions_are_told_by_kind_and_place(form):
    with logged(form) as stream:
        try:
            fail()
        except KeyError:
            logging.getLogger("perspectives.x").exception("It went wrong.")
    text = stream.getvalue()
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "in fail" in text
    assert CANARY not in text


def test_exceptions_of_engines_say_what_they_say():
    with logged() as stream:
        logging.getLogger("perspectives.x").error("No.", exc_info=OperationalError("connection refused"))
    assert "connection refused" in json.loads(stream.getvalue())["exception"]


def test_with_debug_everything_is_shown():
    with logged(is_open=True) as stream:
        try:
            fail()
        except KeyError:
            logging.getLogger("other").exception("Of %s.", "somebody")
    line = json.loads(stream.getvalue())
    assert line["event"] == "Of somebody."
    assert CANARY in line["exception"]


def test_another_form_is_refused_with_a_sentence():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is 'yaml'; give console or json"):
        logs.configuration("yaml", "INFO", is_open=False)


def test_a_refusal_without_an_exception_is_left_to_the_line_of_its_request():
    (make,) = (one["()"] for one in logs.configuration(logs.JSON, "INFO", is_open=False)["filters"].values())
    is_news = make()

    def record(name, exc_info=None):
        return logging.LogRecord(name, logging.ERROR, "", 1, "Not Found", (), exc_info)

    assert not is_news(record("django.request"))
    assert is_news(record("django.security.csrf"))
    assert is_news(record("django.request", (ValueError, ValueError(), None)))
