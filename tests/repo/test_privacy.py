"""What docs/privacy.md says is kept of people is what the models and the code keep."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import EmailField, ForeignKey, GenericIPAddressField

from perspectives.models import User
from perspectives.web.accounts import known_device
from perspectives.web.classroom import pupil_cookies
from perspectives.web.http.parameters import REMEMBERED
from perspectives.web.lti import state_cookies
from perspectives.web.study import tray
from tests.repo.test_documents import ROOT, rows

DOCUMENT = "docs/privacy.md"
ABOUT_PEOPLE_ALONE = ("account", "mfa", "sessions", "axes")
"""Apps whose every column is about somebody."""
OWN = ("User", "ApiKey", "Invitation")
CODES = re.compile(r"`([^`]+)`")
MODELS = [model for model in apps.get_models() if model._meta.app_label != "admin"]


def said():
    return {row[0]: set(CODES.findall(row[1])) for row in rows(DOCUMENT, "What is kept")}


def without():
    text = (ROOT / DOCUMENT).read_text().split("### Models without anything about users\n", 1)[1].split("\n## ", 1)[0]
    return set(CODES.findall(text.split("\n\n", 1)[1]))


def test_every_model_is_in_one_of_the_two_lists():
    names = {model.__name__ for model in MODELS}
    assert set(said()) | without() == names
    assert not set(said()) & without()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_columns_about_people_are_named_and_there(model):
    columns = {field.name: field for field in model._meta.concrete_fields}
    named = said().get(model.__name__, set())
    assert named <= set(columns)
    leads = {name for name, one in columns.items() if isinstance(one, ForeignKey) and one.related_model is User}
    typed = {name for name, one in columns.items() if isinstance(one, EmailField | GenericIPAddressField)}
    assert leads | typed <= named
    if model._meta.app_label in ABOUT_PEOPLE_ALONE or model.__name__ in OWN:
        assert set(columns) - {"id"} <= named


def test_cookies_are_named():
    known = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    known |= {known_device.COOKIE, tray.COOKIE, *REMEMBERED, *pupil_cookies.COOKIES, state_cookies.PREFIX}
    assert {CODES.findall(row[0])[0] for row in rows(DOCUMENT, "Cookies")} == known
    setting = {
        path.relative_to(ROOT).as_posix()
        for folder in ("perspectives", "debatekb")
        for path in (ROOT / folder).rglob("*.py")
        if "set_cookie(" in path.read_text()
    }
    modules = {
        module.__name__.replace(".", "/") + ".py" for module in (known_device, pupil_cookies, state_cookies, tray)
    }
    assert setting == {*modules, "perspectives/web/http/page_cache.py"}


def test_logs_hold_no_names(settings, client, db, log_of, caplog):
    """django-axes masks whom it counts."""
    assert {"login", "username", "ip_address"} <= set(settings.AXES_SENSITIVE_PARAMETERS)
    client.post("/account/sign-in/", {"login": "somebody@people.example", "password": "a secret"})
    assert "somebody@people.example" not in caplog.text
    assert "a secret" not in caplog.text
